"""What is noted of those who look at answers of others, or take results away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain.exporting import Export
from trainer.core.actor import Actor
from trainer.quizzes.queries.outcomes import look


def note_look(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """Note a look at somebody's answers; once an hour."""
    audit.looked(session, look(key, by), at=at)


def note_export(session: Session, export: Export, *, by: Actor, at: datetime) -> None:
    """Note that results or an analysis are taken away, before they are.

    Raises:
        ReasonTooShortError: the reason says nothing.
    """
    audit.exported(session, export, by=by, at=at)
