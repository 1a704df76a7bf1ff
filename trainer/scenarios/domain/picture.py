"""Where the nodes of a graph stand on a drawing; pure.

Rows follow the steps from the start; within a row a node stands below those
that lead to it. Lengths are in units of the drawing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass

from trainer.scenarios.domain.manuscripts import short
from trainer.scenarios.domain.scenario import Rating
from trainer.scenarios.domain.scenario import Scenario

WIDE, HIGH = 172, 56
"""Size of a box."""
GAP, RISE = 24, 64
"""Between boxes of a row, between rows."""
MARGIN = 12
SIDE = 60
"""Room at the right for the ways that lead back."""
WIDEST = 5
"""Boxes of a row."""
LETTERS = 12
"""Characters of what is said that fit into a box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A node or an ending; ``x`` and ``y`` are its upper left corner."""

    id: str
    words: str
    kind: str
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A choice; ``path`` is the data of an SVG path."""

    start: str
    choice: str
    to: str
    rating: Rating
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing of a graph."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def picture(scenario: Scenario) -> Picture:
    """Lay out a scenario, a whole one or one that is being written."""
    rows = _rows(scenario)
    widest = max(map(len, rows))
    width = widest * (WIDE + GAP) - GAP + 2 * MARGIN + SIDE
    boxes = {
        key: Box(
            id=key,
            words=_words(scenario, key),
            kind=_kind(scenario, key),
            x=MARGIN + place * (WIDE + GAP),
            y=MARGIN + level * (HIGH + RISE),
        )
        for level, row in enumerate(rows)
        for place, key in enumerate(row)
    }
    return Picture(
        width=width,
        height=len(rows) * (HIGH + RISE) - RISE + 2 * MARGIN,
        boxes=tuple(boxes.values()),
        arrows=tuple(_arrows(scenario, boxes, width)),
    )


def _rows(scenario: Scenario) -> list[list[str]]:
    """Give the ids of each row: as far down as the longest way that leads there.

    What is not reached comes after the rest, endings last; a long row is broken.
    """
    ways = {node.id: [choice.to for choice in node.choices] for node in scenario.nodes}
    first = scenario.start if scenario.start in ways else next(iter(ways))
    levels = _levels(first, ways)
    lost = [key for key in ways if key not in levels]
    rows: list[list[str]] = [[] for _ in range(max(levels.values()) + 1)]
    for key, level in levels.items():
        rows[level].append(key)
    ends = [ending.id for ending in scenario.endings]
    return [
        row[at : at + WIDEST]
        for row in _sorted([*rows, lost, ends], ways)
        for at in range(0, len(row), WIDEST)
    ]


def _levels(first: str, ways: Mapping[str, list[str]]) -> dict[str, int]:
    """Give how many steps the longest way to each place has that never turns back."""
    order: list[str] = []
    onward: dict[str, list[str]] = {}
    walking: set[str] = set()

    def walk(key: str) -> None:
        walking.add(key)
        onward[key] = [to for to in ways[key] if to in ways and to not in walking]
        for to in onward[key]:
            if to not in onward:
                walk(to)
        walking.remove(key)
        order.append(key)

    walk(first)
    levels = {first: 0}
    for key in reversed(order):
        for to in onward[key]:
            levels[to] = max(levels.get(to, 0), levels[key] + 1)
    return levels


def _sorted(rows: list[list[str]], ways: Mapping[str, list[str]]) -> list[list[str]]:
    """Order each row by where those stand that lead to it."""
    above: dict[str, float] = {}
    done = []
    for row in rows:
        from_above = defaultdict(list)
        for key, tos in ways.items():
            if key in above:
                for to in tos:
                    from_above[to].append(above[key])
        row.sort(key=lambda key: _mean(from_above[key]))
        above |= {key: (place + 0.5) / len(row) for place, key in enumerate(row)}
        done.append(row)
    return done


def _mean(places: Iterable[float]) -> float:
    known = list(places)
    return sum(known) / len(known) if known else 1.0


def _words(scenario: Scenario, key: str) -> str:
    place = scenario.node(key) or scenario.ending(key)
    said = short(place.says) if place else ""
    return said if len(said) <= LETTERS else f"{said[: LETTERS - 1]}…"


def _kind(scenario: Scenario, key: str) -> str:
    ending = scenario.ending(key)
    return ending.outcome.value if ending else "node"


def _arrows(
    scenario: Scenario, boxes: Mapping[str, Box], width: int
) -> Iterable[Arrow]:
    for node in scenario.nodes:
        known = [choice for choice in node.choices if choice.to in boxes]
        for place, choice in enumerate(known, start=1):
            start, stop = boxes[node.id], boxes[choice.to]
            x = start.x + WIDE * place // (len(known) + 1)
            side = width - MARGIN - SIDE * place // (len(known) + 2)
            yield Arrow(
                start=node.id,
                choice=choice.id,
                to=choice.to,
                rating=choice.rating,
                path=_path(x, start, stop, side),
            )


def _path(x: int, start: Box, stop: Box, side: int) -> str:
    """Draw a way down as a curve, and one back or within a row around the right."""
    bottom, top, middle = start.y + HIGH, stop.y, stop.x + WIDE // 2
    if stop.y > start.y:
        half = (top - bottom) // 2
        return (
            f"M{x} {bottom} C{x} {bottom + half} {middle} {top - half} {middle} {top}"
        )
    end, y, low = stop.x + WIDE, stop.y + HIGH // 2, bottom + RISE // 2
    down = f"M{x} {bottom} C{x} {low} {side} {low} {side} {bottom}"
    return f"{down} S{side} {y} {end} {y}"
