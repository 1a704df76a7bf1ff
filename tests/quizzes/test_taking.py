"""Taking a quiz: frozen when begun, nothing lost, time is the server's."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.quizzes.exams import AUTOMATIC
from tests.quizzes.exams import EXAM
from tests.quizzes.exams import ITEMS
from tests.quizzes.exams import MORNING
from tests.quizzes.exams import dice
from tests.quizzes.exams import put_exam
from tests.quizzes.exams import put_person
from tests.quizzes.published import BANK
from tests.quizzes.published import put_in_force
from trainer.core.actor import READER
from trainer.core.actor import Actor
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.evidence.models import FactRow
from trainer.quizzes import queries
from trainer.quizzes import service
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.attempts import ClosedAttemptError
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.taking import AlreadyShownError
from trainer.quizzes.domain.taking import Kept
from trainer.quizzes.domain.taking import NoMoreAttemptsError
from trainer.quizzes.domain.taking import NotOpenError
from trainer.quizzes.domain.taking import NotShownError
from trainer.quizzes.domain.taking import Paper
from trainer.quizzes.domain.taking import PassedByError
from trainer.quizzes.domain.taking import Save

MINUTE = timedelta(minutes=1)
LATE = MORNING + 31 * MINUTE
DAYS, WHICH, RANKS, FEE, SAY = range(1, 6)


@pytest.fixture
def taker(session: Session) -> Actor:
    return put_person(session)


def begin(session: Session, by: Actor, at: datetime = MORNING) -> int:
    return service.begin(session, "first", by=by, at=at, dice=dice()).id


def keep(
    session: Session,
    key: int,
    by: Actor,
    position: int,
    *given: str,
    number: int = 1,
    minutes: int = 1,
) -> Kept:
    command = Save(position=position, given=given, number=number, seconds=40)
    at = MORNING + minutes * MINUTE
    return service.save(session, key, command, by=by, at=at)


def paper(session: Session, key: int, by: Actor, minutes: int = 1) -> Paper:
    return queries.paper(session, key, MORNING + minutes * MINUTE, reader=by)


def right(session: Session, key: int, by: Actor, position: int) -> tuple[str, ...]:
    """Give the letters of what is right, as only the examiner knows it."""
    row = queries.own_attempt(session, key, reader=by)
    item = queries.papers(session, [row.id])[position - 1]
    bank = queries.open_banks(session, [item.revision_id])[item.revision_id]
    asked = paper(session, key, by).items[position - 1]
    return queries.solution_of(item, bank, asked).answer


def answer_all(session: Session, key: int, by: Actor) -> None:
    for item in paper(session, key, by).items:
        if item.type != "essay":
            letters = right(session, key, by, item.position)
            keep(session, key, by, item.position, *letters)


def outcomes(session: Session) -> dict[str, float]:
    rows = session.scalars(select(FactRow).where(FactRow.revokes == ""))
    return {row.item: row.outcome for row in rows}


def test_what_is_asked_is_frozen_when_it_begins(session: Session, taker: Actor) -> None:
    put_exam(session)
    key = begin(session, taker)
    before = paper(session, key, taker)
    put_in_force(session, BANK.replace("2026-09-20", "2026-10-01"))
    assert paper(session, key, taker) == before
    assert [item.position for item in before.items] == [1, 2, 3, 4, 5]
    assert (
        before.items[WHICH - 1].face.stem
        == "<p>哪一样是 <strong>必须</strong> 带的？</p>"
    )
    assert before.left == 29 * MINUTE


def test_an_answer_comes_back_as_it_was_given(session: Session, taker: Actor) -> None:
    put_exam(session)
    key = begin(session, taker)
    keep(session, key, taker, DAYS, "A")
    keep(session, key, taker, RANKS, "C", "A", "B")
    keep(session, key, taker, FEE, "十五", "", number=2)
    kept = keep(session, key, taker, SAY, "对不起，\n15 日内办结。", number=3)
    assert kept == Kept(position=SAY, number=3, left=29 * 60)
    given = [item.given for item in paper(session, key, taker).items]
    assert given == [
        ("A",),
        (),
        ("C", "A", "B"),
        ("十五", ""),
        ("对不起，\n15 日内办结。",),
    ]
    assert paper(session, key, taker).place == SAY
    assert paper(session, key, taker).edit == 3


def test_saves_may_come_late_and_twice(session: Session, taker: Actor) -> None:
    put_exam(session)
    key = begin(session, taker)
    keep(session, key, taker, WHICH, "B", number=7)
    assert keep(session, key, taker, WHICH, "A", number=5).number == 7
    assert keep(session, key, taker, WHICH, "B", number=7).number == 7
    assert paper(session, key, taker).items[WHICH - 1].given == ("B",)


@pytest.mark.parametrize(
    ("position", "given"),
    [(DAYS, ("C",)), (WHICH, ("A", "B")), (RANKS, ("A", "B")), (FEE, ("1", "2", "3"))],
)
def test_what_is_no_answer_is_refused(
    session: Session, taker: Actor, position: int, given: tuple[str, ...]
) -> None:
    put_exam(session)
    key = begin(session, taker)
    with pytest.raises(BadAnswerError):
        keep(session, key, taker, position, *given)
    assert paper(session, key, taker).items[position - 1].given == ()


def test_the_letters_of_a_page_do_not_follow_the_order_of_the_text(
    session: Session, taker: Actor
) -> None:
    put_exam(session)
    key = begin(session, taker)
    item = paper(session, key, taker).items[RANKS - 1]
    assert [choice.text for choice in item.face.choices] != ["核验身份", "受理", "审核"]
    letters = right(session, key, taker, RANKS)
    texts = {
        letter: choice.text
        for letter, choice in zip("ABC", item.face.choices, strict=True)
    }
    assert [texts[letter] for letter in letters] == ["核验身份", "受理", "审核"]


def test_after_its_time_nothing_is_kept_and_the_end_is_when_it_ran_out(
    session: Session, taker: Actor
) -> None:
    put_exam(session, AUTOMATIC)
    key = begin(session, taker)
    keep(session, key, taker, DAYS, "A", minutes=29)
    with pytest.raises(ClosedAttemptError):
        keep(session, key, taker, WHICH, "A", minutes=30)
    assert service.close_overdue(session, at=MORNING + 30 * MINUTE) == 1
    assert service.close_overdue(session, at=LATE) == 0
    row = queries.own_attempt(session, key, reader=taker)
    assert row.state == State.GRADED
    assert row.ended_at == MORNING + 30 * MINUTE
    assert (row.earned, row.full, row.passed) == ("1", "4", False)


def test_handing_in_late_is_handing_in_what_was_kept(
    session: Session, taker: Actor
) -> None:
    put_exam(session, AUTOMATIC)
    key = begin(session, taker)
    keep(session, key, taker, DAYS, "A")
    row = service.submit(session, key, by=taker, at=LATE)
    assert (row.state, row.ended_at) == (State.GRADED, MORNING + 30 * MINUTE)
    again = service.submit(session, key, by=taker, at=LATE + MINUTE)
    assert (again.state, again.ended_at) == (State.GRADED, MORNING + 30 * MINUTE)


def test_all_right_is_the_full_mark_and_a_fact_for_each(
    session: Session, taker: Actor
) -> None:
    put_exam(session, AUTOMATIC)
    key = begin(session, taker)
    answer_all(session, key, taker)
    row = service.submit(session, key, by=taker, at=MORNING + 5 * MINUTE)
    assert (row.earned, row.full, row.passed) == ("4", "4", True)
    service.submit(session, key, by=taker, at=MORNING + 6 * MINUTE)
    assert outcomes(session) == {f"rent#{item}": 1.0 for item in ITEMS[:-1]}
    guesses = session.scalars(select(FactRow.guess)).all()
    assert all(guess is not None and 0 < guess <= 0.5 for guess in guesses)


def test_an_essay_waits_for_a_person(session: Session, taker: Actor) -> None:
    put_exam(session, EXAM)
    key = begin(session, taker)
    keep(session, key, taker, SAY, "对不起")
    row = service.submit(session, key, by=taker, at=MORNING + MINUTE)
    assert (row.state, row.earned, row.passed) == (State.SUBMITTED, None, None)
    result = queries.own_result(session, key, MORNING + MINUTE, reader=taker)
    assert result.waiting == 1
    assert "rent#say" not in outcomes(session)


def test_an_unfinished_attempt_is_gone_on_with(session: Session, taker: Actor) -> None:
    put_exam(session)
    key = begin(session, taker)
    assert begin(session, taker, MORNING + MINUTE) == key
    assert begin(session, taker, LATE) != key


def test_tries_are_counted_given_up_ones_too(session: Session, taker: Actor) -> None:
    put_exam(session)
    for _ in range(2):
        service.abandon(session, begin(session, taker), by=taker, at=MORNING)
    with pytest.raises(NoMoreAttemptsError, match="最多考 2 次"):
        begin(session, taker)
    assert outcomes(session) == {}


def test_a_quiz_is_taken_only_while_it_is_open(session: Session, taker: Actor) -> None:
    window = "opens: 2026-10-12 10:00\ncloses: 2026-10-12 11:00\n"
    put_exam(session, EXAM + window)
    with pytest.raises(NotOpenError, match="2026-10-12 10:00"):
        begin(session, taker)
    key = begin(session, taker, MORNING + 110 * MINUTE)
    assert paper(session, key, taker, 110).left == 10 * MINUTE
    with pytest.raises(NotOpenError, match="已经截止"):
        begin(session, taker, MORNING + 120 * MINUTE)


def test_forward_only_is_forward_only(session: Session, taker: Actor) -> None:
    put_exam(session, EXAM + "navigation: forward\n")
    key = begin(session, taker)
    keep(session, key, taker, DAYS, "A")
    keep(session, key, taker, WHICH, "A")
    with pytest.raises(PassedByError):
        keep(session, key, taker, DAYS, "B", number=2)
    service.go_to(session, key, RANKS, by=taker, at=MORNING)
    service.go_to(session, key, DAYS, by=taker, at=MORNING)
    shown = paper(session, key, taker)
    assert (shown.place, shown.items[0].given) == (RANKS, ("A",))
    assert [item.is_passed for item in shown.items] == [1, 1, 0, 0, 0]


def test_a_practice_shows_what_is_right_after_each(
    session: Session, taker: Actor
) -> None:
    text = AUTOMATIC.replace("minutes: 30\n", "mode: practice\nreview: each\n")
    put_exam(session, text)
    key = begin(session, taker)
    with pytest.raises(NotShownError, match="先作答"):
        service.show(session, key, DAYS, by=taker, at=MORNING)
    keep(session, key, taker, DAYS, "B")
    assert service.show(session, key, DAYS, by=taker, at=MORNING).share == "0"
    with pytest.raises(AlreadyShownError):
        keep(session, key, taker, DAYS, "A", number=2)
    assert outcomes(session) == {"rent#days": 0.0}


def test_an_exam_shows_nothing_before_it_is_handed_in(
    session: Session, taker: Actor
) -> None:
    put_exam(session)
    key = begin(session, taker)
    keep(session, key, taker, DAYS, "A")
    with pytest.raises(NotShownError, match="交卷"):
        service.show(session, key, DAYS, by=taker, at=MORNING)
    assert queries.own_result(session, key, MORNING, reader=taker).marked == ()


def test_an_attempt_is_its_takers_alone(session: Session, taker: Actor) -> None:
    put_exam(session)
    key = begin(session, taker)
    other = put_person(session, "other")
    for act in (service.submit, service.abandon):
        with pytest.raises(NotFoundError):
            act(session, key, by=other, at=MORNING)
    with pytest.raises(NotFoundError):
        keep(session, key, other, DAYS, "A")
    with pytest.raises(NotFoundError):
        paper(session, key, other)
    with pytest.raises(DeniedError, match="登录"):
        begin(session, READER)


def test_a_stale_question_is_not_asked(session: Session, taker: Actor) -> None:
    put_exam(session)
    december = MORNING + timedelta(days=60)
    key = begin(session, taker, december)
    shown = queries.paper(session, key, december, reader=taker)
    assert [item.position for item in shown.items] == [1, 2, 3, 4]
    assert shown.items[0].type == "single"


def test_what_went_wrong_is_practised_first(session: Session, taker: Actor) -> None:
    put_exam(session, AUTOMATIC)
    key = begin(session, taker)
    keep(session, key, taker, DAYS, "B")
    keep(session, key, taker, WHICH, *right(session, key, taker, WHICH))
    service.submit(session, key, by=taker, at=MORNING + MINUTE)
    later = MORNING + 2 * MINUTE
    wrong = queries.own_mistakes(session, later, reader=taker)
    assert {each.place.id for each, _ in wrong} == {"days", "ranks", "fee"}
    five = queries.daily(session, later, dice(), reader=taker)
    assert {place.id for place in five[:3]} == {"days", "ranks", "fee"}
    assert [place.id for place in five[3:]] == ["which"]  # nobody grades a practice
