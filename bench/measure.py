"""What every measurement shares: percentiles, and a table with its limits."""

from __future__ import annotations

import math
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure with the most it may be; None is a figure to compare with."""

    name: str
    value: float
    most: float | None = None


def percentile(values: Sequence[float], share: int) -> float:
    """Give the value below which a share (0..100) of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(len(ordered) * share / 100) - 1)]


def report(title: str, rows: Iterable[Limit]) -> None:
    """Print a table; a missed limit says so."""
    print(f"\n{title}")
    for row in rows:
        judged = ""
        if row.most is not None:
            met = "达到" if row.value <= row.most else "未达到"
            judged = f"  上限 {row.most:g}，为其 {row.value / row.most:.2f} 倍  {met}"
        print(f"  {row.name:<28}{row.value:>10.2f}{judged}")
