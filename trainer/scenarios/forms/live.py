"""Forms of plays by two: who takes part, what was said, what was marked, why not."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping

from wtforms import HiddenField
from wtforms import StringField
from wtforms import TextAreaField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import ValidationError

from trainer.core.anonymity import NotAnonymousError
from trainer.core.anonymity import must_be_anonymous
from trainer.core.wording import N_
from trainer.core.wording import Wording
from trainer.kit.forms import LONGEST_NUMBER
from trainer.kit.forms import Form
from trainer.kit.forms import SelectField
from trainer.people.domain.accounts import Person
from trainer.scenarios.domain.live import LONGEST_COMMENT
from trainer.scenarios.domain.live import LONGEST_REASON
from trainer.scenarios.domain.live import Judge
from trainer.scenarios.domain.live import Say
from trainer.scenarios.domain.live import SetUp
from trainer.scenarios.domain.live import must_give_reason
from trainer.scenarios.domain.live_errors import ReasonMissingError
from trainer.scenarios.domain.scenario import Case

ONCE = 32
"""Characters of what tells one form from another."""

Typed = Mapping[str, str]
"""The fields of a form; of several values the first."""


def _person(label: Wording) -> StringField:
    """Ask for a login, or for one with a name, as the list beneath offers it."""
    return StringField(
        label,
        [InputRequired(N_("请填工号")), Length(max=80)],
        render_kw={
            "list": "people",
            "autocomplete": "off",
            "autocapitalize": "none",
            "spellcheck": "false",
        },
    )


class SetUpForm(Form):
    """Say who does what, and in which case."""

    clerk = _person(N_("谁演窗口人员"))
    citizen = _person(N_("谁演群众"))
    observer = _person(N_("谁观察打分"))
    case = SelectField(N_("哪种情况"), choices={}, default="")
    once = HiddenField(validators=[InputRequired(), Length(max=ONCE)])

    def offer(self, cases: Iterable[Case]) -> None:
        """Let the person choose among these cases, or have one drawn."""
        drawn = {"": N_("抽一个（都不知道是哪种，练得最真）")}
        self.case.choices = {**drawn, **{case.id: case.told for case in cases}}

    def command(self, slug: str) -> SetUp:
        """Give the command, after ``validate()``."""
        return SetUp(
            slug=slug,
            clerk=login_of(self.clerk.data),
            citizen=login_of(self.citizen.data),
            observer=login_of(self.observer.data),
            case=self.case.data or "",
            once=self.once.data or "",
        )


class VoidForm(Form):
    """Say why a result does not count."""

    why = TextAreaField(
        N_("为什么作废（本人看得到）"),
        [Length(max=LONGEST_REASON)],
        render_kw={"rows": 2, "maxlength": LONGEST_REASON},
    )

    def validate_why(self, field: TextAreaField) -> None:
        """Check that it says something, and nothing of a citizen."""
        try:
            must_give_reason(field.data or "")
            must_be_anonymous(field.data or "")
        except (ReasonMissingError, NotAnonymousError) as error:
            raise ValidationError(error.message) from error


def named(person: Person) -> str:
    """Write a person as the fields above take him: ``w1001 张三``."""
    return f"{person.login} {person.name}"


def login_of(words: str | None) -> str:
    """Give the login of what was typed or picked."""
    return (words or "").strip().partition(" ")[0]


def said(typed: Typed) -> Say:
    """Read an entry of the script: ``number``, and ``place`` or ``note``."""
    place = _whole(typed.get("place", ""))
    note = "" if place else typed.get("note", "")
    return Say(number=_whole(typed.get("number", "")), place=place, note=note)


def taken_back(typed: Typed) -> int:
    """Read which entry is taken back."""
    return _whole(typed.get("number", ""))


def judged(typed: Typed) -> Judge:
    """Read ``mark``, written ``line:level``, and the comment."""
    line, _, level = typed.get("mark", "").rpartition(":")
    return Judge(
        marks={line: _whole(level, wrong=-1)} if line else {},
        comment=_unified(typed.get("comment", ""))[:LONGEST_COMMENT],
        was=_unified(typed.get("was", "")),
    )


def _unified(words: str) -> str:
    """Undo what browsers do to line ends."""
    return words.replace("\r\n", "\n").strip()


def _whole(words: str, *, wrong: int = 0) -> int:
    is_number = words.isascii() and words.isdigit() and len(words) < LONGEST_NUMBER
    return int(words) if is_number else wrong
