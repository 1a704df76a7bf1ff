"""What competence asks of people now: to refresh, to look at what was decided.

A task says how much and where, never what somebody is weak in: it may go by mail.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.competence.domain.authorising import Act
from trainer.competence.domain.keeping import KEEPER
from trainer.competence.domain.records import standings_of
from trainer.competence.domain.refreshing import queue
from trainer.competence.models import AuthorisationEventRow
from trainer.competence.queries.judging import bench
from trainer.competence.queries.knowing import records
from trainer.core.clock import day_of
from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.notices.domain.tasks import Task
from trainer.people import queries as people_queries
from trainer.topics import queries as topics

AT_ONCE: Final = 200
"""People whose records are in memory at once."""

REFRESHING: Final = 10
"""Minutes of a day's practice."""

Last = Mapping[tuple[int, str], tuple[Act, int]]
"""By person and line the last act of some kinds, and its key."""


def tasks(session: Session, people: Collection[int], at: datetime) -> list[Task]:
    """Give what some people should refresh, and which decisions wait for them."""
    on = day_of(at)
    return [
        *_refreshing(session, people, on),
        *_lapsed(session, people, on),
        *_objections(session, people, on),
    ]


def _refreshing(session: Session, people: Collection[int], on: date) -> Iterator[Task]:
    """Ask once a week while something has faded."""
    codes = [*topics.competency_names(session)]
    if not codes:
        return
    by = bench(session, on)
    items = {change.code: change.items for change in by.judge.changes}
    monday = on - timedelta(days=on.weekday())
    every = sorted(people)
    for begin in range(0, len(every), AT_ONCE):
        some = every[begin : begin + AT_ONCE]
        for person, record in records(session, by, some, reader=KEEPER).items():
            known = standings_of(record, codes, by.judge, by.at)
            count = len({due.code for due in queue(known.values(), items)})
            if count:
                yield Task(
                    person=person,
                    key=f"refresh/{monday}",
                    what=Nn_("复习：有 {n} 项该练了", n=count),
                    why=N_("久了会生疏，规定改了也要再练；每周提醒一次"),
                    endpoint="competence.own",
                    minutes=REFRESHING,
                    told_on=monday,
                )


def _lapsed(session: Session, people: Collection[int], on: date) -> Iterator[Task]:
    """Ask who has lost an authorisation by the rule to look at it."""
    lines = {line.code: line.name for line in topics.topics(session).lines}
    last = _last(session, frozenset({Act.LAPSED, Act.RETURNED}), people)
    for (person, line), (act, event) in last.items():
        if act is Act.LAPSED:
            yield Task(
                person=person,
                key=f"lapsed/{event}",
                what=N_("看“{line}”的上岗授权：有变化", line=lines.get(line, line)),
                why=N_("授权按规则停了，页上写着怎样恢复"),
                endpoint="competence.own",
                told_on=on,
            )


def _objections(session: Session, people: Collection[int], on: date) -> Iterator[Task]:
    """Ask who supervises somebody to answer what he objected to."""
    last = _last(session, frozenset({Act.OBJECTED, Act.ANSWERED}))
    waiting = {key: event for key, (act, event) in last.items() if act is Act.OBJECTED}
    if not waiting:
        return
    meant = {*people}
    objecting = {person for person, _ in waiting}
    answering = people_queries.supervisors_of(session, objecting, on)
    for (person, _), event in waiting.items():
        for supervisor in sorted(answering[person] & meant):
            yield Task(
                person=supervisor,
                key=f"objection/{event}",
                what=N_("答复一条上岗异议"),
                why=N_("本人对上岗的决定有异议，等您答复"),
                endpoint="competence.person",
                values=(("key", person),),
                told_on=on,
            )


def _last(
    session: Session, acts: Collection[Act], people: Collection[int] | None = None
) -> Last:
    row = AuthorisationEventRow
    query = select(row.person_id, row.line, row.act, row.id).where(row.act.in_(acts))
    if people is not None:
        query = query.where(row.person_id.in_(people))
    found: dict[tuple[int, str], tuple[Act, int]] = {}
    for person, line, act, event in session.execute(query.order_by(row.number)):
        found[person, line] = (Act(act), event)
    return found
