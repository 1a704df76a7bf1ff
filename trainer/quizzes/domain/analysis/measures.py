"""The formulas; each gives None where it is not defined, never NaN."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

FEWEST_PAIRS = 3
"""Two points always lie on a line: their correlation says nothing."""

LEAST_SPREAD = 1e-9
"""What differs by less is the same; sums of floats differ in the last digits."""


def correlation(one: Values, other: Values) -> float | None:
    """Give the product-moment correlation, -1 to 1.

    None of fewer than three pairs, and where one side is the same throughout.

    Source: Pearson (1896), Philosophical Transactions A 187, 253-318.
    """
    if len(one) < FEWEST_PAIRS or np.ptp(one) < LEAST_SPREAD:
        return None
    if np.ptp(other) < LEAST_SPREAD:
        return None
    own, others = one - one.mean(), other - other.mean()
    found = float(own @ others) / math.sqrt(float(own @ own) * float(others @ others))
    return max(-1.0, min(1.0, found))


def alpha(scores: Values) -> float | None:
    """Give coefficient alpha, at most 1; below 0 when the questions disagree.

    ``k / (k - 1) * (1 - sum of the variances of the questions / variance of the
    sums)``, k questions. None of fewer than two people or questions, and where all
    people have the same sum.

    Args:
        scores: Marks by person (rows) and question (columns).

    Source: Cronbach (1951), Psychometrika 16, 297-334.
    """
    people, questions = scores.shape
    sums = scores.sum(axis=1)
    if min(people, questions) < 2 or np.ptp(sums) < LEAST_SPREAD:  # noqa: PLR2004  (nothing to compare)
        return None
    own, whole = float(scores.var(axis=0, ddof=1).sum()), float(sums.var(ddof=1))
    return float(questions / (questions - 1) * (1 - own / whole))


def standard_error(deviation: float, reliability: float) -> float:
    """Give the standard error of measurement, in the unit of the deviation.

    ``deviation * sqrt(1 - reliability)``: two of three results lie no further from
    what the person would get on average of many such papers.

    Args:
        deviation: Standard deviation of the results, at least 0.
        reliability: An estimate, at most 1, such as alpha.

    Source: Lord and Novick (1968), Statistical Theories of Mental Test Scores.
    """
    return deviation * math.sqrt(max(0.0, 1 - reliability))


def deviation(values: Values) -> float | None:
    """Give the standard deviation (n - 1 below the line); None of fewer than two."""
    return float(values.std(ddof=1)) if len(values) > 1 else None


def thirds(values: Values) -> list[int]:
    """Give the third each value is in: 0 lower, 1 middle, 2 upper.

    Equals stay together, by the middle of their ranks; so thirds need not be equal,
    and where all are equal, all are in the middle.

    Source: groups at the ends tell what attracts whom: Kelley (1939), Journal of
    Educational Psychology 30, 17-24. He takes 27 % of large groups; thirds leave
    enough people at each end of small ones.
    """
    ordered = np.sort(values)
    ranks = np.searchsorted(ordered, values) + np.searchsorted(ordered, values, "right")
    found: list[int] = (3 * ranks // (2 * max(1, len(values)))).tolist()
    return found
