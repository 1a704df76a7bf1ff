"""A line with questions for a placement test, and taking it; all fictitious."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta

from sqlalchemy.orm import Session

from tests.competence.worlds import put_framework
from tests.quizzes.exams import MORNING
from tests.quizzes.exams import dice
from tests.quizzes.published import asked
from tests.quizzes.published import bank_of
from tests.quizzes.published import put_in_force
from tests.quizzes.published import put_rules
from tests.quizzes.published import story
from trainer.core.actor import Actor
from trainer.quizzes import queries
from trainer.quizzes import service
from trainer.quizzes.domain.placing import Told
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import PaperRow

LINE = "withdraw"
MINUTE = timedelta(minutes=1)
STABLE = "rules#papers"
"""A section that does not change: what cites it is never stale."""

QUESTIONS = 30
BANK = bank_of(
    *(asked(f"q{n}", cites=STABLE, stem=f"第{n}题。") for n in range(QUESTIONS)),
    *(
        asked(f"g{n}", cites=STABLE, stem=f"一般{n}。", competency="P1")
        for n in range(3)
    ),
    asked("stale", stem="十五日。"),
    asked("other", cites=STABLE, stem="投诉。", competency="C5"),
    story("visit", asked("one", cites=STABLE, stem="案例题。")),
)
"""`stale` is stale from 2026-12-01 on; `other` is of another line, `one` of a case."""


def put_line(session: Session) -> None:
    """Put the line, the rules and the bank in force."""
    put_framework(session)
    put_rules(session)
    put_in_force(session, BANK)


def begin(session: Session, by: Actor, *, at: datetime = MORNING) -> int:
    """Begin the test."""
    return service.begin_placement(session, LINE, by=by, at=at, dice=dice()).id


def told(
    position: int, letter: str = "A", *, number: int = 1, known: int | None = 0
) -> Told:
    """Give an answer as a page tells it; no letter skips."""
    return Told(
        position=position,
        given=(letter,) if letter else (),
        number=number,
        known=known,
        skips=not letter,
    )


def answer(
    session: Session, key: int, letter: str, by: Actor, *, at: datetime | None = None
) -> AttemptRow:
    """Answer the question that is asked now."""
    moment = at or MORNING + MINUTE
    place = session.get_one(AttemptRow, key).place
    return service.go_on(
        session, key, told(place, letter), by=by, at=moment, dice=dice(place)
    )


def items(session: Session, key: int) -> list[PaperRow]:
    """Give the questions of a test by now."""
    return queries.papers(session, [key])


def asked_of(session: Session, key: int) -> list[str]:
    """Give the ids of its questions."""
    return [row.item for row in items(session, key)]
