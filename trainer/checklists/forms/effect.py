"""Forms of the figures: which showings to look at, and why they are taken away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from datetime import timedelta

from wtforms import DateField
from wtforms.validators import Optional
from wtforms.validators import ValidationError

from trainer.checklists.domain.effect import Wanted
from trainer.core.wording import N_
from trainer.kit.forms import Form
from trainer.kit.forms import SelectField

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)
"""Days that can be looked for."""

LATELY = timedelta(days=90)
"""What is looked at when nobody says since when."""


class WantedForm(Form):
    """Ask which showings to look at; what cannot be read narrows nothing."""

    line = SelectField(N_("业务条线"), choices={"": N_("全部")}, default="")
    since = DateField(N_("从哪天"), [Optional()])
    until = DateField(N_("到哪天"), [Optional()])

    def offer(self, lines: Mapping[str, str], today: date) -> None:
        """Let the person choose among lines; begin with the last months."""
        self.line.choices = {"": N_("全部"), **lines}
        if self.since.raw_data is None or not any(self.since.raw_data):
            self.since.data = today - LATELY

    def validate_since(self, field: DateField) -> None:
        """Check that the day is one."""
        _must_be_possible(field.data)

    def validate_until(self, field: DateField) -> None:
        """Check that the days are days, in order."""
        _must_be_possible(field.data)
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError(N_("应不早于前一个日期"))

    def wanted(self) -> Wanted:
        """Give what to look at, after ``validate()``."""
        until = None if self.until.errors else self.until.data
        return Wanted(
            line="" if self.line.errors else self.line.data or "",
            since=None if self.since.errors else self.since.data,
            until=until + timedelta(days=1) if until else None,
        )

    def asked(self) -> dict[str, str]:
        """Give what the address of the list says."""
        said = {field.name: (field.raw_data or [""])[0] for field in self}
        return {name: told for name, told in said.items() if told}


def _must_be_possible(day: date | None) -> None:
    if day is not None and not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(N_("请选一个实际的日期"))
