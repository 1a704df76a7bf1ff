"""Tasks: what somebody has to do, why, and until when; pure.

A task is never kept: each feature says on any day what it asks of whom, so who joins
has his tasks the moment he joins, and what is done is gone. The first page, the inbox,
the daily mail and the telling of a supervisor all read the same tasks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

NO_DAY: Final = date.max
"""Where a task without a last day stands in order: behind all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something somebody has to do.

    Attributes:
        person: Key of who has to.
        key: What it is known by, for example ``duty/17``: the same on every day while
            it is the same task, and another one for nobody else's.
        what: What to do, a sentence that begins with the deed.
        why: Why it is asked of this person.
        endpoint: Name of the page where it is done.
        values: What that page's address takes.
        due: Last day, inclusive; None when it has none.
        minutes: How long it takes, about; 0 is not known.
        told_on: From which day on somebody may be told of it.
    """

    person: int
    key: str
    what: str
    why: str
    endpoint: str
    values: tuple[tuple[str, str | int], ...] = ()
    due: date | None = None
    minutes: int = 0
    told_on: date

    def days_left(self, on: date) -> int | None:
        """Give the days until it is due: 0 today, negative when late."""
        return None if self.due is None else (self.due - on).days

    def is_late(self, on: date) -> bool:
        """Tell whether its last day is over."""
        return self.due is not None and self.due < on


def in_order(tasks: Iterable[Task]) -> list[Task]:
    """Put tasks in the order to do them: what is due first, short before long."""
    return sorted(tasks, key=lambda each: (each.due or NO_DAY, each.minutes, each.key))
