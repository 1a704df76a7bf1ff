"""Calibrating, and filling the cache of what is known of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain.entry import Entry
from trainer.competence.domain.calibrating import calibrated
from trainer.competence.domain.keeping import KEEPER
from trainer.competence.domain.keeping import kept
from trainer.competence.domain.keeping import kept_questions
from trainer.competence.domain.records import record_of
from trainer.competence.domain.reliability import seen_of
from trainer.competence.models import CalibrationRow
from trainer.competence.models import RecordRow
from trainer.competence.queries import bench
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.evidence import queries as evidence
from trainer.evidence.domain import Fact
from trainer.evidence.domain import standing

SETTLED = timedelta(minutes=1)
"""A fact that is older than this is there for everybody to read: keys are given out
before a transaction ends, so the greatest key seen may not be the last to come."""

AT_ONCE = 100
"""People whose facts are read together."""


def calibrate(session: Session, *, by: Actor, at: datetime) -> int:
    """Learn anew how hard questions are; gives the number of facts learned from.

    From now on everybody is judged by it; past days keep what held then.
    """
    people = evidence.people_with(session)
    told = standing(
        evidence.facts(session, people, day_of(at), reader=KEEPER, until=at)
    )
    told.sort(key=lambda fact: (fact.happened_at, fact.source))
    seen = [
        (fact.person, each)
        for fact in told
        if (each := seen_of(fact, fact.competency)) is not None
    ]
    questions = kept_questions(calibrated(seen))
    session.add(CalibrationRow(made_at=at, facts=len(seen), questions=questions))
    session.flush()
    entry = Entry(person=by.person, verb="competence.calibrated", detail=str(len(seen)))
    audit.record(session, entry, at=at)
    return len(seen)


def rebuild(
    session: Session, people: Collection[int] | None = None, *, at: datetime
) -> int:
    """Fill the cache anew from the facts alone; gives the number of people.

    Args:
        session: A session.
        people: Whose; None is everybody with a fact.
        at: Now.
    """
    wanted = sorted(people if people is not None else evidence.people_with(session))
    session.execute(delete(RecordRow).where(RecordRow.person_id.in_(wanted)))
    for begin in range(0, len(wanted), AT_ONCE):
        _fill(session, wanted[begin : begin + AT_ONCE], at)
    return len(wanted)


def _fill(session: Session, people: Collection[int], at: datetime) -> None:
    on = day_of(at)
    by = bench(session, on)
    last = evidence.last_number(session, at - SETTLED)
    mine: dict[int, list[Fact]] = defaultdict(list)
    for number, fact in evidence.numbered(session, people, on, reader=KEEPER, until=at):
        if number <= last:
            mine[fact.person].append(fact)
    for key, facts in mine.items():
        record = record_of(facts, by.judge, by.at)
        session.add(
            RecordRow(
                person_id=key,
                calibration=by.calibration,
                changes=by.changes,
                made_on=on,
                fact=last,
                day=max((event.seen.day for event in record.events), default=0.0),
                record=kept(record),
            )
        )
    session.flush()
