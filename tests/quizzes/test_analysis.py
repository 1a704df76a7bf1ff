"""Analysis: every figure is that of a reference, whatever was submitted."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.quizzes.analysis_reference import Paper
from tests.quizzes.analysis_reference import close
from tests.quizzes.analysis_reference import part
from tests.quizzes.analysis_reference import reference_correlation
from tests.quizzes.analysis_reference import reference_papers
from tests.quizzes.analysis_reference import reference_third
from tests.quizzes.sheets import ITEMS
from tests.quizzes.sheets import MARKS
from tests.quizzes.sheets import PASS
from tests.quizzes.sheets import analyse
from tests.quizzes.sheets import numbered
from trainer.quizzes.domain.analysis.sheets import Item
from trainer.quizzes.domain.analysis.sheets import Outcome
from trainer.quizzes.domain.analysis.sheets import Sheet

GRADED = st.sampled_from([*map(Fraction, ("0", "1/3", "1/2", "2/3", "1"))])
SHARES = st.none() | GRADED
GIVEN = st.sampled_from([(), ("a",), ("b",), ("true",), ("a", "b"), ("乱",)])
SECONDS = st.none() | st.integers(0, 500).map(float)


def outcomes(
    one: Item, shares: st.SearchStrategy[Fraction | None]
) -> st.SearchStrategy[Outcome]:
    return st.builds(
        Outcome,
        item=st.just(one),
        share=shares,
        marks=st.just(MARKS[one]),
        given=GIVEN,
        seconds=SECONDS,
    )


DRAWN = st.lists(
    st.one_of([outcomes(one, SHARES) for one in ITEMS]),
    max_size=6,
    unique_by=lambda outcome: outcome.item,
)
FIXED = st.tuples(*(outcomes(one, GRADED) for one in ITEMS[:4])).flatmap(
    st.permutations
)
SHEETS = st.lists(
    st.tuples(st.sampled_from([1, 1, 1, 2]), DRAWN | FIXED), max_size=12
).map(
    lambda some: [
        Sheet(person, number, tuple(paper))
        for person, (number, paper) in enumerate(some)
    ]
)
"""Papers drawn and fixed, of first and of second attempts."""


@settings(max_examples=120, deadline=None)
@given(SHEETS)
def test_items_are_as_the_reference_has_them(sheets: list[Sheet]) -> None:
    papers = reference_papers(sheets)
    found = {one.item: one for one in analyse(sheets).items}
    assert list(found) == sorted({o.item for paper in papers for o, _ in paper})
    for one, statistics in found.items():
        own = [(o, share, p) for p in papers for o, share in p if o.item == one]
        pairs = [
            (share, part([line for line in p if line[0] is not o]))
            for o, share, p in own
            if len(p) > 1
        ]
        times = [o.seconds for o, _, _ in own if o.seconds is not None]
        assert statistics.n == len(own)
        mean = np.mean([float(share) for _, share, _ in own])
        assert close(statistics.facility, float(mean))
        assert close(statistics.item_rest, reference_correlation(pairs))
        assert close(statistics.seconds, float(np.median(times)) if times else None)
        assert statistics.unanswered == sum(o.given == () for o, _, _ in own)
        results = [part(p) for _, _, p in own]
        for choice in statistics.choices:
            thirds = [
                reference_third(part(p), results)
                for o, _, p in own
                if choice.key in o.given
            ]
            counted = [choice.lower, choice.middle, choice.upper]
            assert counted == [thirds.count(place) for place in range(3)]


@settings(max_examples=120, deadline=None)
@given(SHEETS)
def test_the_quiz_is_as_the_reference_has_it(sheets: list[Sheet]) -> None:
    papers = reference_papers(sheets)
    results = [100 * part(paper) for paper in papers]
    plain = [float(result) for result in results]
    quiz = analyse(sheets).quiz
    assert quiz.n == len(papers)
    assert close(quiz.mean, float(np.mean(plain)) if plain else None)
    assert close(quiz.median, float(np.median(plain)) if plain else None)
    assert close(
        quiz.deviation, float(np.std(plain, ddof=1)) if len(plain) > 1 else None
    )
    passed = sum(result >= PASS for result in results)
    assert close(quiz.pass_rate, passed / len(papers) if papers else None)
    bins = [min(9, int(result // 10)) for result in results]
    assert list(quiz.histogram) == [bins.count(place) for place in range(10)]


@settings(max_examples=120, deadline=None)
@given(SHEETS | st.lists(FIXED, max_size=9).map(numbered))
def test_alpha_is_that_of_the_covariances(sheets: list[Sheet]) -> None:
    papers = reference_papers(sheets)
    kinds = [frozenset(o.item for o, _ in paper) for paper in papers]
    most = [kind for kind in set(kinds) if 2 * kinds.count(kind) > len(kinds)]
    trust = analyse(sheets).quiz.reliability
    same = [p for p, kind in zip(papers, kinds, strict=True) if kind in most]
    if len(papers) < 2 or len(most[0] if most else ()) < 2 or len(set(sums(same))) < 2:
        assert (trust.alpha, trust.error, trust.n) == (None, None, 0)
        assert trust.why
        return
    scores = [
        [
            float(share * Fraction(o.marks))
            for o, share in sorted(p, key=lambda x: x[0].item)
        ]
        for p in same
    ]
    c = np.cov(np.array(scores), rowvar=False)
    k = len(c)
    alpha = k / (k - 1) * (1 - np.trace(c) / c.sum())
    spread = np.std([100 * float(part(p)) for p in same], ddof=1)
    assert (trust.n, trust.why) == (len(same), "")
    assert trust.alpha == pytest.approx(alpha, abs=1e-9)
    assert trust.error == pytest.approx(spread * math.sqrt(1 - alpha), abs=1e-6)


def sums(papers: list[Paper]) -> list[Fraction]:
    return [part(paper) for paper in papers]


@settings(max_examples=50, deadline=None)
@given(SHEETS, st.integers(0, 9))
def test_neither_order_nor_later_attempts_change_a_figure(
    sheets: list[Sheet], seed: int
) -> None:
    mixed = [each for each in sheets if each.number == 1]
    Random(seed).shuffle(mixed)  # noqa: S311  (no secret)
    told, again = analyse(sheets), analyse(mixed)
    assert again.quiz.histogram == told.quiz.histogram
    assert close(again.quiz.mean, told.quiz.mean)
    assert close(again.quiz.reliability.alpha, told.quiz.reliability.alpha)
    for one, other in zip(told.items, again.items, strict=True):
        assert one.choices == other.choices
        assert close(one.item_rest, other.item_rest)


@settings(max_examples=50, deadline=None)
@given(SHEETS)
def test_no_figure_is_ever_nan_or_out_of_bounds(sheets: list[Sheet]) -> None:
    found = analyse(sheets)
    for one in found.items:
        assert 0 <= one.facility <= 1 + 1e-12
        assert one.item_rest is None or -1 <= one.item_rest <= 1
    quiz, trust = found.quiz, found.quiz.reliability
    assert trust.alpha is None or trust.alpha <= 1 + 1e-12
    figures = (quiz.mean, quiz.deviation, quiz.median, trust.alpha, trust.error)
    assert all(value is None or math.isfinite(value) for value in figures)
