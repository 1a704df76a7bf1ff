"""Notices and tasks, for tests of what is told."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from datetime import date
from datetime import datetime

from sqlalchemy.orm import Session

from tests.apps import NOW
from trainer.core.clock import day_of
from trainer.core.keeping_words import kept_words
from trainer.core.wording import N_
from trainer.notices.domain.digesting import Kind
from trainer.notices.domain.tasks import Task
from trainer.notices.models import NoticeRow
from trainer.notices.queries import TaskSource

ANY_DAY = date(2026, 1, 1)


def make_task(
    person: int = 1, key: str = "duty/2/read", due: date | None = None, **more: object
) -> Task:
    given: dict[str, object] = {
        "what": N_("读“{title}”的变化", title="租房提取"),
        "why": N_("必读规则：{rules}", rules=["提取必读"]),
        "endpoint": "duties.duties",
        "told_on": ANY_DAY,
        **more,
    }
    return Task(person=person, key=key, due=due, **given)  # type: ignore[arg-type]  # by name


def source_of(*tasks: Task) -> TaskSource:
    """Give a source that asks these tasks of whoever they are of."""

    def source(_session: Session, people: Collection[int], _at: datetime) -> list[Task]:
        return [task for task in tasks if task.person in people]

    return source


def make_notice(
    session: Session,
    person: int,
    key: str = "duty/2/read",
    kind: Kind = Kind.NEW,
    *,
    at: datetime = NOW,
    **more: object,
) -> int:
    task = make_task(person, key)
    row = NoticeRow(
        person_id=person,
        key=key,
        kind=kind,
        on=day_of(at),
        what=kept_words(task.what),
        why=kept_words(task.why),
        endpoint=task.endpoint,
        values=[],
        made_at=at,
        **more,
    )
    session.add(row)
    session.flush()
    return row.id


def keys(tasks: Sequence[Task]) -> list[str]:
    return [task.key for task in tasks]
