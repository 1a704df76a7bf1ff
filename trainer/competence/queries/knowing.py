"""What is known of people on a day, from the cache where it holds, else replayed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.competence.domain.keeping import Basis
from trainer.competence.domain.keeping import read_back
from trainer.competence.domain.records import Record
from trainer.competence.domain.records import add
from trainer.competence.domain.records import day_of
from trainer.competence.domain.records import record_of
from trainer.competence.domain.records import standings_of
from trainer.competence.domain.standing import Standing
from trainer.competence.models import RecordRow
from trainer.competence.queries.judging import Bench
from trainer.competence.queries.judging import bench
from trainer.core.actor import Actor
from trainer.core.clock import start_of
from trainer.evidence import queries as evidence
from trainer.evidence.domain import Fact
from trainer.people.models import PersonRow
from trainer.people.queries import people_supervised_by
from trainer.topics import queries as topics


def records(
    session: Session,
    by: Bench,
    people: Collection[int],
    *,
    reader: Actor,
    items: Collection[str] = (),
) -> dict[int, Record]:
    """Give what is known of some people on a day, as the day knew it.

    Who is not for the reader to look at is as unknown as a newcomer. What was seen is
    in the records only since they were kept: ask :func:`replayed` where that matters.
    Likewise what is known of single questions, but for those of new facts and those in
    ``items``.
    """
    kept = _kept(session, by, people, reader)
    after = min((row.fact for row in kept.values()), default=0)
    news = _facts(session, by, kept, reader, after) if kept else {}
    found: dict[int, Record] = {}
    for key, row in kept.items():
        later = [fact for number, fact in news.get(key, ()) if number > row.fact]
        if all(not f.revokes and day_of(f) >= row.day for f in later):
            found[key] = _caught_up(row, later, by, items)
    missing = [key for key in people if key not in found]
    return found | replayed(session, by, missing, reader=reader)


def replayed(
    session: Session, by: Bench, people: Collection[int], *, reader: Actor
) -> dict[int, Record]:
    """Give the same from the facts alone."""
    told = _facts(session, by, people, reader, 0) if people else {}
    return {
        key: record_of([fact for _, fact in told.get(key, ())], by.judge, by.at)
        for key in people
    }


def standings(
    session: Session, people: Collection[int], on: date, *, reader: Actor
) -> dict[int, Mapping[str, Standing]]:
    """Give what is believed of each competency of some people on a day."""
    by = bench(session, on)
    codes = [*topics.competency_names(session)]
    return judged(session, by, people, codes, reader=reader)


def judged(
    session: Session,
    by: Bench,
    people: Collection[int],
    codes: Sequence[str],
    *,
    reader: Actor,
) -> dict[int, Mapping[str, Standing]]:
    """Give what is believed of some competencies of some people."""
    known = records(session, by, people, reader=reader)
    return {
        key: standings_of(record, codes, by.judge, by.at)
        for key, record in known.items()
    }


def _kept(
    session: Session, by: Bench, people: Collection[int], reader: Actor
) -> dict[int, RecordRow]:
    """Give the cache of those whose work a reader may look at, where it serves."""
    seen = select(PersonRow.id).where(people_supervised_by(reader, by.on))
    rows = session.scalars(
        select(RecordRow).where(
            RecordRow.person_id.in_(people), RecordRow.person_id.in_(seen)
        )
    )
    return {
        row.person_id: row
        for row in rows
        if _basis(row).serves(by.calibration, by.changes, by.on)
    }


def _basis(row: RecordRow) -> Basis:
    return Basis(
        calibration=row.calibration,
        changes=row.changes,
        made_on=row.made_on,
        fact=row.fact,
        day=row.day,
    )


def _facts(
    session: Session,
    by: Bench,
    people: Collection[int],
    reader: Actor,
    after: int,
) -> Mapping[int, Sequence[tuple[int, Fact]]]:
    found: dict[int, list[tuple[int, Fact]]] = defaultdict(list)
    until = start_of(by.on + timedelta(1))
    for number, fact in evidence.numbered(
        session, people, by.on, reader=reader, until=until, after=after
    ):
        found[fact.person].append((number, fact))
    return found


def _caught_up(
    row: RecordRow, later: Sequence[Fact], by: Bench, items: Collection[str]
) -> Record:
    record = read_back(row.record, {*items, *(fact.item for fact in later)})
    for fact in later:
        if day_of(fact) <= by.at:
            add(record, fact, by.judge)
    return record
