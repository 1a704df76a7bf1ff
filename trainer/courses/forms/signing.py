"""Signing that people were at sessions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wtforms import DateField
from wtforms.validators import InputRequired

from trainer.core.wording import N_
from trainer.courses.domain.learning import Seat
from trainer.kit.forms import Form
from trainer.kit.forms import MultiCheckboxField
from trainer.kit.forms import filled


class SignForm(Form):
    """Who was where, and when; a seat is ``<person>:<step>``."""

    on = DateField(N_("哪一天"), [InputRequired(N_("请填写日期，如 2026-09-20"))])
    seats_ = MultiCheckboxField(N_("谁来了"), name="seat", validate_choice=False)

    @property
    def day(self) -> date:
        """The day of the session, once it was validated."""
        return filled(self.on)

    def seats(self) -> frozenset[Seat]:
        """Give who was where; what is no seat is left out."""
        return frozenset(self._seats())

    def _seats(self) -> Iterator[Seat]:
        for written in self.seats_.data or ():
            person, _, step = written.partition(":")
            if person.isascii() and person.isdecimal() and step:
                yield Seat(int(person), step)
