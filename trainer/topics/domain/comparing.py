"""Two texts side by side, by lines: what went, what came; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

CONTEXT = 2
"""Unchanged lines shown around a change."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one text; ``start`` to ``end`` is what changed in it.

    ``number`` counts from 1 in its own text.
    """

    number: int
    text: str
    start: int = 0
    end: int = 0

    @property
    def parts(self) -> tuple[str, str, str]:
        """The words before, in and after the change."""
        cut = self.text
        return cut[: self.start], cut[self.start : self.end], cut[self.end :]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a comparison: an old line, a new one, or both.

    Both and equal is context; both and different is a line that changed.
    """

    old: Line | None
    new: Line | None

    @property
    def is_change(self) -> bool:
        """Whether the row shows a change."""
        return not (self.old and self.new and self.old.text == self.new.text)


Hunk = tuple[Row, ...]
"""Rows that belong together, with their context."""


def compare(old: str, new: str) -> tuple[Hunk, ...]:
    """Give the changed places of two texts; empty when the lines are equal."""
    before, after = old.splitlines(), new.splitlines()
    matcher = SequenceMatcher(None, before, after)
    return tuple(
        tuple(row for code in group for row in _rows(code, before, after))
        for group in matcher.get_grouped_opcodes(CONTEXT)
    )


def _rows(
    code: tuple[str, int, int, int, int], before: list[str], after: list[str]
) -> Iterator[Row]:
    """Lay out one stretch; changed lines are paired in order."""
    _, i, k, j, m = code
    for step in range(max(k - i, m - j)):
        old = Line(i + step + 1, before[i + step]) if i + step < k else None
        new = Line(j + step + 1, after[j + step]) if j + step < m else None
        yield _marked(old, new) if old and new else _whole(old, new)


def _whole(old: Line | None, new: Line | None) -> Row:
    """Mark a line that has no partner from end to end."""
    marked = [
        line and Line(line.number, line.text, 0, len(line.text)) for line in (old, new)
    ]
    return Row(*marked)


def _marked(old: Line, new: Line) -> Row:
    """Mark in two lines what lies between their equal ends."""
    a, b = old.text, new.text
    if a == b:
        return Row(old, new)
    most = min(len(a), len(b))
    start = next((n for n in range(most) if a[n] != b[n]), most)
    room = most - start
    tail = next((n for n in range(room) if a[-1 - n] != b[-1 - n]), room)
    return Row(
        Line(old.number, a, start, len(a) - tail),
        Line(new.number, b, start, len(b) - tail),
    )
