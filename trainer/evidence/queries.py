"""Reads of the ledger."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import DeniedError
from trainer.core.wording import N_
from trainer.evidence.domain import Fact
from trainer.evidence.domain import FactKind
from trainer.evidence.models import FactRow


def facts(
    session: Session,
    people: Collection[int],
    *,
    reader: Actor,
    until: datetime | None = None,
) -> list[Fact]:
    """Give what is recorded of some people, oldest first, revocations included.

    Args:
        session: A session.
        people: Keys of the people.
        reader: Who asks: the person himself or a supervisor.
        until: Leave out what was recorded later; None is everything.

    Raises:
        DeniedError: the reader asks for somebody else and is no supervisor.
    """
    if set(people) - {reader.person} and not reader.may(Permission.SUPERVISE):
        raise DeniedError(N_("只能查看自己的学习记录"))
    query = select(FactRow).where(FactRow.person_id.in_(people))
    if until is not None:
        query = query.where(FactRow.recorded_at <= until)
    rows = session.scalars(query.order_by(FactRow.happened_at, FactRow.id))
    return [
        Fact(
            person=row.person_id,
            competency=row.competency,
            item=row.item,
            happened_at=row.happened_at,
            outcome=row.outcome,
            kind=FactKind(row.kind),
            weight=row.weight,
            revision=row.revision_id,
            source=row.source,
            revokes=row.revokes,
        )
        for row in rows
    ]
