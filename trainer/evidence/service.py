"""The one way to write the ledger."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.clock import day_of
from trainer.core.wording import N_
from trainer.evidence.domain import Fact
from trainer.evidence.domain import ImpossibleFactError
from trainer.evidence.models import FactRow

SKEW = timedelta(hours=1)
"""By so much the clocks of two machines may differ, or one be set back."""


def record(session: Session, fact: Fact, *, at: datetime) -> None:
    """Add a fact; the same kind and source a second time changes nothing.

    Raises:
        ImpossibleFactError: it has not happened yet.
    """
    if fact.happened_at > at + SKEW:
        day = day_of(fact.happened_at)
        raise ImpossibleFactError(
            N_("{day} 的事还没有发生，不能先记；请写实际发生的时间", day=day)
        )
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
