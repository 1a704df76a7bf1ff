"""Adding up: shares times marks; pure, exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP
from decimal import Decimal
from fractions import Fraction

CENT = Decimal("0.01")
"""Marks are shown to two places; whether one has passed is decided exactly."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question of a paper: its marks, and the share earned; None is not graded."""

    marks: Decimal
    share: Fraction | None
    is_void: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a paper is worth.

    Attributes:
        full: Marks that can be had; a void question gives none.
        earned: Marks that were, from 0 to ``full``; None while something is ungraded.
        passed: Whether that reaches the pass mark; None likewise.
    """

    full: Decimal
    earned: Decimal | None
    passed: bool | None


def summed(items: Iterable[Weighed], pass_percent: int) -> Score:
    """Add up a paper; one that is void altogether is passed."""
    counted = [item for item in items if not item.is_void]
    full = sum((item.marks for item in counted), Decimal(0))
    shares = [item.share for item in counted]
    if None in shares:
        return Score(full=full, earned=None, passed=None)
    earned = sum(
        (Fraction(item.marks) * (item.share or 0) for item in counted), Fraction(0)
    )
    passed = earned * 100 >= Fraction(full) * pass_percent
    return Score(full=full, earned=rounded(earned), passed=passed)


def rounded(marks: Fraction) -> Decimal:
    """Write marks to two places, half up, without zeros that say nothing."""
    exact = Decimal(marks.numerator) / Decimal(marks.denominator)
    plain = exact.quantize(CENT, ROUND_HALF_UP).normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral() else plain
