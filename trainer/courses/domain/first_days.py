"""The list of a newcomer (新人 7 天清单): what to do on which first day; pure.

Days are days of work: who comes on a Thursday has his third one on Monday.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from itertools import islice
from typing import Final

from trainer.courses.domain.completing import StepProgress
from trainer.notices.domain.calendar import Calendar

LISTED: Final = 7
"""Days of work, the first one included."""

LONGEST: Final = 40
"""Days from the arrival within which these must lie, whatever holidays there are."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A step of a course, and how far somebody is with it."""

    course: str
    progress: StepProgress


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDay:
    """What is meant to be done on one of the first days.

    Attributes:
        number: 1 is the day of the arrival, worked or not.
        on: The day.
        steps: In the order of the courses.
    """

    number: int
    on: date
    steps: tuple[Placed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDays:
    """The list; ``today`` is the number of the day, 1 to :data:`LISTED`."""

    today: int
    days: tuple[FirstDay, ...]

    @property
    def done(self) -> int:
        """How many steps are not left to do."""
        return sum(not placed.progress.is_left for placed in self._all())

    @property
    def total(self) -> int:
        """How many there are."""
        return len([*self._all()])

    def _all(self) -> Iterable[Placed]:
        return (placed for day in self.days for placed in day.steps)


def listed(arrived: date, calendar: Calendar) -> list[date]:
    """Give the first days of work: that of the arrival, and those worked after it."""
    later = (arrived + timedelta(days=n) for n in range(1, LONGEST))
    return [arrived, *islice(filter(calendar.is_working, later), LISTED - 1)]


def first_days(
    days: Sequence[date], on: date, steps: Iterable[Placed]
) -> FirstDays | None:
    """Lay out the steps that are meant for the first days.

    Args:
        days: The first days of work, see :func:`listed`.
        on: The day; of one that is not worked the list is that of the one before.
        steps: Steps of the courses that are to be learned, in order.

    Returns:
        None before the arrival, after the first days, and when nothing is for them.
    """
    found: dict[int, list[Placed]] = {}
    for each in steps:
        number = each.progress.step.day
        if number is not None and number <= len(days):
            found.setdefault(number, []).append(each)
    if not found or not days[0] <= on <= days[-1]:
        return None
    told = (
        FirstDay(number=number, on=days[number - 1], steps=tuple(found[number]))
        for number in sorted(found)
    )
    return FirstDays(today=sum(day <= on for day in days), days=tuple(told))
