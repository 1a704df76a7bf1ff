"""Forms of secondments: people read and type the last day, the domain its day after."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from typing import Any
from typing import ClassVar

from wtforms import DateField
from wtforms import Field
from wtforms import StringField
from wtforms import ValidationError
from wtforms.validators import DataRequired
from wtforms.validators import InputRequired
from wtforms.validators import Length
from wtforms.validators import Optional

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.core.wording import Nc_
from trainer.kit.forms import Form
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import SelectField
from trainer.kit.forms import filled
from trainer.people.domain.accounts import Person
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import Seat
from trainer.people.domain.places import Site
from trainer.people.domain.posts import Post
from trainer.people.domain.secondments import AlreadySecondedError
from trainer.people.domain.secondments import Arrangement
from trainer.people.domain.secondments import DaysMixedUpError
from trainer.people.domain.secondments import OwnMentorError
from trainer.people.domain.secondments import Placement
from trainer.people.domain.secondments import day_after

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
DAYS = {"min": EARLIEST.isoformat(), "max": LATEST.isoformat()}
SUGGESTED = {"list": "people", "autocomplete": "off", "maxlength": 64}

Blamed = tuple[tuple[type[TrainerError], str], ...]


def within_reason(_form: Form, field: Field) -> None:
    """Refuse a day that nobody means.

    Raises:
        ValidationError: it is centuries away.
    """
    if field.data is not None and not EARLIEST <= field.data <= LATEST:
        raise ValidationError(N_("日期应在 2000 年到 2099 年之间"))


class RefusableForm(Form):
    """A form that shows a refusal beside the field it is about."""

    BLAMED: ClassVar[Blamed] = ()
    HELP: ClassVar[Mapping[str, str]] = {}

    def blame(self, error: TrainerError) -> str:
        """Put a refusal beside its field; gives it back when it is about none."""
        for kind, name in self.BLAMED:
            if isinstance(error, kind):
                field = self._fields[name]
                field.errors = [*field.errors, error.message]
                return ""
        return error.message


class PlacementForm(RefusableForm):
    """Ask who sends a person where, and for which days."""

    BLAMED = ((DaysMixedUpError, "last_on"), (AlreadySecondedError, "begins_on"))
    HELP: ClassVar[Mapping[str, str]] = {
        "organisation": N_("中心自己的职工选公积金中心"),
        "last_on": N_("这一天还在岗；没有期限（如中心职工）不填"),
        "post": N_("一般窗口人员不选"),
    }

    organisation = SelectField(
        N_("派出单位"), [DataRequired(N_("请选择派出单位"))], coerce=int
    )
    site = SelectField(N_("网点"), [DataRequired(N_("请选择网点"))], coerce=int)
    begins_on = DateField(
        N_("第一天"), [InputRequired(N_("请填写第一天")), within_reason], render_kw=DAYS
    )
    last_on = DateField(N_("计划最后一天"), [Optional(), within_reason], render_kw=DAYS)
    post = SelectField(Nc_("one", "岗位"))
    reason = StringField(
        N_("说明"), [Length(max=200)], render_kw={"autocomplete": "off"}
    )

    @staticmethod
    def values(placement: Placement) -> dict[str, Any]:
        """Give what the form shows of a placement."""
        return {
            "organisation": placement.organisation,
            "site": placement.site,
            "begins_on": placement.begins_on,
            "last_on": placement.last_on,
            "post": placement.post,
            "reason": placement.reason,
        }

    def offer(
        self,
        organisations: Iterable[Organisation],
        sites: Iterable[Site],
        posts: Iterable[Post],
        held: Placement | None = None,
    ) -> None:
        """Let the person choose among what is in use, and what is held already."""
        own = (held.organisation, held.site) if held else (0, 0)
        first = [] if held else [(0, N_("请选择"))]
        self.organisation.choices = first + [
            (o.id, o.name) for o in organisations if o.active or o.id == own[0]
        ]
        self.site.choices = first + [
            (s.id, s.name) for s in sites if s.active or s.id == own[1]
        ]
        self.post.choices = {"": N_("无"), **{post.code: post.name for post in posts}}

    def placement(self, arrangement: Arrangement) -> Placement:
        """Give the placement, with what the site has arranged."""
        return Placement(
            organisation=filled(self.organisation),
            site=filled(self.site),
            begins_on=filled(self.begins_on),
            planned_to=day_after(self.last_on.data),
            post=self.post.data or "",
            reason=self.reason.data or "",
            arrangement=arrangement,
        )


class EndForm(RefusableForm):
    """Ask for the last day and why."""

    BLAMED = ((DaysMixedUpError, "last_on"),)
    HELP: ClassVar[Mapping[str, str]] = {
        "last_on": N_("这一天还在岗，第二天起不在；可以是将来的日子"),
        "reason": N_("例如：派驻期满、调回银行、辞职"),
    }

    last_on = DateField(
        N_("最后一天"),
        [InputRequired(N_("请填写最后一天")), within_reason],
        render_kw=DAYS,
    )
    reason = StringField(
        N_("原因"),
        [InputRequired(N_("请写明离开的原因")), Length(max=200)],
        render_kw={"autocomplete": "off"},
    )

    def ends_on(self) -> date:
        """Give the first day on which the person is no longer there."""
        end = day_after(filled(self.last_on))
        if end is None:
            raise RuntimeError("read before validate()")
        return end


class ArrangementForm(RefusableForm):
    """Ask for seat, mentor, successor and lines."""

    BLAMED = ((OwnMentorError, "mentor"),)
    HELP: ClassVar[Mapping[str, str]] = {
        "mentor": N_("输入工号，可从本网点的人里挑；没有就留空"),
        "successor": N_("离开后由谁接手；还没定就留空"),
        "lines": N_("现在能受理的业务"),
    }

    seat = SelectField(N_("窗口或座席"), coerce=int)
    mentor = StringField(N_("带教老师"), render_kw=SUGGESTED)
    successor = StringField(N_("接替人"), render_kw=SUGGESTED)
    lines = MultiCheckboxField(N_("受理的业务"), choices={})

    @staticmethod
    def values(held: Arrangement, people: Iterable[Person]) -> dict[str, Any]:
        """Give what the form shows; ``people`` are those the arrangement names."""
        names = {person.id: named(person) for person in people}
        return {
            "seat": held.seat or 0,
            "mentor": names.get(held.mentor or 0, ""),
            "successor": names.get(held.successor or 0, ""),
            "lines": list(held.lines),
        }

    def offer(self, seats: Iterable[Seat], lines: Mapping[str, str], held: int) -> None:
        """Let the person choose among seats and lines; ``held`` is the seat now."""
        offered = [(s.id, s.name) for s in seats if s.active or s.id == held]
        self.seat.choices = [(0, N_("不固定")), *offered]
        self.lines.choices = dict(lines)

    def logins(self) -> set[str]:
        """Give the logins that were typed."""
        return {_login(self.mentor), _login(self.successor)} - {""}

    def know(self, people: Iterable[Person]) -> None:
        """Take the people that may be named."""
        self._keys = {person.login: person.id for person in people}

    def validate_mentor(self, field: StringField) -> None:
        """Check that there is such a person."""
        self._must_be_known(field)

    def validate_successor(self, field: StringField) -> None:
        """Check that there is such a person."""
        self._must_be_known(field)

    def _must_be_known(self, field: StringField) -> None:
        if _login(field) and _login(field) not in self._keys:
            raise ValidationError(N_("没有找到这个工号，或账号已停用；请输入工号再选"))

    def arrangement(self) -> Arrangement:
        """Give what is arranged."""
        return Arrangement(
            seat=self.seat.data or None,
            mentor=self._keys.get(_login(self.mentor)),
            successor=self._keys.get(_login(self.successor)),
            lines=frozenset(filled(self.lines)),
        )


def named(person: Person) -> str:
    """Write a person as the fields above do."""
    return f"{person.login} {person.name}"


def _login(field: StringField) -> str:
    """Give the login of what was typed or picked: ``w1001 张三``."""
    return (field.data or "").strip().partition(" ")[0]
