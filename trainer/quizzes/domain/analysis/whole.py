"""What the answers say about a quiz as a whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from trainer.core.wording import N_
from trainer.quizzes.domain.analysis import measures
from trainer.quizzes.domain.analysis.items import FIRM
from trainer.quizzes.domain.analysis.sheets import Graded

BINS = 10
"""Bars of the histogram, each ten percent of the full mark wide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """How far a result can be trusted.

    Attributes:
        n: People whose papers it rests on; 0 where it is not defined.
        alpha: Coefficient alpha, at most 1; None where it is not defined.
        error: Standard error of measurement, percentage points; None likewise.
        why: Why it is not defined, a sentence; empty where it is.
    """

    n: int = 0
    alpha: float | None = None
    error: float | None = None
    why: str = ""

    @property
    def is_firm(self) -> bool:
        """Whether it rests on enough people."""
        return self.n >= FIRM


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizStatistics:
    """What is known of a quiz, from the first attempts.

    Attributes:
        n: People.
        mean: Mean result, percent of the full mark; None without people.
        deviation: Standard deviation, percentage points; None of fewer than two.
        median: Result in the middle, percent; None without people.
        pass_rate: Share of people who passed, 0 to 1; None without people.
        reliability: How far a result can be trusted.
        histogram: People by result: 0 to below 10 %, ... 90 to 100 %.
    """

    n: int
    mean: float | None
    deviation: float | None
    median: float | None
    pass_rate: float | None
    reliability: Reliability
    histogram: tuple[int, ...]

    @property
    def is_firm(self) -> bool:
        """Whether enough people took it to judge it."""
        return self.n >= FIRM


_TOO_FEW = N_("答卷不到两份，还算不出信度")
_DIFFERENT = N_("各人的题不一样，信度只能用同一份卷子来算")
_ONE_QUESTION = N_("卷子只有一道题，算不出信度")
_ALL_EQUAL = N_("大家的得分都一样，算不出信度")


def quiz_statistics(answers: Graded, pass_percent: int) -> QuizStatistics:
    """Give what is known of a quiz.

    Args:
        answers: What is graded of the first attempts.
        pass_percent: Pass mark, percent of the full mark.
    """
    results = answers.percent
    some = len(results) > 0
    return QuizStatistics(
        n=len(results),
        mean=float(results.mean()) if some else None,
        deviation=measures.deviation(results),
        median=float(np.median(results)) if some else None,
        pass_rate=float((results >= pass_percent).mean()) if some else None,
        reliability=reliability(answers),
        histogram=tuple(np.histogram(results, BINS, (0, 100))[0].tolist()),
    )


def reliability(answers: Graded) -> Reliability:
    """Give coefficient alpha and the standard error of those who had the same paper.

    Alpha compares how people do on the same questions. When more than half of the
    papers have the same items, it is theirs, and the others (an item mended
    meanwhile, an answer still to be graded) are left out. Else, as when each paper
    is drawn, it is not defined, and nothing is put in its place.
    """
    starts = np.flatnonzero(np.diff(answers.paper)) + 1
    papers = [frozenset(own.tolist()) for own in np.split(answers.item, starts)]
    items, n = Counter(papers).most_common(1)[0]
    if len(answers.got) < 2:  # noqa: PLR2004  (nothing to compare)
        return Reliability(why=_TOO_FEW)
    if 2 * n <= len(papers):
        return Reliability(why=_DIFFERENT)
    same = np.array([paper == items for paper in papers])
    # Lines by paper, and in each paper by item: a row for each person.
    lines = np.lexsort((answers.item, answers.paper))
    lines = lines[same[answers.paper[lines]]]
    scores = (answers.share * answers.marks)[lines].reshape(n, len(items))
    alpha = measures.alpha(scores)
    if alpha is None:
        return Reliability(why=_ONE_QUESTION if len(items) == 1 else _ALL_EQUAL)
    spread = measures.deviation(answers.percent[same]) or 0.0
    return Reliability(n=n, alpha=alpha, error=measures.standard_error(spread, alpha))
