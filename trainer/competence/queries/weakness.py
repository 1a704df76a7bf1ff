"""How weak somebody is by competency, for who must say it at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.competence.domain.keeping import read_back
from trainer.competence.domain.records import standing_of
from trainer.competence.domain.refreshing import weakness as weakness_of
from trainer.competence.models import RecordRow
from trainer.competence.queries.judging import kept_bench
from trainer.core.actor import Actor
from trainer.people.models import PersonRow
from trainer.people.queries import people_supervised_by


def weakness(
    session: Session, person: int, on: date, *, reader: Actor
) -> Mapping[str, float]:
    """Give for each competency with evidence 0 (sure) to 1 (knows nothing of it).

    As the record that was kept last has it, not caught up: one question to the
    database, where everything else takes half a dozen. What went wrong since, whoever
    asks knows from the facts. Somebody without a record, or whose work is not for the
    reader to look at, has no weak points.
    """
    seen = select(PersonRow.id).where(people_supervised_by(reader, on))
    row = session.scalars(
        select(RecordRow).where(
            RecordRow.person_id == person, RecordRow.person_id.in_(seen)
        )
    ).first()
    if row is None or row.made_on > on:
        return {}
    by = kept_bench(session, on, row.calibration, row.changes)
    if by is None:
        return {}
    record = read_back(row.record, ())
    standings = (standing_of(record, code, by.judge, by.at) for code in record.tallies)
    found = {each.code: weakness_of(each) for each in standings}
    return {code: weak for code, weak in found.items() if weak}
