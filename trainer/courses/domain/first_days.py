"""The list of a newcomer (新人 7 天清单): what to do on which first day; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from typing import Final

from trainer.courses.domain.completing import StepProgress

LISTED: Final = 7
"""Days, the first one included."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A step of a course, and how far somebody is with it."""

    course: str
    progress: StepProgress


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDay:
    """What is meant to be done on one of the first days.

    Attributes:
        number: 1 is the day of the arrival.
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


def first_days(arrived: date, on: date, steps: Iterable[Placed]) -> FirstDays | None:
    """Lay out the steps that are meant for the first days.

    Args:
        arrived: The first day at work.
        on: The day.
        steps: Steps of the courses that are to be learned, in order.

    Returns:
        None before the arrival, after the first days, and when nothing is for them.
    """
    today = (on - arrived).days + 1
    found: dict[int, list[Placed]] = {}
    for each in steps:
        number = each.progress.step.day
        if number is not None and number <= LISTED:
            found.setdefault(number, []).append(each)
    if not found or not 1 <= today <= LISTED:
        return None
    days = (
        FirstDay(
            number=number,
            on=arrived + timedelta(days=number - 1),
            steps=tuple(found[number]),
        )
        for number in sorted(found)
    )
    return FirstDays(today=today, days=tuple(days))
