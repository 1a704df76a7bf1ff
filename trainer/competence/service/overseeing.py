"""What is noted of those who take figures of others away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain.exporting import Export
from trainer.core.actor import Actor


def note_export(session: Session, export: Export, *, by: Actor, at: datetime) -> None:
    """Note that a board is taken away, before it is.

    Raises:
        ReasonTooShortError: the reason says nothing.
    """
    audit.exported(session, export, by=by, at=at)
