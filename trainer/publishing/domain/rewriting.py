"""Rewriting keys of the front matter; every other line stays as it is.

A key with its value is a block of lines. Comments behind a block stay where they
are, and so does the comment at the end of a block of one line. Those inside a
longer block go with it: :func:`comments_lost` tells before they do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from trainer.core import document

Put = Mapping[str, Sequence[str]]
"""The new lines of keys; none takes the key away."""

COMMENT = re.compile(r"\s*#.*")


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one key.

    Attributes:
        line: The first of them in the text, from 1.
        lines: Themselves.
        after: Blank lines and comments up to the next key.
        comment: What stands at the end of a block of one line, blanks included.
        inside: Lines of the text, from 1, on which there are comments.
    """

    line: int
    lines: tuple[str, ...]
    after: tuple[str, ...]
    comment: str
    inside: tuple[int, ...]

    def becomes(self, lines: Sequence[str]) -> list[str]:
        """Give other lines the comment of the block, where there is room."""
        return [lines[0] + self.comment] if len(lines) == 1 else list(lines)


def rewritten(text: str, put: Put, order: Sequence[str] = ()) -> str:
    """Rewrite keys of the front matter.

    Args:
        text: A text whose front matter can be read.
        put: What to write.
        order: The usual order of keys: a new one stands behind the last one
            before it that is there, or at the end when it has no place in it.
    """
    lines, end = _lines(text)
    blocks = _blocks(lines, end)
    added = _placed(put, list(blocks), order)
    made = [*lines[: min(block.line for block in blocks.values()) - 1]]
    made += added.get("", ())
    for key, block in blocks.items():
        made += block.becomes(put[key]) if key in put else block.lines
        made += [*added.get(key, ()), *block.after]
    return "\n".join([*made, *lines[end:]])


def comments_lost(text: str, put: Put) -> list[int]:
    """Give the lines, from 1, whose comment would go with what is rewritten."""
    blocks = _blocks(*_lines(text))
    return [
        line
        for key, block in blocks.items()
        if key in put and not (block.comment and len(put[key]) == 1)
        for line in block.inside
    ]


def has_alias(text: str) -> bool:
    """Tell whether some value stands for another; taking such apart has no end."""
    lines, end = _lines(text)
    found = yaml.scan("\n".join(lines[1:end]), Loader=yaml.SafeLoader)
    return any(isinstance(token, yaml.AliasToken) for token in found)


def _lines(text: str) -> tuple[list[str], int]:
    """Give the lines of a text, and which of them, from 0, ends the front matter."""
    lines = text.replace("\r\n", "\n").split("\n")
    return lines, document.parse(text).body_line - 2


def _placed(
    put: Put, known: Sequence[str], order: Sequence[str]
) -> dict[str, list[str]]:
    """Give the lines of new keys by the key they follow; empty is the beginning."""
    places = {key: place for place, key in enumerate(order)}
    new = [key for key in put if key not in known]
    added: dict[str, list[str]] = {}
    for key in sorted(new, key=lambda key: places.get(key, len(order))):
        before = [k for k in order[: places.get(key, 0)] if k in known]
        follows = known[-1] if key not in places else before[-1] if before else ""
        added.setdefault(follows, []).extend(put[key])
    return added


def _blocks(lines: Sequence[str], end: int) -> dict[str, _Block]:
    """Take the front matter apart, in its order."""
    head = "".join(f"{line}\n" for line in lines[1:end])
    node = yaml.compose(head, Loader=yaml.SafeLoader)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    bare = _without_values(head, node).split("\n")
    starts = [key.start_mark.line for key, _ in pairs]
    stops = [*starts[1:], end - 1]
    return {
        str(key.value): _block(lines[1:end], bare, start, stop)
        for (key, _), start, stop in zip(pairs, starts, stops, strict=True)
    }


def _block(lines: Sequence[str], bare: Sequence[str], start: int, stop: int) -> _Block:
    """Cut a block out; lines count from 0 behind the first fence."""
    last = stop
    while last > start + 1 and COMMENT.sub("", bare[last - 1]).strip() == "":
        last -= 1
    inside = [at for at in range(start, last) if "#" in bare[at]]
    place = COMMENT.search(bare[start])
    return _Block(
        line=start + 2,
        lines=tuple(lines[start:last]),
        after=tuple(lines[last:stop]),
        comment=lines[start][place.start() :] if place and last == start + 1 else "",
        inside=tuple(at + 2 for at in inside),
    )


def _without_values(head: str, root: yaml.Node | None) -> str:
    """Cross out every word that is written, so that "#" begins a comment only."""
    left = list(head)
    for scalar in _scalars(root):
        start, stop = scalar.start_mark.index, scalar.end_mark.index
        if scalar.style in {"|", ">"}:
            start = head.index("\n", start)
        left[start:stop] = ("\n" if c == "\n" else "x" for c in left[start:stop])
    return "".join(left)


def _scalars(root: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Give every scalar once; an alias may lead in a circle."""
    left = [root]
    seen: set[int] = set()
    while left:
        node = left.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield node
        elif isinstance(node, yaml.MappingNode):
            left += [part for pair in node.value for part in pair]
        else:
            left += node.value
