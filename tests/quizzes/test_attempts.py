"""Attempts: no save is lost, none comes back, time is the server's."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.factories import NOON
from trainer.quizzes.domain import attempts
from trainer.quizzes.domain.attempts import Attempt
from trainer.quizzes.domain.attempts import ClosedAttemptError
from trainer.quizzes.domain.attempts import NotYetError
from trainer.quizzes.domain.attempts import State

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NEW = Attempt(began_at=NOON, limit=HOUR)

Save = tuple[int, str, int]

SAVES = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from("abcd")), max_size=12
).map(lambda told: [(place, key, n) for n, (place, key) in enumerate(told, 1)])
"""What a browser saves, in the order it counts."""


def save(attempt: Attempt, told: Save) -> Attempt:
    place, key, number = told
    return attempts.saved(attempt, place, (key,), number, at=NOON + MINUTE)


def answers(attempt: Attempt) -> dict[int, tuple[str, ...]]:
    return {place: kept.answer for place, kept in attempt.answers.items()}


@settings(max_examples=200, deadline=None)
@given(SAVES, st.data())
def test_any_order_and_any_repetition_of_saves_ends_in_the_same_attempt(
    saves: list[Save], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(saves), max_size=8)) if saves else []
    came = data.draw(st.permutations([*saves, *again]))
    assert reduce(save, came, NEW).answers == reduce(save, saves, NEW).answers
    last = {place: (key,) for place, key, _ in saves}
    assert answers(reduce(save, came, NEW)) == last


@settings(deadline=None)
@given(SAVES, st.data())
def test_what_was_lost_and_is_sent_again_is_there(
    saves: list[Save], data: st.DataObject
) -> None:
    lost = data.draw(st.sets(st.integers(0, 11)))
    first = [told for n, told in enumerate(saves) if n not in lost]
    second = [told for n, told in enumerate(saves) if n in lost]
    assert reduce(save, [*first, *second], NEW).answers == (
        reduce(save, saves, NEW).answers
    )


def test_time_is_left_until_the_limit_or_the_close_of_the_quiz() -> None:
    assert NEW.left(NOON + 10 * MINUTE) == 50 * MINUTE
    assert NEW.left(NOON + 2 * HOUR) == timedelta(0)
    closing = Attempt(began_at=NOON, limit=HOUR, closes_at=NOON + 20 * MINUTE)
    assert closing.left(NOON + 10 * MINUTE) == 10 * MINUTE
    assert Attempt(began_at=NOON, limit=None).left(NOON + HOUR) is None


def test_the_last_moment_is_too_late_and_a_replay_of_what_is_kept_is_not() -> None:
    kept = save(NEW, (1, "a", 7))
    late = NOON + HOUR
    assert attempts.saved(kept, 1, ("a",), 7, at=late) == kept
    with pytest.raises(ClosedAttemptError):
        attempts.saved(kept, 1, ("b",), 8, at=late)
    with pytest.raises(ClosedAttemptError):
        attempts.saved(attempts.submitted(kept, NOON), 2, ("b",), 9, at=NOON)


def test_a_sweeper_that_comes_late_ends_it_when_its_time_was_up() -> None:
    late = attempts.timed(NEW, NOON + 9 * HOUR)
    assert (late.state, late.ended_at) == (State.OVERDUE, NOON + HOUR)
    handed_in = attempts.submitted(late, NOON + 10 * HOUR)
    assert (handed_in.state, handed_in.ended_at) == (State.SUBMITTED, NOON + HOUR)
    assert attempts.timed(NEW, NOON + HOUR - MINUTE) == NEW


def test_handing_in_twice_and_grading_twice_change_nothing() -> None:
    once = attempts.submitted(NEW, NOON + MINUTE)
    assert attempts.submitted(once, NOON + HOUR) == once
    graded = attempts.graded(once)
    assert attempts.graded(graded) == graded
    assert attempts.submitted(graded, NOON + HOUR) == graded


def test_what_has_ended_one_way_does_not_end_another() -> None:
    gone = attempts.abandoned(NEW, NOON + MINUTE)
    assert attempts.abandoned(gone, NOON + HOUR) == gone
    assert gone.ended_at == NOON + MINUTE
    with pytest.raises(ClosedAttemptError):
        attempts.submitted(gone, NOON + MINUTE)
    with pytest.raises(ClosedAttemptError):
        attempts.abandoned(attempts.submitted(NEW, NOON), NOON)
    with pytest.raises(ClosedAttemptError):
        attempts.abandoned(NEW, NOON + HOUR)
    with pytest.raises(NotYetError):
        attempts.graded(NEW)


def done(attempt: Attempt, act: str, at: datetime, number: int) -> Attempt:
    if act == "save":
        return attempts.saved(attempt, 0, (), number, at=at)
    if act == "grade":
        return attempts.graded(attempt)
    steps = {
        "submit": attempts.submitted,
        "abandon": attempts.abandoned,
        "sweep": attempts.timed,
    }
    return steps[act](attempt, at)


ACTS = st.sampled_from(["save", "submit", "grade", "abandon", "sweep"])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(ACTS, st.integers(0, 90)), max_size=10))
def test_whatever_happens_an_end_stays_an_end(acts: list[tuple[str, int]]) -> None:
    attempt = NEW
    for number, (act, minutes) in enumerate(acts, 1):
        before = attempt
        try:
            attempt = done(attempt, act, NOON + minutes * MINUTE, number)
        except (ClosedAttemptError, NotYetError):
            assert attempt == before
        assert (attempt.ended_at is None) == (attempt.state is State.IN_PROGRESS)
        if before.ended_at is not None:
            assert attempt.ended_at == before.ended_at
        if attempt.ended_at is not None:
            assert attempt.ended_at <= NOON + HOUR
