"""What somebody is told of his tasks, and when: each thing once; pure.

There are three things to say of a task: that it is there, that its day is near, that
its day is over. Each is said once, and of a task only the most pressing one on a day.
What was told is all that is remembered, so asking twice tells nothing twice, and a
day on which nobody asked is made up for on the next.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from trainer.core.wording import N_
from trainer.notices.domain.calendar import Calendar
from trainer.notices.domain.tasks import Task
from trainer.notices.domain.tasks import in_order

SOON: Final = 3
"""Working days before the last day from which it is near."""


class Kind(StrEnum):
    """What a notice says of a task; of one's own in the order of urgency."""

    NEW = "new"
    SOON = "soon"
    LATE = "late"
    STAFF_LATE = "staff_late"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.NEW: N_("新的"),
    Kind.SOON: N_("快到期"),
    Kind.LATE: N_("已逾期"),
    Kind.STAFF_LATE: N_("所辖人员逾期"),
}

RANKS: Final = (Kind.NEW, Kind.SOON, Kind.LATE)


@dataclass(frozen=True, slots=True)
class Telling:
    """Something to tell: of which task, and what of it."""

    task: Task
    kind: Kind


Told = Mapping[str, Collection[Kind]]
"""What somebody was told already, by key of the task."""


def to_tell(
    tasks: Iterable[Task], told: Told, on: date, calendar: Calendar
) -> list[Telling]:
    """Give what one person is to be told on a day, in the order to do it."""
    found = []
    for task in in_order(tasks):
        kind = stage(task, on, calendar)
        known = [RANKS.index(each) for each in told.get(task.key, ()) if each in RANKS]
        if task.told_on <= on and RANKS.index(kind) > max(known, default=-1):
            found.append(Telling(task, kind))
    return found


def stage(task: Task, on: date, calendar: Calendar) -> Kind:
    """Give what there is to say of a task on a day."""
    if task.due is None:
        return Kind.NEW
    if task.is_late(on):
        return Kind.LATE
    return Kind.SOON if calendar.is_within(task.due, on, SOON) else Kind.NEW
