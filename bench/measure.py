"""What every measurement shares: percentiles, and a table with its limits."""

from __future__ import annotations

import math
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure with the most or the least it may be; with neither, to compare with."""

    name: str
    value: float
    most: float | None = None
    least: float | None = None


def percentile(values: Sequence[float], share: int) -> float:
    """Give the value below which a share (0..100) of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(len(ordered) * share / 100) - 1)]


def report(title: str, rows: Iterable[Limit]) -> None:
    """Print a table; a missed limit says so."""
    print(f"\n{title}")
    for row in rows:
        print(f"  {row.name:<28}{row.value:>10.2f}{_judged(row)}")


def _judged(row: Limit) -> str:
    if row.least is not None:
        return f"  下限 {row.least:g}  {_met(row.value >= row.least)}"
    if row.most is None:
        return ""
    share = f"，为其 {row.value / row.most:.2f} 倍" if row.most else ""
    return f"  上限 {row.most:g}{share}  {_met(row.value <= row.most)}"


def _met(met: bool) -> str:  # noqa: FBT001  (it is what is said)
    return "达到" if met else "未达到"
