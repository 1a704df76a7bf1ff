"""Changing one entry of a text that is a list; every other line stays as it is.

A text is taken apart (:func:`placed`), its entries are changed, taken out, put in or
moved, and it is put together again (:func:`joined`). An entry that is replaced has no
lines any more: they are written anew; what stood behind it, comments and blanks, stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

import yaml

from trainer.core import document
from trainer.publishing.domain.entries import Entry
from trainer.publishing.domain.entries import entries
from trainer.publishing.domain.entries import text_of
from trainer.publishing.domain.typed import PLACEHOLDER
from trainer.topics.domain.outline_text import Style


@dataclass(slots=True)
class Placed:
    """An entry in its text, with its lines as long as they hold; empty is gone."""

    entry: Entry
    lines: Sequence[str] | None = None
    after: Sequence[str] = field(default_factory=tuple)

    def becomes(self, entry: Entry) -> None:
        """Put another entry in its place, or nothing."""
        self.entry, self.lines = entry, None

    def written(self, style: Style) -> str:
        """Give it as it stands in the text."""
        own = self.lines
        if own is None:
            own = [text_of([self.entry], style)] if self.entry else []
        return "".join((*own, *self.after))


def empty_body(words: str) -> str:
    """Give the body of a text without entries; as it is, it is not submitted."""
    return f"[]  # {PLACEHOLDER}：{words}】\n"


def placed(text: str) -> list[Placed]:
    """Take a text apart; lines are kept where each entry has its own."""
    body = document.parse(text).body
    found = entries(text)
    blocks = list(_blocks(body))
    if len(blocks) != len(found):
        return [Placed(entry) for entry in found]
    return [
        Placed(entry, lines, after)
        for entry, (lines, after) in zip(found, blocks, strict=True)
    ]


def joined(text: str, left: Sequence[Placed], style: Style, empty: str) -> str:
    """Write a text; all of it anew where keeping lines would say something else.

    Args:
        text: The text before.
        left: Its entries now.
        style: How new lines are laid out.
        empty: The body of a text without entries.
    """
    lines = text.splitlines(keepends=True)
    start = document.parse(text).body_line - 1
    head, comments = lines[:start], []
    for line in lines[start:]:
        if line.strip() and not line.startswith("#"):
            break
        comments.append(line)
    kept = "".join((*head, *comments, *(each.written(style) for each in left)))
    wanted = [each.entry for each in left if each.entry]
    if wanted and entries(kept) == wanted:
        return kept
    return "".join(head) + (text_of(wanted, style) if wanted else empty)


def _blocks(body: str) -> Iterator[tuple[list[str], list[str]]]:
    """Give the lines of each entry, and the comments and blanks behind it."""
    node = yaml.compose(body, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        return
    lines = body.splitlines(keepends=True)
    starts = [at for at, line in enumerate(lines) if line.startswith("- ")]
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        last = stop
        while last > start + 1 and (
            not lines[last - 1].strip() or lines[last - 1].startswith("#")
        ):
            last -= 1
        yield lines[start:last], lines[last:stop]
