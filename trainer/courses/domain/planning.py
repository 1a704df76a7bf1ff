"""A plan: what somebody learns by week, what is left out and what is done; pure."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from enum import StrEnum
from itertools import groupby

from trainer.core.wording import N_
from trainer.courses.domain.assigning import Assigned

WEEK = 7
COUNTED_WEEKS = 26
"""Weeks after the arrival that are counted; later ones are told by their days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """How far somebody is with a course on a day.

    Attributes:
        steps: How many steps it has.
        done: How many are complete, those that are proved included.
        proved: How many need not be learnt, because they are proved otherwise.
        next_step: What the first step that is left is called; empty when none is.
        next_minutes: How long that one takes, about.
        minutes_left: How long the steps that are left take, about.
        is_completed: Whether there is nothing to do now.
        completed_on: The day it was completed last; None when it never was, or when
            everything was proved.
        ends_on: The first day that holds no more, perhaps over; None is for ever.
    """

    steps: int
    done: int = 0
    proved: int = 0
    next_step: str = ""
    next_minutes: int = 0
    minutes_left: int = 0
    is_completed: bool = False
    completed_on: date | None = None
    ends_on: date | None = None

    def is_reopened(self, on: date) -> bool:
        """Tell whether it was complete and is not, because what it reads changed."""
        over = self.ends_on is not None and self.ends_on <= on
        return self.completed_on is not None and not self.is_completed and not over


class Stage(StrEnum):
    """Where somebody stands with an assigned course."""

    OPEN = "open"
    WAIVED = "waived"
    PROVED = "proved"
    DONE = "done"


STAGE_NAMES = {
    Stage.OPEN: N_("要学"),
    Stage.WAIVED: N_("免学"),
    Stage.PROVED: N_("已证明，不用学"),
    Stage.DONE: N_("学完了"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A course of a plan.

    Attributes:
        assigned: Why it is there.
        title: What the course is called.
        learned: How far its person is.
        first: Titles of courses of the same plan to complete before.
        on: The day of the plan.
    """

    assigned: Assigned
    title: str
    learned: Learned
    first: tuple[str, ...] = ()
    on: date

    @property
    def stage(self) -> Stage:
        """What is left to do."""
        if self.assigned.waiver is not None:
            return Stage.WAIVED
        if not self.learned.is_completed or self._again:
            return Stage.OPEN
        proved = self.learned.proved == self.learned.steps
        return Stage.PROVED if proved else Stage.DONE

    @property
    def due(self) -> date | None:
        """Until when, inclusive: the earliest day of all reasons.

        Where it is done, only those count that ask again. What was done in time and
        has to be taken up because its text changed has no day.
        """
        if self.learned.is_completed:
            days = [r.due for r in self.assigned.reasons if r.again and r.due]
            return min(days, default=None)
        return None if self.learned.is_reopened(self.on) else self.assigned.due

    @property
    def is_open(self) -> bool:
        """Whether there is something to do."""
        return self.stage is Stage.OPEN

    @property
    def late(self) -> bool:
        """Whether its last day has passed."""
        return self.is_open and self.due is not None and self.due < self.on

    @property
    def _again(self) -> bool:
        return any(reason.again for reason in self.assigned.reasons)


@dataclass(frozen=True, slots=True)
class Week:
    """What is due in seven days, counted from the arrival.

    Attributes:
        number: From 1; 0 where the weeks since the arrival say nothing any more.
        first: Its first day; None is for what has no day yet.
        items: What is due first, first.
    """

    number: int
    first: date | None
    items: tuple[Item, ...]

    @property
    def last(self) -> date | None:
        """Its last day, inclusive."""
        return self.first and self.first + timedelta(WEEK - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything somebody is asked to learn.

    Attributes:
        person: Key.
        arrived: The day of his arrival; None is not at work.
        items: All of them, in order of their days.
    """

    person: int
    arrived: date | None
    items: tuple[Item, ...] = ()

    @property
    def late(self) -> tuple[Item, ...]:
        """What should have been done already."""
        return tuple(each for each in self.items if each.late)

    @property
    def open(self) -> tuple[Item, ...]:
        """What is left to do, late or not."""
        return tuple(each for each in self.items if each.is_open)

    def at(self, *stages: Stage) -> tuple[Item, ...]:
        """Give what stands at one of some stages."""
        return tuple(each for each in self.items if each.stage in stages)

    @property
    def minutes(self) -> int:
        """How long what is left takes, about."""
        return sum(each.learned.minutes_left for each in self.open)

    @property
    def weeks(self) -> list[Week]:
        """What is left and not late, week by week; what has no day comes last."""
        ahead = sorted((each for each in self.open if not each.late), key=_by_day)
        return [
            self._week(n, tuple(group)) for n, group in groupby(ahead, key=self._number)
        ]

    def _number(self, each: Item) -> int | None:
        if each.due is None or self.arrived is None:
            return None
        return (each.due - self.arrived).days // WEEK

    def _week(self, number: int | None, items: tuple[Item, ...]) -> Week:
        if number is None or self.arrived is None:
            return Week(0, None, items)
        counted = number + 1 if 0 <= number < COUNTED_WEEKS else 0
        return Week(counted, self.arrived + timedelta(number * WEEK), items)


def in_order(items: Iterable[Item]) -> Sequence[Item]:
    """Put the courses of a plan in order of their days."""
    return sorted(items, key=_by_day)


def _by_day(each: Item) -> tuple[date, str]:
    return each.due or date.max, each.assigned.course
