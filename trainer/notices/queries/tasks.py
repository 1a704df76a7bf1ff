"""What features ask of people now: the sources of tasks, asked one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from trainer.notices.domain.tasks import Task
from trainer.notices.domain.tasks import in_order


class TaskSource(Protocol):
    """Gives what a feature asks of some people now, in few queries for many."""

    def __call__(
        self, session: Session, people: Collection[int], at: datetime, /
    ) -> Iterable[Task]:
        """Give the tasks of these people, of nobody else."""


def tasks_of(
    session: Session,
    sources: Iterable[TaskSource],
    people: Collection[int],
    at: datetime,
) -> Mapping[int, Sequence[Task]]:
    """Give the tasks of some people, by person, in the order to do them."""
    found: dict[int, list[Task]] = defaultdict(list)
    if people:
        for source in sources:
            for task in source(session, people, at):
                found[task.person].append(task)
    return {person: in_order(tasks) for person, tasks in found.items()}
