"""Requests that reached for what is not the person's: kept in the audit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.people.domain.refusals import Refused


def note_refusal(
    session: Session, refused: Refused, *, by: Actor, at: datetime
) -> None:
    """Audit that somebody was refused; what he typed is not kept."""
    entry = Entry(
        person=by.person,
        verb="access.refused",
        object=f"route/{refused.route}" if refused.route else "",
        detail=refused.detail,
    )
    audit.record(session, entry, at=at)
