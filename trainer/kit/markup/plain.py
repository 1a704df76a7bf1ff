"""The words of a Markdown text without its marks: for indexing, snippets, copying.

Pure, and in linear time, so it needs no child process. It follows what
:mod:`.convert` shows: a mark that stays on the page as it was typed stays here
too. Where it differs: indented code may lose marks, and runs of asterisks that do
not pair may keep others than the page does. No word is ever lost.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise

# No alternative below may run past a place where the next match could begin:
# that keeps the whole linear on hostile input.
_INLINE = re.compile(
    r"""
      \\(?P<escaped>[\\`*_{}\[\]()>\#+\-.!|])
    | (?P<ticks>(?<!`)`{1,2}+(?!`))(?P<code>.+?)(?<!`)(?P=ticks)(?!`)
    | (?<!!)\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)\]
      \(\s*(?:<[^<>]*>|(?:[^()\[\]\s]|\([^()\[\]\s]*\))*)
      (?:\s+(?:"[^"]*"|'[^']*'))?\s*\)
    | <(?:mailto:)?(?P<address>https?://[^<>\s]*|[^<>\s@:]+@[^<>\s@]+)>
    | (?P<mark>\*{3}(?!\*)|\*{1,2}|_{3}(?!_)|_{1,2})
    | (?P<entity>&(?:\#\d{1,7}|\#x[0-9a-fA-F]{1,6}|[a-zA-Z0-9]{1,31});)
    """,
    re.VERBOSE,
)
_QUOTE = re.compile(r"^[ ]*(?:>[ ]?)+")
_BULLET = re.compile(r"^[*+-][ \t]+")
_NUMBER = re.compile(r"^\d{1,9}\.[ \t]")
_LATIN = "\u200f"
"""Last character before the punctuation and the letters of Chinese texts."""
_CELL_END = re.compile(r"(?<!\\)\|")


def plain(text: str) -> str:
    """Drop the marks of a section's Markdown and keep its words.

    Returns:
        One line for each paragraph, list item and table row (cells are parted by a
        blank), without empty lines. A numbered list keeps its numbers, a link its
        words.
    """
    return "\n".join(_inline(block) for block in _blocks(text) if block)


def _blocks(text: str) -> Iterator[str]:
    """Give paragraphs, items and rows, one line each, their inner marks still on."""
    lines = [_QUOTE.sub("", line).strip() for line in _lines(text)]
    block: list[str] = []
    in_table = False
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        in_table = bool(line) and (in_table or _is_divider(following))
        ends = not line or _is_rule(line) or (in_table and _is_divider(line))
        if ends or in_table or _BULLET.match(line) or _NUMBER.match(line):
            yield _joined(block)
            block = []
        if not ends:
            block.append(_row(line) if in_table else _BULLET.sub("", line))
    yield _joined(block)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _is_rule(line: str) -> bool:
    marks = line.replace(" ", "")
    return len(marks) > 2 and marks[0] in "-*_" and not marks.strip(marks[0])  # noqa: PLR2004  (three marks make a rule)


def _is_divider(line: str) -> bool:
    """Whether a line parts the head of a table from its rows."""
    return "|" in line and "-" in line and not line.strip("|:- ")


def _row(line: str) -> str:
    cells = (cell.strip() for cell in _CELL_END.split(line))
    return " ".join(cell for cell in cells if cell)


def _joined(lines: list[str]) -> str:
    """Join wrapped lines: a blank parts Latin words, but not Chinese ones."""
    joined = lines[:1]
    for before, line in pairwise(lines):
        chinese = before[-1:] > _LATIN and line[:1] > _LATIN
        joined += [line] if chinese else [" ", line]
    return "".join(joined)


def _inline(text: str) -> str:
    """Drop the marks inside a block."""
    out: list[str] = []
    opened: dict[str, int] = {}
    end = 0
    for found in _INLINE.finditer(text):
        out.append(text[end : found.start()])
        end = found.end()
        if found["mark"]:
            _emphasise(found, out, opened)
        else:
            out.append(_words(found))
    out.append(text[end:])
    return "".join(out)


def _words(found: re.Match[str]) -> str:
    """Give what is left of a mark that stands alone."""
    if found["words"] is not None:
        return _inline(found["words"])
    if found["entity"]:
        return html.unescape(found["entity"]).replace("\xa0", " ")
    return found["escaped"] or found["address"] or found["code"].strip()


def _emphasise(found: re.Match[str], out: list[str], opened: dict[str, int]) -> None:
    """Add a mark of emphasis; where it closes one, drop both.

    Args:
        found: The mark.
        out: The pieces so far.
        opened: For each mark the place in ``out`` where it was last opened.
    """
    mark = found["mark"]
    before = found.string[max(found.start() - 1, 0) : found.start()]
    after = found.string[found.end() : found.end() + 1]
    if not (before + after).strip():  # alone between blanks: a times sign
        out.append(mark)
        return
    place = opened.get(mark)
    if place is not None and not (mark[0] == "_" and _is_word(after)):
        out[place] = ""
        for later in [name for name, at in opened.items() if at >= place]:
            del opened[later]
        return
    if not (mark[0] == "_" and _is_word(before)):
        opened[mark] = len(out)
    out.append(mark)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
