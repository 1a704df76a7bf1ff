"""What somebody should practise today: the refresh queue."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from trainer.competence.domain.records import Judge
from trainer.competence.domain.records import Record
from trainer.competence.domain.records import standings_of
from trainer.competence.domain.refreshing import Due
from trainer.competence.domain.refreshing import due_in
from trainer.competence.domain.refreshing import queue
from trainer.competence.domain.refreshing import unproved
from trainer.competence.domain.standing import Standing
from trainer.competence.queries.authorisations import authorisations
from trainer.competence.queries.judging import bench
from trainer.competence.queries.knowing import records
from trainer.core.actor import Actor
from trainer.people.queries import lines_served
from trainer.topics import queries as topics


def due(session: Session, on: date, *, reader: Actor) -> tuple[Due, ...]:
    """Give what whoever asks should practise on a day, the most urgent first."""
    codes = [*topics.competency_names(session)]
    if not codes or not reader.person:
        return ()
    by = bench(session, on)
    record = records(session, by, [reader.person], reader=reader)[reader.person]
    known = standings_of(record, codes, by.judge, by.at)
    return queue(known.values(), {c.code: c.items for c in by.judge.changes})


def to_show(session: Session, on: date, *, reader: Actor) -> tuple[Due, ...]:
    """Give what whoever asks has still to show on his lines, least shown first."""
    lines = lines_served(session, reader.person, on)
    if not lines:
        return ()
    held = authorisations(session, [reader.person], on, reader=reader, lines=lines)
    return unproved(each.ready for each in held)


def days_left(standing: Standing, record: Record, by: Judge, at: float) -> float | None:
    """Give in how many days a competency must be practised; None when nothing is known.

    A change of policy that was not shown yet is due now.
    """
    if not standing.is_seen:
        return None
    if standing.open_facets:
        return 0.0
    return due_in(by.ledger, record.person, standing.code, at)
