"""Marks of one's own that something was seen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.notices.models import NoticeRow


def mark_seen(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """Mark a notice as seen; once more changes nothing.

    Raises:
        NotFoundError: there is none of the caller's.
    """
    row = session.get(NoticeRow, key)
    if row is None or row.person_id != by.person:
        raise NotFoundError(N_("没有这条通知"))
    row.seen_at = row.seen_at or at


def mark_all_seen(session: Session, *, by: Actor, at: datetime) -> None:
    """Mark all that the caller was told as seen."""
    row = NoticeRow
    mine = (row.person_id == by.person, row.seen_at.is_(None))
    session.execute(update(row).where(*mine).values(seen_at=at))
