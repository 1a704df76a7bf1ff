"""The one way to write the ledger."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.evidence.domain import Fact
from trainer.evidence.models import FactRow


def record(session: Session, fact: Fact, *, at: datetime) -> None:
    """Add a fact; the same kind and source a second time changes nothing."""
    known = select(FactRow.id).where(
        FactRow.kind == fact.kind, FactRow.source == fact.source
    )
    if session.scalars(known).first() is not None:
        return
    session.add(
        FactRow(
            person_id=fact.person,
            competency=fact.competency,
            item=fact.item,
            happened_at=fact.happened_at,
            recorded_at=at,
            outcome=fact.outcome,
            kind=fact.kind,
            weight=fact.weight,
            guess=fact.guess,
            revision_id=fact.revision,
            source=fact.source,
            revokes=fact.revokes,
        )
    )
    session.flush()
