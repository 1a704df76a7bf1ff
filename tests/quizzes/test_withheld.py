"""While an exam is open, or to be reviewed later, nothing else tells its answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.quizzes.exams import AUTOMATIC
from tests.quizzes.exams import EXAM
from tests.quizzes.exams import MORNING
from tests.quizzes.exams import dice
from tests.quizzes.exams import put_exam
from tests.quizzes.exams import put_person
from tests.quizzes.handed_in import GRADER
from tests.quizzes.handed_in import hand_in
from tests.quizzes.published import QUIZ
from tests.quizzes.published import asked
from tests.quizzes.published import bank_of
from tests.quizzes.published import put_in_force
from tests.quizzes.published import put_rules
from tests.quizzes.published import story
from trainer.core.actor import Actor
from trainer.quizzes import queries
from trainer.quizzes import service
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.taking import DAILY
from trainer.quizzes.domain.taking import NothingToAskError
from trainer.quizzes.domain.taking import NotShownError
from trainer.quizzes.domain.taking import Save
from trainer.quizzes.domain.taking import SittingError
from trainer.quizzes.queries import analysing
from trainer.quizzes.queries import grading
from trainer.quizzes.queries import outcomes

MINUTE = timedelta(minutes=1)
NOON = MORNING + 180 * MINUTE
CLOSED = AUTOMATIC + "review: closed\ncloses: 2026-10-12 12:00\n"
PRACTICE = AUTOMATIC.replace("minutes: 30\n", "mode: practice\nreview: each\n")
ITEMS = {"days", "which", "ranks", "fee"}


@pytest.fixture
def taker(session: Session) -> Actor:
    return put_person(session)


def begin(session: Session, slug: str, by: Actor) -> int:
    return service.begin(session, slug, by=by, at=MORNING, dice=dice()).id


def test_what_is_reviewed_later_is_practised_later(
    session: Session, taker: Actor
) -> None:
    put_exam(session, CLOSED)
    hand_in(session, taker, wrong=ITEMS)
    at = MORNING + 6 * MINUTE
    assert not queries.own_mistakes(session, at, reader=taker)
    five = queries.daily(session, at, dice(), reader=taker)
    assert five == []
    with pytest.raises(NothingToAskError, match="截止以后才能练"):
        service.begin_practice(
            session, DAILY, [Place("rent", "days")], by=taker, at=at, dice=dice()
        )
    found = queries.own_mistakes(session, NOON, reader=taker)
    assert {candidate.place.id for candidate, _ in found} == ITEMS


def test_a_practice_is_silent_about_what_is_asked_in_an_open_exam(
    session: Session, taker: Actor
) -> None:
    put_exam(session, AUTOMATIC)
    put_in_force(session, PRACTICE, "practice")
    practice = begin(session, "practice", taker)
    given = Save(position=1, given=("A",), number=1)
    at = MORNING + MINUTE
    service.save(session, practice, given, by=taker, at=at)
    service.show(session, practice, 1, by=taker, at=at)
    assert set(queries.shown_already(session, practice, at, reader=taker)) == {1}
    exam = begin(session, "first", taker)
    assert queries.shown_already(session, practice, at, reader=taker) == {}
    given = Save(position=2, given=("A",), number=2)
    service.save(session, practice, given, by=taker, at=at)
    with pytest.raises(NotShownError, match="自己的测验"):
        service.show(session, practice, 2, by=taker, at=at)
    service.submit(session, practice, by=taker, at=at)
    result = queries.own_result(session, practice, at, reader=taker)
    assert (result.withheld, result.marked) == (4, ())
    with pytest.raises(NothingToAskError):
        begin(session, "practice", taker)
    service.submit(session, exam, by=taker, at=at)
    result = queries.own_result(session, practice, at, reader=taker)
    assert (result.withheld, len(result.marked)) == (0, 4)


def test_an_earlier_try_is_silent_while_the_next_is_open(
    session: Session, taker: Actor
) -> None:
    put_exam(session, AUTOMATIC)
    first = hand_in(session, taker)
    at = MORNING + 6 * MINUTE
    assert len(queries.own_result(session, first, at, reader=taker).marked) == 4
    service.begin(session, "first", by=taker, at=at, dice=dice())
    assert queries.own_result(session, first, at, reader=taker).marked == ()
    late = at + 31 * MINUTE  # its time is up, whoever has noticed
    assert len(queries.own_result(session, first, late, reader=taker).marked) == 4


def test_who_looks_after_people_learns_nothing_for_his_own_exam(
    session: Session, taker: Actor
) -> None:
    put_exam(session, EXAM)
    key = hand_in(session, taker)
    at = MORNING + 6 * MINUTE
    _, seen = outcomes.outcome(session, key, at, reader=GRADER)
    assert len(seen.marked) == 5
    boss = put_person(session, "boss")
    grader = Actor(boss.person, "主管", GRADER.permissions, scope=GRADER.scope)
    begin(session, "first", grader)
    _, seen = outcomes.outcome(session, key, at, reader=grader)
    assert (seen.withheld, seen.marked) == (5, ())
    with pytest.raises(SittingError):
        grading.answer_to_grade(session, key, 5, at, reader=grader)
    with pytest.raises(SittingError):
        analysing.question_analysis(session, "rent", "days", "", at, reader=grader)


def test_nobody_practises_half_of_a_case(session: Session, taker: Actor) -> None:
    put_rules(session)
    visit = story("visit", asked("one", stem="甲。"), asked("two", stem="乙。"))
    put_in_force(session, bank_of(asked("days"), visit))
    rules = "minutes: 30\nquestions:\n  - rent#two\n"
    put_in_force(session, QUIZ.partition("minutes")[0] + rules, "first")
    begin(session, "first", taker)
    five = queries.daily(session, MORNING, dice(), reader=taker)
    assert {place.id for place in five} == {"days"}
