"""What is kept of learning agrees with itself, and what does not is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.courses.learners import SLUG
from tests.courses.learners import put_course
from tests.courses.learners import read
from tests.scenarios.live_plays import Cast
from tests.scenarios.live_plays import the_cast
from trainer.courses import service
from trainer.courses.domain.learning import Seat
from trainer.courses.models import ReceiptRow
from trainer.courses.models import StepReadRow
from trainer.courses.models import StepSignedRow
from trainer.courses.queries.consistency import contradictions


@pytest.fixture
def cast(session: Session) -> Cast:
    """Somebody who has read a step of a course and was at a session of it."""
    found = the_cast(session)
    put_course(session)
    read(session, "conditions", found.clerk.actor())
    seats = [Seat(found.clerk.id, "talk")]
    service.sign_sessions(
        session, SLUG, seats, NOW.date(), by=found.boss.actor(), at=NOW
    )
    return found


@pytest.mark.usefixtures("cast")
def test_what_was_done_through_the_pages_is_sound(session: Session) -> None:
    assert contradictions(session) == []


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    ("row", "values", "found"),
    [
        (StepReadRow, {"course": "gone"}, "course_step_read/1"),
        (StepReadRow, {"step": "talk"}, "course_step_read/1"),
        (StepReadRow, {"on": NOW.date() + timedelta(1)}, "course_step_read/1"),
        (StepSignedRow, {"step": "conditions"}, "course_step_signed/1"),
        (StepSignedRow, {"course": "gone"}, "course_step_signed/1"),
    ],
)
def test_what_cannot_be_is_named(
    session: Session, row: type, values: dict[str, object], found: str
) -> None:
    session.execute(update(row).values(**values))
    assert contradictions(session) == [found]


def test_a_receipt_of_another_text_is_named(session: Session, cast: Cast) -> None:
    person = cast.clerk.id
    session.add(
        ReceiptRow(person_id=person, revision_id=1, content_hash="another", read_at=NOW)
    )
    session.flush()
    assert contradictions(session) == [f"receipt/{person}/1"]
