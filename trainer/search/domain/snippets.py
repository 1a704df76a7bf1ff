"""Showing why something was found: the best window of a text, with marked runs."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.search.domain.lexicon import CHINESE

WINDOW = 90
"""Characters of a passage."""

LEAD = 12
"""Characters shown before the first marked one."""

LEAST = 2
"""Characters of a needle; a single one would mark half of the page."""

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text; ``marked`` when it is what was asked for."""

    text: str
    marked: bool = False


Pieces = tuple[Piece, ...]


def needles(words: Iterable[str]) -> tuple[str, ...]:
    """Give what to mark: of Chinese all pairs of characters, other words whole.

    Args:
        words: Normalised words: the question and what it was expanded to.
    """
    found: dict[str, None] = {}
    for word in words:
        for run in CHINESE.findall(word):
            found.update(dict.fromkeys(run[i : i + 2] for i in range(len(run) - 1)))
        found.update(dict.fromkeys(CHINESE.sub(" ", word).split()))
    return tuple(needle for needle in found if len(needle) >= LEAST)


def highlight(text: str, wanted: Sequence[str]) -> Pieces:
    """Mark every occurrence of the needles in a text."""
    return _pieces(text, _marked(text, wanted))


def window(text: str, wanted: Sequence[str], size: int = WINDOW) -> Pieces:
    """Give the part of a text that holds most marked characters.

    Args:
        text: Plain text.
        wanted: Needles, see :func:`needles`.
        size: Characters at most, at least 1; what was cut off is shown as …
    """
    text = " ".join(text.split())
    marked = _marked(text, wanted)
    if len(text) <= size:
        return _pieces(text, marked)
    start = _best_start(marked, size)
    cut = _pieces(text[start : start + size], marked[start : start + size])
    before = (Piece(ELLIPSIS),) if start else ()
    after = (Piece(ELLIPSIS),) if start + size < len(text) else ()
    return (*before, *cut, *after)


def plain(pieces: Pieces) -> str:
    """Give the text of pieces."""
    return "".join(piece.text for piece in pieces)


def _marked(text: str, wanted: Sequence[str]) -> bytearray:
    """Give 1 for each character of the text that belongs to a needle."""
    marked = bytearray(len(text))
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow; then only as written
        lower = text
    for needle in wanted:
        place = lower.find(needle)
        while place >= 0:
            marked[place : place + len(needle)] = b"\1" * len(needle)
            place = lower.find(needle, place + 1)
    return marked


def _best_start(marked: bytearray, size: int) -> int:
    """Choose where the window begins: most marks, then a little before the first."""
    held = best = sum(marked[:size])
    start = 0
    for place in range(1, len(marked) - size + 1):
        held += marked[place + size - 1] - marked[place - 1]
        if held > best:
            best, start = held, place
    first = marked.find(1, start)
    return max(0, min(first - LEAD, len(marked) - size)) if best else 0


def _pieces(text: str, marked: bytearray) -> Pieces:
    """Cut a text where marked and unmarked characters meet."""
    found = []
    start = 0
    while start < len(text):
        now = marked[start]
        end = marked.find(1 - now, start)
        end = len(text) if end < 0 else end
        found.append(Piece(text[start:end], bool(now)))
        start = end
    return tuple(found)
