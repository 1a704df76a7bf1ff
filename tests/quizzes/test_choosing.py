"""What is practised today: what is due, then mistakes, the unseen, the oldest."""

from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.quizzes.test_drawing import CODES
from tests.quizzes.test_drawing import POOL
from tests.quizzes.test_drawing import alone
from tests.quizzes.test_drawing import dice
from trainer.competence.domain.refreshing import Due
from trainer.quizzes.domain.choosing import Seen
from trainer.quizzes.domain.choosing import worth_practising
from trainer.quizzes.domain.quiz import Place

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


def competencies(places: list[Place]) -> list[str]:
    known = {each.place: each.question.competency for each in POOL}
    return [known[place] for place in places]


def test_what_is_due_comes_first_one_of_each_in_turn() -> None:
    due = [Due("P5"), Due("P2"), Due("P8")]
    pool = [c for code in ("P5", "P2", "P8", "P6", "C1") for c in alone(code)]
    chosen = worth_practising(pool, {}, due, 5, dice(1))
    assert competencies(chosen) == ["P5", "P2", "P8", "P5", "P2"]


def test_a_changed_rule_fills_the_set_with_what_rests_on_it() -> None:
    rests = alone("P5")[:3]
    items = frozenset(f"{c.bank}#{c.question.id}" for c in rests)
    due = [Due("P5", items), Due("P2")]
    pool = [*alone("P5"), *alone("P2")]
    chosen = worth_practising(pool, {}, due, 5, dice(1))
    assert {*chosen[:3]} == {c.place for c in rests}
    assert competencies(chosen[3:]) == ["P2", "P2"]


def test_without_anything_due_mistakes_come_first_then_the_unseen() -> None:
    pool = alone("P5")
    right, wrong = pool[0].place, pool[1].place
    last = {right: Seen(NOON, 1.0), wrong: Seen(NOON, 0.5)}
    chosen = worth_practising(pool, last, [], len(pool), dice(2))
    assert (chosen[0], chosen[-1]) == (wrong, right)


def test_of_what_is_due_the_unseen_come_before_what_was_right_today() -> None:
    pool = alone("P5")
    last = {
        each.place: Seen(NOON - timedelta(minutes=n), 1.0)
        for n, each in enumerate(pool[:-2])
    }
    chosen = worth_practising(pool, last, [Due("P5")], 2, dice(3))
    assert {*chosen} == {each.place for each in pool[-2:]}


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 99),
    due=st.lists(st.sampled_from([*CODES, "X9"]), max_size=4, unique=True),
    count=st.integers(0, 12),
)
def test_nothing_comes_twice_and_cases_come_whole(
    seed: int, due: list[str], count: int
) -> None:
    pool = Random(seed).sample(POOL, 60)  # noqa: S311  (no secret)
    chosen = worth_practising(pool, {}, [Due(code) for code in due], count, dice(seed))
    assert len({*chosen}) == len(chosen)
    stories = {each.place: each.story for each in pool}
    whole = {p for p, story in stories.items() if story in {stories[c] for c in chosen}}
    assert whole == {*chosen}
    assert len(chosen) >= min(count, len(pool))
