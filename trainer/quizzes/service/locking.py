"""Holding an attempt while it is changed, and telling the audit of its steps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.quizzes.models import AttemptRow


def locked(session: Session, key: int, *, by: Actor) -> AttemptRow:
    """Fetch one's own attempt so that nobody else changes it until the commit.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    row = session.scalars(
        select(AttemptRow)
        .where(AttemptRow.id == key, AttemptRow.person_id == by.person)
        .with_for_update()
    ).first()
    if row is None:
        raise NotFoundError(N_("没有这份答卷，或者它不是您的"))
    return row


def note(session: Session, row: AttemptRow, act: str, by: int, *, at: datetime) -> None:
    """Tell the audit of a step; single answers are kept in the attempt itself.

    Args:
        session: A session.
        row: The attempt.
        act: What was done, the past tense of its verb.
        by: Key of the person; 0 is nobody, the time was up.
        at: Now.
    """
    entry = Entry(person=by, verb=f"attempt.{act}", object=f"attempt/{row.id}")
    audit.record(session, entry, at=at)
