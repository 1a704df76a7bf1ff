"""What is so late that who runs the site or sent the person is told of it; pure."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date

from trainer.notices.domain.calendar import Calendar
from trainer.notices.domain.tasks import Task


def overdue(
    tasks: Iterable[Task], on: date, calendar: Calendar, after: int
) -> list[Task]:
    """Give the tasks that are late by so many working days or more.

    What has no last day is never late, so nobody hears of what others should refresh.
    """
    return [
        task
        for task in tasks
        if task.due is not None
        and task.is_late(on)
        and calendar.working_days(task.due, on) >= after
    ]


def escalated(
    late: Iterable[Task], supervisors: Mapping[int, Collection[int]]
) -> dict[int, list[Task]]:
    """Give by supervisor what he is to be told; nobody is told of himself.

    Args:
        late: What is late.
        supervisors: By person who is told of him.
    """
    found: dict[int, list[Task]] = {}
    for task in late:
        for supervisor in sorted(supervisors.get(task.person, ())):
            if supervisor != task.person:
                found.setdefault(supervisor, []).append(task)
    return found


def staff_key(task: Task) -> str:
    """Give the key under which a supervisor is told of a task of somebody else."""
    return f"{task.person}/{task.key}"
