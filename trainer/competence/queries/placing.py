"""Where somebody stands in the middle of a placement test, and what a line asks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.competence.domain.readying import Need
from trainer.competence.domain.reliability import SECONDS_A_DAY
from trainer.competence.domain.sitting import Sitting
from trainer.competence.domain.sitting import sitting as sitting_of
from trainer.competence.queries.judging import bench
from trainer.competence.queries.knowing import records
from trainer.competence.queries.remembering import needs_of
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.evidence.domain import Fact
from trainer.topics import queries as topics


def line_needs(session: Session, line: str) -> tuple[Need, ...]:
    """Give what a business line asks for; nothing where there is no such line."""
    framework = topics.competencies(session)
    found = next((x for x in topics.topics(session).lines if x.code == line), None)
    return needs_of(found, framework) if found and framework else ()


def sitting(
    session: Session, told: Sequence[Fact], at: datetime, *, reader: Actor
) -> Sitting:
    """Give where whoever asks stands after the answers of a test.

    Args:
        session: A session.
        told: The answers, oldest first; none of them is recorded yet.
        at: Now.
        reader: Who takes the test.
    """
    by, person = bench(session, day_of(at)), reader.person
    items = {fact.item for fact in told}
    record = records(session, by, [person], reader=reader, items=items)[person]
    return sitting_of(record, told, by.judge, at.timestamp() / SECONDS_A_DAY)
