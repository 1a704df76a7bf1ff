"""Options that stand together in one line or one cell: ``A.能 B.不能``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from trainer.core.wording import N_
from trainer.quizzes.domain.exchange.dialects import UnreadableError
from trainer.quizzes.domain.exchange.folding import folded

MARK = re.compile(
    r"\((?P<a>[A-P])\)[.、]?"
    r"|(?<![A-Za-z0-9])(?P<b>[A-P])\s?[.、:)]"
    r"|(?:^|(?<=\s\s)|(?<=\t))(?P<c>[A-P])\s+"
)
"""How an option begins: ``(A)``, ``A.``, ``A、``, ``A `` behind a wide gap."""

SIGNS = ("||", "|", ";", "\n")


@dataclass(frozen=True, slots=True)
class Lettered:
    """An option: its place from 0, and its words."""

    place: int
    words: str


def lettered(text: str, first: int = 0) -> tuple[str, list[Lettered]]:
    """Part a line into what stands before its options, and its options.

    Args:
        text: The line.
        first: Place of the option that is expected; letters count only in their order.
    """
    usual = folded(text)
    marks: list[tuple[int, int]] = []
    for found in MARK.finditer(usual):
        letter = found["a"] or found["b"] or found["c"]
        if ascii_uppercase.index(letter) == first + len(marks):
            marks.append(found.span())
    if not marks:
        return text, []
    ends = [begin for begin, _ in marks[1:]] + [len(text)]
    options = [
        Lettered(first + n, text[mark[1] : end].strip(" \t\u3000;；"))
        for n, (mark, end) in enumerate(zip(marks, ends, strict=True))
    ]
    return text[: marks[0][0]], options


def options_in_a_cell(words: str) -> tuple[str, ...]:
    """Give the options that one cell holds.

    Raises:
        UnreadableError: it cannot be told where one ends.
    """
    before, found = lettered(words.replace("\n", " "))
    if len(found) > 1 and not before.strip():
        return tuple(each.words for each in found)
    signs = [sign for sign in SIGNS if sign in folded(words)]
    if "||" in signs and "|" not in folded(words).replace("||", ""):
        signs.remove("|")
    if "\n" in signs:
        signs = ["\n"]
    if len(signs) != 1:
        raise UnreadableError(
            N_("看不出“选项”一格里有哪几项；请每项一行，或写成 A.… B.…")
        )
    return _cut(words, signs[0])


def _cut(words: str, sign: str) -> tuple[str, ...]:
    at = re.escape(sign)
    usual = folded(words)
    pieces: list[str] = []
    begin = 0
    for found in re.finditer(at, usual):
        pieces.append(words[begin : found.start()])
        begin = found.end()
    pieces.append(words[begin:])
    return tuple(piece.strip() for piece in pieces if piece.strip())


def without_end(options: Sequence[str]) -> tuple[str, ...]:
    """Give options without the empty ones after the last."""
    told = [*options]
    while told and not told[-1]:
        told.pop()
    return tuple(told)
