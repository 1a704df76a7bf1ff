"""What a reader may not be told yet, whichever page he asks.

The same question may stand in an exam, in a practice and in an earlier paper. While an
exam or a placement test is open, and until an exam has closed whose answers are shown
after closing, nothing else tells its taker what is right in it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.drawing import Candidate
from trainer.quizzes.domain.placing import BY_HAND
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.quiz import Review
from trainer.quizzes.domain.taking import PLACEMENTS
from trainer.quizzes.domain.taking import SittingError
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.queries.pool import drawable


def withheld(session: Session, at: datetime, *, reader: Actor) -> frozenset[Place]:
    """Give the questions of a reader's own papers whose answers he may not see yet."""
    row = AttemptRow
    counts = or_(row.mode == Mode.EXAM, row.quiz.startswith(PLACEMENTS))
    is_open = and_(row.state == State.IN_PROGRESS, counts, row.due_at > at)
    not_closed = and_(row.review == Review.CLOSED, row.closes_at > at)
    found = session.execute(
        select(PaperRow.bank, PaperRow.item)
        .join(row, row.id == PaperRow.attempt_id)
        .where(row.person_id == reader.person, or_(is_open, not_closed))
        .distinct()
    )
    return frozenset(Place(bank, item) for bank, item in found)


def must_be_told(
    session: Session, place: Place, at: datetime, *, reader: Actor
) -> None:
    """Stop here while what is right in a question is withheld from a reader.

    Raises:
        SittingError: it is.
    """
    if place in withheld(session, at, reader=reader):
        raise SittingError


def practisable(
    session: Session, at: datetime, *, reader: Actor
) -> tuple[Candidate, ...]:
    """Give what a reader may practise today; a case of which he may not, not at all.

    What a person grades is asked in quizzes only: nobody waits for every practice, and
    what is never graded would come again and again.
    """
    pool = drawable(session, day_of(at)).candidates
    hidden = withheld(session, at, reader=reader)
    broken = {
        each.story
        for each in pool
        if each.place in hidden or each.question.type == BY_HAND
    }
    return tuple(each for each in pool if each.story not in broken)
