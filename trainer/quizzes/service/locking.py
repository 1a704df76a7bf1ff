"""Holding an attempt while it is changed."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

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
