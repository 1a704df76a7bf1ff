"""What is overdue is closed by itself, whoever looks, whatever is wrong with one."""

from __future__ import annotations

import logging
from datetime import datetime
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from tests.quizzes.exams import AUTOMATIC
from tests.quizzes.exams import MORNING
from tests.quizzes.exams import dice
from tests.quizzes.exams import put_exam
from tests.quizzes.exams import put_person
from trainer.kit import db
from trainer.quizzes import service
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import PaperRow

LATE = MORNING + timedelta(hours=2)


@pytest.fixture
def keys(engine: Engine) -> list[int]:
    """Attempts of two people who went away."""
    with db.writing(engine) as session:
        put_exam(session, AUTOMATIC)
        people = [put_person(session, login) for login in ("one", "two")]
        return [
            service.begin(session, "first", by=by, at=MORNING, dice=dice()).id
            for by in people
        ]


def standing(engine: Engine, keys: list[int]) -> list[tuple[str, datetime | None]]:
    with db.reading(engine) as session:
        rows = [session.get_one(AttemptRow, key) for key in keys]
        return [(row.state, row.ended_at) for row in rows]


def test_they_are_closed_as_of_when_their_time_was_up(
    engine: Engine, keys: list[int]
) -> None:
    service.Sweeper(engine, lambda: LATE).sweep()
    ended = MORNING + timedelta(minutes=30)
    assert standing(engine, keys) == [(State.GRADED, ended)] * 2


def test_one_that_cannot_be_scored_keeps_nobody_waiting(
    engine: Engine, keys: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    with db.writing(engine) as session:
        session.get_one(PaperRow, (keys[0], 1)).item = "gone"
    caplog.set_level(logging.ERROR, "trainer.quizzes")
    service.Sweeper(engine, lambda: LATE).sweep()
    broken, whole = standing(engine, keys)
    assert broken == (State.IN_PROGRESS, None)
    assert whole[0] == State.GRADED
    assert f"attempt {keys[0]} was not closed" in caplog.text
