"""What somebody should practise, from his own record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.competence import queries as competence
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.evidence import queries as evidence
from trainer.evidence.domain import FactKind
from trainer.evidence.domain import standing
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.choosing import DAILY_COUNT
from trainer.quizzes.domain.choosing import Seen
from trainer.quizzes.domain.choosing import last_seen
from trainer.quizzes.domain.choosing import mistakes
from trainer.quizzes.domain.choosing import worth_practising
from trainer.quizzes.domain.drawing import Candidate
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.queries.withheld import practisable


def daily(session: Session, at: datetime, dice: Dice, *, reader: Actor) -> list[Place]:
    """Choose today's questions for whoever asks.

    What has faded or changed comes first, then what the lines he serves still lack.
    """
    on = day_of(at)
    pool = practisable(session, at, reader=reader)
    last = own_last(session, on, reader=reader)
    due = (
        *competence.due(session, on, reader=reader),
        *competence.to_show(session, on, reader=reader),
    )
    return worth_practising(pool, last, due, DAILY_COUNT, dice)


def own_mistakes(
    session: Session, at: datetime, *, reader: Actor
) -> Sequence[tuple[Candidate, Seen]]:
    """Give what went wrong the last time and may be asked now, the latest first."""
    known = {each.place: each for each in practisable(session, at, reader=reader)}
    last = own_last(session, day_of(at), reader=reader)
    return [(known[p], last[p]) for p in mistakes(last) if p in known]


def own_last(session: Session, on: date, *, reader: Actor) -> dict[Place, Seen]:
    """Give how each question went the last time for whoever asks."""
    facts = standing(evidence.facts(session, [reader.person], on, reader=reader))
    return last_seen(
        (fact.item, fact.happened_at, fact.outcome)
        for fact in facts
        if fact.kind is FactKind.QUIZ_ANSWER
    )
