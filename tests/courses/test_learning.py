"""Courses on real databases: what completes a step, receipts, signatures."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.courses.duties import answer_all
from tests.courses.duties import change
from tests.courses.duties import put_questions
from tests.courses.learners import SLUG
from tests.courses.learners import far_with
from tests.courses.learners import play_well
from tests.courses.learners import put_course
from tests.courses.learners import read
from tests.courses.learners import states
from tests.courses.learners import watch
from tests.courses.texts import PATH
from tests.courses.texts import RENT
from tests.databases import statements
from tests.scenarios.live_plays import Cast
from tests.scenarios.live_plays import the_cast
from trainer.core.actor import Actor
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.courses import queries
from trainer.courses import service
from trainer.courses.domain.completing import State
from trainer.courses.domain.completing import StepState
from trainer.courses.domain.learning import CitizenDataError
from trainer.courses.domain.learning import ImpossibleDayError
from trainer.courses.domain.learning import NoReasonError
from trainer.courses.domain.learning import NoStepError
from trainer.courses.domain.learning import NotYoursToSignError
from trainer.courses.domain.learning import Seat
from trainer.courses.domain.learning import TextMeanwhileError
from trainer.courses.models import StepReadRow
from trainer.courses.models import StepSignedRow
from trainer.publishing.domain.header import ChangeKind
from trainer.quizzes.domain.taking import NothingToAskError

TODAY = date(2026, 11, 22)
MOST_OF_PROGRESS = 16
DONE, OPEN, CHANGED = StepState.DONE, StepState.OPEN, StepState.CHANGED


@pytest.fixture
def cast(session: Session) -> Cast:
    put_course(session)
    return the_cast(session)


@pytest.fixture
def clerk(cast: Cast) -> Actor:
    return cast.clerk.actor()


def begin(session: Session, by: Actor, step: str = "conditions") -> int:
    return service.begin_step_questions(
        session, SLUG, step, by=by, at=NOW, dice=lambda _: 0
    )


def sign(
    session: Session, by: Actor, *people: int, on: date = TODAY, step: str = "talk"
) -> int:
    seats = [Seat(person, step) for person in people]
    return service.sign_sessions(session, SLUG, seats, on, by=by, at=NOW)


def rows(session: Session, table: type[StepReadRow | StepSignedRow]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


# What completes a step


def test_a_course_begins_with_nothing_done(session: Session, clerk: Actor) -> None:
    found = far_with(session, clerk)
    assert found.state is State.NEW
    assert set(states(found).values()) == {OPEN}


def test_every_kind_of_step_is_completed_in_its_own_way(
    session: Session, cast: Cast, clerk: Actor
) -> None:
    read(session, "conditions", clerk)
    read(session, "errors", clerk)
    play_well(session, clerk)
    watch(session, clerk, "sighting/1/P5")
    watch(session, clerk, "sighting/2/R1", 2 / 3, competency="R1")
    assert far_with(session, clerk).state is State.BEGUN
    sign(session, cast.boss.actor(), clerk.person)
    found = far_with(session, clerk)
    assert found.is_completed
    assert found.completed_on == TODAY


def test_nobody_completes_a_step_for_somebody_else(
    session: Session, cast: Cast, clerk: Actor
) -> None:
    read(session, "errors", clerk)
    assert states(far_with(session, cast.friend.actor()))["errors"] is OPEN


def test_a_play_that_failed_completes_nothing(session: Session, clerk: Actor) -> None:
    play_well(session, clerk, passed=False)
    assert states(far_with(session, clerk))["play"] is OPEN
    play_well(session, clerk, number=2)
    assert states(far_with(session, clerk))["play"] is DONE


def test_observations_count_once_well_done_and_not_taken_back(
    session: Session, clerk: Actor
) -> None:
    watch(session, clerk, "sighting/1/P5")
    watch(session, clerk, "sighting/1/R1", competency="R1")
    watch(session, clerk, "sighting/2/P5", 1 / 3)
    watch(session, clerk, "sighting/3/P5")
    watch(session, clerk, "sighting/3/P5/back", revokes="sighting/3/P5")
    step = {each.step.id: each for each in far_with(session, clerk).steps}["counter"]
    assert (step.state, step.times) == (OPEN, 1)


# Reading


def test_a_reading_is_kept_once_a_day(session: Session, clerk: Actor) -> None:
    read(session, "errors", clerk)
    read(session, "errors", clerk)
    assert rows(session, StepReadRow) == 1
    read(session, "errors", clerk, NOW + timedelta(1))
    assert rows(session, StepReadRow) == 2
    assert states(far_with(session, clerk))["errors"] is DONE


def test_a_page_of_another_text_keeps_nothing(session: Session, clerk: Actor) -> None:
    shown = queries.reading(session, SLUG, "conditions", NOW, reader=clerk).digest
    change(session)
    with pytest.raises(TextMeanwhileError):
        service.read_step(session, SLUG, "conditions", shown, by=clerk, at=NOW)
    assert rows(session, StepReadRow) == 0


def test_another_section_of_the_article_may_change(
    session: Session, clerk: Actor
) -> None:
    text = RENT.replace("rent-withdrawal#answer", "rent-withdrawal#conditions")
    put_course(session, text.replace("租房提取入门", "另一门"), "other-course")
    shown = queries.reading(session, "other-course", "conditions", NOW, reader=clerk)
    service.read_step(
        session, "other-course", "conditions", shown.digest, by=clerk, at=NOW
    )
    read(session, "conditions", clerk)
    change(session)
    assert states(far_with(session, clerk))["conditions"] is CHANGED
    other = far_with(session, clerk, slug="other-course")
    assert states(other)["conditions"] is DONE


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (ChangeKind.SUBSTANCE, CHANGED),
        (ChangeKind.REPEAL, CHANGED),
        (ChangeKind.CLARIFY, DONE),
        (ChangeKind.TYPO, DONE),
    ],
)
def test_only_a_change_in_substance_opens_a_step_again(
    session: Session, clerk: Actor, kind: ChangeKind, state: StepState
) -> None:
    read(session, "conditions", clerk)
    change(session, kind=kind)
    assert states(far_with(session, clerk))["conditions"] is state


def test_a_change_to_come_opens_nothing_before_its_day(
    session: Session, clerk: Actor
) -> None:
    read(session, "conditions", clerk)
    change(session, day="2026-12-01")
    assert states(far_with(session, clerk))["conditions"] is DONE
    later = NOW + timedelta(days=10)
    assert states(far_with(session, clerk, later))["conditions"] is CHANGED
    found = queries.reading(session, SLUG, "conditions", later, reader=clerk)
    assert (found.read_on, found.before) == (None, 1)
    read(session, "conditions", clerk, later)
    assert states(far_with(session, clerk, later))["conditions"] is DONE


def test_a_checked_step_wants_right_answers_since_it_was_read(
    session: Session, clerk: Actor
) -> None:
    put_questions(session)
    read(session, "conditions", clerk)
    assert states(far_with(session, clerk))["conditions"] is OPEN
    found = queries.reading(session, SLUG, "conditions", NOW, reader=clerk)
    assert (found.asked, found.right) == (2, 0)
    answer_all(session, begin(session, clerk), "B", by=clerk, at=NOW)
    assert states(far_with(session, clerk))["conditions"] is OPEN
    answer_all(session, begin(session, clerk), "A", by=clerk, at=NOW)
    assert states(far_with(session, clerk))["conditions"] is DONE
    found = queries.reading(session, SLUG, "conditions", NOW, reader=clerk)
    assert found.right == 2
    assert not found.is_left


def test_where_nobody_has_written_questions_reading_is_enough(
    session: Session, clerk: Actor
) -> None:
    read(session, "conditions", clerk)
    assert states(far_with(session, clerk))["conditions"] is DONE
    with pytest.raises(NothingToAskError):
        begin(session, clerk)


@pytest.mark.parametrize("step", ["talk", "play", "no-such-step"])
def test_what_is_no_text_is_not_read(session: Session, clerk: Actor, step: str) -> None:
    with pytest.raises(NoStepError):
        service.read_step(session, SLUG, step, "", by=clerk, at=NOW)


# Signing


def test_who_looks_after_people_signs_for_several_at_once(
    session: Session, cast: Cast
) -> None:
    boss = cast.boss.actor()
    people = (cast.clerk.id, cast.friend.id)
    assert sign(session, boss, *people) == 2
    assert sign(session, boss, *people) == 0
    assert rows(session, StepSignedRow) == 2
    found = queries.attendants(session, SLUG, TODAY, reader=boss)
    signed = {each.person: each.signed for each in found}
    assert signed[cast.clerk.id]["talk"].by == cast.boss.name
    assert not signed[cast.mentor.id]


def test_the_mentor_of_somebody_signs_for_him(session: Session, cast: Cast) -> None:
    assert sign(session, cast.trainer.actor(), cast.clerk.id) == 1


def test_nobody_signs_for_strangers_or_himself(session: Session, cast: Cast) -> None:
    for by, person in (
        (cast.boss, cast.far.id),
        (cast.boss, cast.boss.id),
        (cast.trainer, cast.friend.id),
    ):
        with pytest.raises(NotYoursToSignError):
            sign(session, by.actor(), person)
    with pytest.raises(DeniedError):
        sign(session, cast.clerk.actor(), cast.friend.id)
    assert rows(session, StepSignedRow) == 0


def test_only_sessions_are_signed_and_on_days_that_were(
    session: Session, cast: Cast
) -> None:
    boss = cast.boss.actor()
    with pytest.raises(NoStepError):
        sign(session, boss, cast.clerk.id, step="counter")
    for day in (TODAY + timedelta(1), TODAY - timedelta(366)):
        with pytest.raises(ImpossibleDayError):
            sign(session, boss, cast.clerk.id, on=day)


def test_a_signature_is_taken_back_with_a_reason(session: Session, cast: Cast) -> None:
    boss, clerk = cast.boss.actor(), cast.clerk.actor()
    sign(session, cast.trainer.actor(), clerk.person)
    key = session.scalars(select(StepSignedRow.id)).one()
    with pytest.raises(NoReasonError):
        service.take_back_signature(session, key, " ", by=boss, at=NOW)
    with pytest.raises(CitizenDataError):
        service.take_back_signature(session, key, "13800138000 没来", by=boss, at=NOW)
    with pytest.raises(NotFoundError):
        service.take_back_signature(session, key, "没来", by=cast.rival.actor(), at=NOW)
    assert states(far_with(session, clerk))["talk"] is DONE
    service.take_back_signature(session, key, "那天没来", by=boss, at=NOW)
    service.take_back_signature(session, key, "再点一次", by=boss, at=NOW)
    assert states(far_with(session, clerk))["talk"] is OPEN
    assert session.scalars(select(StepSignedRow.reason)).one() == "那天没来"


# Many


def test_a_path_is_completed_by_its_courses(
    session: Session, cast: Cast, clerk: Actor
) -> None:
    put_course(session, PATH, "path")
    for step in ("conditions", "errors"):
        read(session, step, clerk)
    play_well(session, clerk)
    watch(session, clerk, "sighting/1/P5")
    watch(session, clerk, "sighting/2/P5")
    assert far_with(session, clerk, slug="path").state is State.NEW
    sign(session, cast.boss.actor(), clerk.person)
    found = far_with(session, clerk, slug="path")
    assert found.is_completed
    assert found.completed_on == TODAY
    change(session)
    assert far_with(session, clerk).state is State.CHANGED


def test_what_is_not_in_force_has_no_progress(session: Session, clerk: Actor) -> None:
    assert queries.progress(session, [clerk.person], ["none"], NOW) == {}
    assert queries.progress(session, [], None, NOW) == {}


def test_the_same_questions_are_asked_of_one_and_of_many(
    session: Session, cast: Cast, clerk: Actor
) -> None:
    engine = session.get_bind().engine
    put_questions(session)
    read(session, "conditions", clerk)
    everybody = [each.id for each in (cast.clerk, cast.friend, cast.mentor, cast.far)]
    queries.progress(session, everybody, None, NOW)
    with statements(engine) as of_one:
        queries.progress(session, everybody[:1], None, NOW)
    with statements(engine) as of_many:
        found = queries.progress(session, everybody, None, NOW)
    assert len(found) == 4
    assert len(of_many) == len(of_one)
    assert len(of_many) <= MOST_OF_PROGRESS


def test_the_shelf_tells_what_is_for_whoever_looks(
    session: Session, cast: Cast, clerk: Actor
) -> None:
    (mine,) = queries.shelf(session, NOW, reader=clerk)
    (others,) = queries.shelf(session, NOW, reader=cast.boss.actor())
    assert not others.is_mine
    assert mine.progress.state is State.NEW
