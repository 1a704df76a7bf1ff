"""Ending an attempt: handed in, given up, or closed because its time was up."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.errors import TrainerError
from trainer.kit import db
from trainer.kit.beside import Beside
from trainer.quizzes.domain import attempts
from trainer.quizzes.domain.attempts import Attempt
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.taking import line_of
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.queries.attempts import attempt_of
from trainer.quizzes.queries.attempts import papers
from trainer.quizzes.service.locking import locked
from trainer.quizzes.service.locking import note
from trainer.quizzes.service.placed import close_placement
from trainer.quizzes.service.scoring import score_all

LOG = logging.getLogger("trainer.quizzes")

EVERY = 20.0
"""Seconds between two looks at what is overdue."""

NOBODY = 0
"""Who hands in for somebody whose time is up."""

AT_ONCE = 50
"""Attempts closed in one transaction, so that nobody who saves waits long."""


def submit(session: Session, key: int, *, by: Actor, at: datetime) -> AttemptRow:
    """Hand in; a second time changes nothing.

    Raises:
        NotFoundError: there is no such attempt of this person.
        ClosedAttemptError: it was given up.
    """
    row = locked(session, key, by=by)
    settle(session, row, at=at)
    end(session, row, attempts.submitted(attempt_of(row), at), by.person, at=at)
    return row


def abandon(session: Session, key: int, *, by: Actor, at: datetime) -> AttemptRow:
    """Give up while it is open; nothing of it is scored.

    A placement test only ends: what was answered counts.

    Raises:
        NotFoundError: there is no such attempt of this person.
        ClosedAttemptError: it has ended another way.
    """
    row = locked(session, key, by=by)
    if line_of(row.quiz):
        return submit(session, key, by=by, at=at)
    settle(session, row, at=at)
    end(session, row, attempts.abandoned(attempt_of(row), at), by.person, at=at)
    return row


def settle(session: Session, row: AttemptRow, *, at: datetime) -> None:
    """Hand in for somebody whose time is up; it ended when it was, not now."""
    overdue = attempts.timed(attempt_of(row), at)
    if overdue.state is State.OVERDUE:
        end(session, row, attempts.submitted(overdue, at), NOBODY, at=at)


def close_overdue(session: Session, *, at: datetime) -> int:
    """Hand in some of the attempts whose time is up; gives how many.

    One that cannot be scored is told in the log and stays as it is, and keeps none of
    the others waiting.
    """
    rows = session.scalars(
        select(AttemptRow)
        .where(AttemptRow.state == State.IN_PROGRESS, AttemptRow.due_at <= at)
        .order_by(AttemptRow.due_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    return sum(_is_settled(session, row, row.id, at=at) for row in rows)


def _is_settled(session: Session, row: AttemptRow, key: int, *, at: datetime) -> bool:
    try:
        with session.begin_nested():
            settle(session, row, at=at)
    except SQLAlchemyError:
        raise  # nothing of this transaction holds
    except Exception:
        LOG.exception("attempt %s was not closed", key)
        return False
    return True


def end(
    session: Session, row: AttemptRow, ended: Attempt, by: int, *, at: datetime
) -> None:
    """Write where an attempt stands; what was handed in is scored."""
    if row.state == ended.state:
        return
    was_open = row.state == State.IN_PROGRESS
    row.state, row.ended_at = ended.state, ended.ended_at
    if was_open and ended.state is State.SUBMITTED:
        items = papers(session, [row.id])
        if line_of(row.quiz):
            items = close_placement(session, row, items)
        score_all(session, row, items, at=at)
    session.flush()
    act = "abandoned" if ended.state is State.ABANDONED else "submitted"
    note(session, row, act if by else "timed_out", by, at=at)


class Sweeper(Beside):
    """Closes attempts whose time is up, however long nobody looks."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        super().__init__("sweeper", patience=10)
        self._engine = engine
        self._now = now

    def sweep(self) -> None:
        """Do it now; what fails is told and tried again."""
        try:
            while self._some() == AT_ONCE and not self._stopped.is_set():
                pass
        except (TrainerError, SQLAlchemyError) as error:
            LOG.warning("overdue attempts were not closed: %s", error)

    def _some(self) -> int:
        at = self._now()
        with db.reading(self._engine) as session:
            due = select(AttemptRow.id).where(
                AttemptRow.state == State.IN_PROGRESS, AttemptRow.due_at <= at
            )
            if session.scalars(due.limit(1)).first() is None:
                return 0  # a look takes no lock
        with db.writing(self._engine) as session:
            return close_overdue(session, at=at)

    def _run(self) -> None:
        self.sweep()
        while not self._stopped.wait(EVERY):
            self.sweep()
