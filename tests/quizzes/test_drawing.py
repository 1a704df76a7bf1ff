"""Papers: quotas are filled, the unseen come first, a case comes whole."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.quizzes.banks import banks
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.drawing import Candidate
from trainer.quizzes.domain.drawing import Shortage
from trainer.quizzes.domain.drawing import drawn
from trainer.quizzes.domain.drawing import fits
from trainer.quizzes.domain.drawing import shortages
from trainer.quizzes.domain.listing import listed
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.quiz import Quota

POOL = [
    Candidate(path.stem, listed(question))
    for path, bank in banks().items()
    for question in bank.questions
]
BY_PLACE = {each.place: each for each in POOL}
CODES = sorted({each.question.competency for each in POOL})


def dice(seed: int) -> Dice:
    return Random(seed).randrange  # noqa: S311  (no secret)


def alone(competency: str) -> list[Candidate]:
    """Give the questions of a competency that stand by themselves."""
    return [
        each
        for each in POOL
        if each.question.competency == competency and not each.question.story
    ]


QUOTAS = st.lists(
    st.builds(
        Quota,
        competency=st.sampled_from(CODES),
        count=st.integers(1, 3),
        difficulty=st.sampled_from([0, 1, 2, 3]),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(QUOTAS, st.integers(0, 99))
def test_a_paper_that_can_be_filled_is(draw: list[Quota], seed: int) -> None:
    paper = [BY_PLACE[place] for place in drawn(draw, POOL, {}, dice(seed))]
    assert len({each.place for each in paper}) == len(paper)
    if not shortages(draw, POOL):
        assert len(paper) >= sum(quota.count for quota in draw)
    for quota in draw:
        wanted = sum(q.count for q in draw if q == quota)
        there = sum(fits(each, quota) for each in POOL)
        assert sum(fits(each, quota) for each in paper) >= min(wanted, there)


@settings(max_examples=100, deadline=None)
@given(QUOTAS, st.integers(0, 99))
def test_a_case_comes_whole(draw: list[Quota], seed: int) -> None:
    paper = set(drawn(draw, POOL, {}, dice(seed)))
    stories = {BY_PLACE[place].story for place in paper}
    whole = {each.place for each in POOL if each.story in stories}
    assert paper == whole


def test_the_unseen_come_first_then_those_seen_least() -> None:
    pool = alone("P5")
    quota = Quota(competency="P5", count=4)
    seen: Counter[Place] = Counter()
    for seed in range(len(pool)):
        paper = drawn([quota], pool, seen, dice(seed))
        assert len(paper) == 4
        least = min(seen[each.place] for each in pool)
        assert max(seen[place] for place in paper) <= least + 1
        seen.update(paper)
    assert max(seen.values()) - min(seen[each.place] for each in pool) <= 1


def test_the_same_chance_draws_the_same_paper_and_another_another() -> None:
    quotas = [Quota(competency="P5", count=5), Quota(competency="P8", count=5)]
    first = drawn(quotas, POOL, {}, dice(1))
    assert drawn(quotas, POOL, {}, dice(1)) == first
    assert any(drawn(quotas, POOL, {}, dice(seed)) != first for seed in range(2, 6))


def test_the_narrow_quota_is_not_robbed_by_the_wide_one() -> None:
    pool = alone("P5")
    hard = sum(each.question.difficulty == 3 for each in pool)
    wide = Quota(competency="P5", count=len(pool) - hard)
    narrow = Quota(competency="P5", count=hard, difficulty=3)
    assert shortages([wide, narrow], pool) == []
    for seed in range(20):
        assert len(drawn([wide, narrow], pool, {}, dice(seed))) == len(pool)


def test_a_pool_that_is_too_small_is_told() -> None:
    pool = alone("P5")
    bank = pool[0].bank
    own = [each for each in pool if each.bank == bank]
    quota = Quota(competency="P5", count=99, banks=frozenset({bank}))
    assert shortages([quota], pool) == [Shortage(quota, len(own))]
    assert len(drawn([quota], pool, {}, dice(0))) == len(own)
