"""The one way to write the audit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.audit.domain import Entry
from trainer.audit.models import AuditRow


def record(session: Session, entry: Entry, *, at: datetime) -> None:
    """Add an entry in the transaction of the act: both are kept, or neither."""
    session.add(
        AuditRow(
            at=at,
            person_id=entry.person,
            verb=entry.verb,
            object=entry.object,
            detail=entry.detail,
            before_digest=entry.before,
            after_digest=entry.after,
            address=entry.address,
        )
    )
    session.flush()
