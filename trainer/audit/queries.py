"""Reads of the audit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit.domain import Entry
from trainer.audit.models import AuditRow


def entries(session: Session, *, after: int = 0, limit: int = 1000) -> list[Entry]:
    """Give entries in the order they were written.

    There is no page yet; when there is one, it is for auditors only.

    Args:
        session: A session.
        after: Leave out entries up to this number.
        limit: The most entries to give.
    """
    rows = session.scalars(
        select(AuditRow).where(AuditRow.id > after).order_by(AuditRow.id).limit(limit)
    )
    return [
        Entry(
            person=row.person_id,
            verb=row.verb,
            object=row.object,
            detail=row.detail,
            before=row.before_digest,
            after=row.after_digest,
            address=row.address,
        )
        for row in rows
    ]


def recorded_since(session: Session, entry: Entry, since: datetime) -> bool:
    """Tell whether the same person did the same to the same thing after a moment."""
    row = AuditRow
    same = select(row.id).where(
        row.object == entry.object,
        row.person_id == entry.person,
        row.verb == entry.verb,
        row.detail == entry.detail,
        row.at > since,
    )
    return session.scalars(same.limit(1)).first() is not None
