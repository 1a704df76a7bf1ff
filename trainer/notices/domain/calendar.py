"""Working days of the centre, and when nobody is to be disturbed; pure.

Saturday and Sunday are free unless the calendar says otherwise. Public holidays and
the working days given back for them (调休) are announced year by year; an
administrator enters them. None are known here, so that none are invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from typing import Final

from trainer.core.clock import CENTRE
from trainer.core.clock import written_day
from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_

SATURDAY: Final = 5
ONE: Final = timedelta(days=1)

LONGEST_REST: Final = 400
"""Days looked ahead for a working day."""

MOST_DAYS: Final = 1000
LONGEST_NOTE: Final = 40

HOURS = re.compile(r"({0})-({0})".format("(?:[01][0-9]|2[0-3]):[0-5][0-9]"))

REST, WORK = "休", "班"
WORDS: Final = {REST: False, WORK: True, "off": False, "work": True}
"""How a day is written, in either language of the pages."""

HEADING: Final = ("日期", "安排", "说明")
"""First line of a list, which may be left out."""


class NoWorkingDayError(TrainerError):
    """The calendar leaves no day to work."""

    def __init__(self) -> None:
        super().__init__(N_("日历里接下来一年多都不上班；请检查假日安排"))


@dataclass(frozen=True, slots=True)
class OtherDay:
    """A day that differs from its weekday: worked or not, and why."""

    day: date
    is_working: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked; ``exceptions`` differ from their weekday."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Tell whether the centre works on a day."""
        known = self.exceptions.get(day)
        return day.weekday() < SATURDAY if known is None else known

    def working_days(self, after: date, until: date) -> int:
        """Count the working days after a day, up to and with another; 0 backwards."""
        span = range(1, (until - after).days + 1)
        return sum(self.is_working(after + n * ONE) for n in span)

    def is_within(self, until: date, after: date, count: int) -> bool:
        """Tell whether a day comes within so many working days of another.

        As counting them would, but it stops as soon as there are too many.
        """
        day, left = after, count
        while day < until and left >= 0:
            day += ONE
            left -= self.is_working(day)
        return left >= 0


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When nobody is told anything, by the centre's clock; may pass midnight."""

    begin: time = time(18)
    end: time = time(8, 30)

    def covers(self, at: time) -> bool:
        """Tell whether it is quiet; equal ends mean never."""
        if self.begin <= self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end


USUAL_QUIET: Final = QuietHours()


def read_hours(written: str) -> QuietHours:
    """Read quiet hours, ``18:00-08:30``.

    Raises:
        ValueError: they are written otherwise.
    """
    found = HOURS.fullmatch(written)
    if not found:
        raise ValueError(f"no hours: {written}")
    return QuietHours(*map(time.fromisoformat, found.groups()))


def may_send(at: datetime, calendar: Calendar, quiet: QuietHours) -> bool:
    """Tell whether people may be told at a moment."""
    local = at.astimezone(CENTRE)
    return calendar.is_working(local.date()) and not quiet.covers(local.time())


def next_sending(at: datetime, calendar: Calendar, quiet: QuietHours) -> datetime:
    """Give the first moment, not before another, at which people may be told.

    Raises:
        NoWorkingDayError: there is none in more than a year.
    """
    if may_send(at, calendar, quiet):
        return at
    local = at.astimezone(CENTRE)
    for n in range(LONGEST_REST):
        day = local.date() + n * ONE
        for begin in (time(), quiet.end):
            found = datetime.combine(day, begin, CENTRE)
            if found >= local and may_send(found, calendar, quiet):
                return found.astimezone(at.tzinfo)
    raise NoWorkingDayError


def read_days(text: str) -> list[OtherDay]:
    """Read a list of days: ``日期,安排,说明`` on each line, in any order.

    Raises:
        MistakesError: lines that cannot be read, each with its number.
    """
    found: dict[date, OtherDay] = {}
    mistakes: list[Mistake] = []
    for number, line in enumerate(text.replace("，", ",").splitlines(), start=1):
        cells = [cell.strip() for cell in line.lstrip("\ufeff").split(",", 2)]
        if not any(cells) or (number == 1 and cells[0] == HEADING[0]):
            continue
        wrong = _wrong(cells, found)
        if wrong:
            mistakes.append(Mistake(number, wrong))
            continue
        day = date.fromisoformat(cells[0])
        found[day] = OtherDay(day, WORDS[cells[1]], "".join(cells[2:]))
    if len(found) > MOST_DAYS:
        mistakes.append(
            Mistake(MOST_DAYS, N_("最多 {n} 天；请删掉以前的", n=MOST_DAYS))
        )
    if mistakes:
        raise MistakesError(mistakes)
    return sorted(found.values(), key=lambda each: each.day)


def write_days(days: Iterable[OtherDay]) -> str:
    """Write such a list, a line for each day."""
    return "".join(
        f"{each.day},{WORK if each.is_working else REST},{each.note}\n"
        for each in sorted(days, key=lambda each: each.day)
    )


def _wrong(cells: list[str], found: Mapping[date, OtherDay]) -> str:
    """Say what is wrong with a line, empty when nothing is."""
    day = written_day(cells[0])
    if day is None:
        return N_("“{written}”不是日期；请写成 2026-09-20", written=cells[0][:20])
    if day in found:
        return N_("{day} 写了两次；请保留一处", day=day)
    if len(cells) == 1 or cells[1] not in WORDS:
        return N_("日期后面写“休”或“班”，中间用逗号隔开")
    if len("".join(cells[2:])) > LONGEST_NOTE:
        return N_("说明不超过 {n} 个字", n=LONGEST_NOTE)
    return ""
