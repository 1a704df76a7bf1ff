"""The figures of an analysis, worked out another way.

What is compared is compared exactly, with fractions; the rest is left to functions
that NumPy has for it.
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from trainer.quizzes.domain.analysis.sheets import Outcome
from trainer.quizzes.domain.analysis.sheets import Sheet

Paper = list[tuple[Outcome, Fraction]]


# The reference: exact where something is compared, NumPy's own functions for the rest.


def reference_papers(sheets: list[Sheet]) -> list[Paper]:
    papers = [
        [(o, Fraction(o.share)) for o in sheet.outcomes if o.share is not None]
        for sheet in sheets
        if sheet.number == 1
    ]
    return [paper for paper in papers if paper]


def part(paper: Paper) -> Fraction:
    """Give the share of the full mark of a paper, or of a part of one."""
    full = sum((Fraction(o.marks) for o, _ in paper), Fraction())
    return sum((share * Fraction(o.marks) for o, share in paper), Fraction()) / full


def reference_correlation(pairs: list[tuple[Fraction, Fraction]]) -> float | None:
    sides = list(zip(*pairs, strict=True))
    if len(pairs) < 3 or any(len(set(side)) == 1 for side in sides):
        return None
    return float(np.corrcoef(np.array(sides, dtype=float))[0, 1])


def reference_third(own: Fraction, results: list[Fraction]) -> int:
    below = sum(result < own for result in results)
    equal = sum(result == own for result in results)
    return int(3 * (below + Fraction(equal, 2)) / len(results))


def close(found: float | None, expected: float | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return math.isclose(found, expected, abs_tol=1e-9)
