"""Numbers as bars of a drawing; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FULL = 100
"""Height of the highest bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: from where to where it reaches in percent, how many, how high."""

    low: int
    high: int
    count: int
    height: int


def bars(counts: Sequence[int]) -> tuple[Bar, ...]:
    """Give the bars of a histogram of results in percent, the highest ``FULL`` high.

    A bar with somebody in it is never invisible.

    Args:
        counts: People by equal spans of 0 to 100 percent, at least one span.
    """
    most, wide = max(1, *counts), 100 // len(counts)
    return tuple(
        Bar(
            low=place * wide,
            high=(place + 1) * wide,
            count=count,
            height=max(1, FULL * count // most) if count else 0,
        )
        for place, count in enumerate(counts)
    )
