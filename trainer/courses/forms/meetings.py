"""Forms of meetings: the pack, and who was there."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date

from wtforms import DateField
from wtforms import HiddenField
from wtforms import TextAreaField
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import ValidationError

from trainer.core.anonymity import NotAnonymousError
from trainer.core.anonymity import must_be_anonymous
from trainer.core.wording import N_
from trainer.courses.domain.meetings import ITEMS
from trainer.courses.domain.meetings import LONGEST_CASE
from trainer.courses.domain.meetings import LONGEST_QUESTION
from trainer.courses.domain.meetings import Pack
from trainer.courses.domain.meetings import PackItem
from trainer.kit.forms import LONGEST_NUMBER
from trainer.kit.forms import Form
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.people.domain.places import Site

ONCE = 32
"""Characters of what tells one form from another."""

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)
"""Days on which there can be a meeting; a database keeps no others."""


def must_be_possible(_form: Form, field: DateField) -> None:
    """Check that a day is one."""
    if field.data is not None and not FIRST_DAY <= field.data <= LAST_DAY:
        raise ValidationError(N_("请选一个实际的日期"))


def _anonymous(_form: Form, field: TextAreaField) -> None:
    try:
        must_be_anonymous(field.data or "")
    except NotAnonymousError as error:
        raise ValidationError(error.message) from error


class PlaceForm(Form):
    """Where and when the meeting is; what can be suggested depends on it."""

    site = SelectField(N_("网点"), choices={})
    on = DateField(
        N_("哪天开"), [InputRequired(N_("请填写日期，如 2026-09-20")), must_be_possible]
    )

    def offer_sites(self, sites: Iterable[Site]) -> None:
        """Let the person choose among the sites he runs."""
        self.site.choices = {str(site.id): site.name for site in sites}


class PackForm(PlaceForm):
    """What the meeting is about."""

    scenario = SelectField(N_("情景"), choices={})
    told = TextAreaField(
        N_("案例"),
        [InputRequired(N_("请写一个案例")), Length(max=LONGEST_CASE), _anonymous],
        render_kw={"rows": 5, "maxlength": LONGEST_CASE},
    )
    asked = TextAreaField(
        N_("讨论什么"),
        [
            InputRequired(N_("请写要讨论的问题")),
            Length(max=LONGEST_QUESTION),
            _anonymous,
        ],
        render_kw={"rows": 2, "maxlength": LONGEST_QUESTION},
    )
    first = SelectField(N_("第一条易错点"), choices={})
    second = SelectField(N_("第二条易错点"), choices={})
    third = SelectField(N_("第三条易错点"), choices={})
    once = HiddenField(validators=[InputRequired(), Length(max=ONCE)])
    based_on = HiddenField(default="0")

    def offer(
        self, scenarios: Mapping[str, str], items: Mapping[str, PackItem]
    ) -> None:
        """Let the person choose among what is in force on the day."""
        self.scenario.choices = dict(scenarios)
        found = {a: f"{each.item.wrong} · {each.title}" for a, each in items.items()}
        for field in (self.first, self.second, self.third):
            field.choices = found

    def validate_third(self, field: SelectField) -> None:
        """Check that there are three."""
        if len({self.first.data, self.second.data, field.data}) < ITEMS:
            raise ValidationError(N_("请选三条不同的易错点"))

    @staticmethod
    def values(pack: Pack) -> dict[str, object]:
        """Give what the form begins with."""
        first, second, third, *_ = (*pack.items, "", "", "")
        return {
            "site": str(pack.site),
            "on": pack.on,
            "scenario": pack.scenario,
            "told": pack.told,
            "asked": pack.asked,
            "first": first,
            "second": second,
            "third": third,
            "once": pack.once,
            "based_on": str(pack.based_on),
        }

    def pack(self) -> Pack:
        """Give the command, after ``validate()``."""
        return Pack(
            site=whole(self.site.data or ""),
            on=filled(self.on),
            scenario=self.scenario.data or "",
            told=_unified(self.told.data),
            asked=_unified(self.asked.data),
            items=tuple(
                field.data or "" for field in (self.first, self.second, self.third)
            ),
            once=self.once.data or "",
            based_on=whole(self.based_on.data or ""),
        )


def came(typed: Iterable[str]) -> frozenset[int]:
    """Read who is ticked."""
    return frozenset(map(whole, typed))


def whole(words: str) -> int:
    """Read a number; what is none is 0, which nothing has as its key."""
    is_number = words.isascii() and words.isdigit() and len(words) < LONGEST_NUMBER
    return int(words) if is_number else 0


def _unified(words: str | None) -> str:
    """Undo what browsers do to line ends."""
    return (words or "").replace("\r\n", "\n").strip()
