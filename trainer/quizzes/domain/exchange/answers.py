"""Answers as Chinese question banks write them: ``A、B、D``, ``1,3``, ``√``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from string import ascii_uppercase

from trainer.core.wording import N_
from trainer.quizzes.domain.exchange.dialects import UnreadableError
from trainer.quizzes.domain.exchange.folding import folded
from trainer.quizzes.domain.exchange.folding import narrow
from trainer.topics.domain.outline_text import Written

RIGHT = frozenset(
    "正确 对 √ ✓ ✔ ☑ 是 t true y yes 1 r 对的 正确的".split()  # noqa: SIM905  (reads better)
)
WRONG = frozenset(
    "错误 错 × ✗ ✘ ☒ x 否 f false n no 0 w 不对 不正确 错的 错误的".split()  # noqa: SIM905  (likewise)
)

BETWEEN = re.compile(r"[\s,，、;；|｜/+和及与.。]+")
LETTERS = re.compile(r"[A-Z]+")
POINT = re.compile(
    r"(?P<text>.+)[(（]\s*(?P<marks>\d+(?:\.\d+)?)\s*分?\s*[)）]", re.DOTALL
)
PAIR = re.compile(r"([A-Z])\s*(?:[-—–:=>→]|->|=>)?\s*(\d{1,2})")
NUMBER = re.compile(
    r"(?P<number>[+-]?[\d,]*\d(?:\.\d+)?)\s*"
    r"(?:±\s*(?P<by>\d+(?:\.\d+)?%?))?\s*(?P<unit>\D{0,8})"
)
BLANK = re.compile(r"_{2,}|[(（][\s\u3000_]+[)）]|【[\s\u3000]+】")
PLACE = re.compile(r"\{\{\d+\}\}")
IN_BRACKETS = re.compile(r"\(\s*(?P<answer>[A-P]{1,8}|[√×✓✗✔✘]|对|错|正确|错误)\s*\)")
GAP = "（　）"
"""Stands in a stem where the answer stood."""

DIGITS = 9
"""Options that one digit can name."""


def ticked(words: str, options: Sequence[str]) -> set[int]:
    """Give which options are right, from 0.

    Raises:
        UnreadableError: it names none, an option that is not there, or in one way of
            reading it another option than in the other.
    """
    told = narrow(words).upper()
    parts = [part for part in BETWEEN.split(told) if part]
    text = {options.index(words.strip())} if words.strip() in options else set()
    if parts and all(LETTERS.fullmatch(part) for part in parts):
        places = {ascii_uppercase.index(letter) for part in parts for letter in part}
    elif parts and all(part.isascii() and part.isdecimal() for part in parts):
        places = {int(digits) - 1 for digits in _digits(parts, len(options))}
        if text and text != places and places <= {*range(len(options))}:
            raise UnreadableError(
                N_("答案“{words}”看不出是第几项还是选项的内容；请写字母", words=words)
            )
        places = text or places
    elif text:
        return text
    else:
        raise UnreadableError(
            N_("看不懂答案“{words}”；请写选项字母，例如 ABD", words=words[:40])
        )
    if not places <= {*range(len(options))}:
        raise UnreadableError(
            N_(
                "答案“{words}”里有题目没有的选项；这题有 {n} 个选项",
                words=words[:40],
                n=len(options),
            )
        )
    return places


def _digits(parts: Sequence[str], options: int) -> Sequence[str]:
    """Part digits that stand together, ``13`` for options 1 and 3."""
    if len(parts) == 1 and len(parts[0]) > 1 and options <= DIGITS:
        return parts[0]
    if len(parts) == 1 and len(parts[0]) > 1:
        raise UnreadableError(
            N_("答案“{words}”看不出是几个选项；请写字母，例如 AC", words=parts[0][:40])
        )
    return parts


def decided(words: str) -> bool:
    """Tell whether a statement is right.

    Raises:
        UnreadableError: it says neither.
    """
    told = narrow(words).casefold().rstrip("。.")
    if told in RIGHT:
        return True
    if told in WRONG:
        return False
    raise UnreadableError(
        N_("看不懂判断题的答案“{words}”；请写 对 或 错", words=words[:40])
    )


def number(words: str) -> dict[str, Written]:
    """Give the number, and the tolerance and unit that stand behind it.

    Raises:
        UnreadableError: it is no number.
    """
    told = narrow(words)
    found = NUMBER.fullmatch(told)
    if found is None:
        raise UnreadableError(
            N_("答案“{words}”不是一个数；请写成 1234.56 这样", words=words[:40])
        )
    given = {
        "answer": found["number"].replace(",", ""),
        "tolerance": found["by"] or "",
        "unit": found["unit"].strip(),
    }
    return {key: value for key, value in given.items() if value}


def points(words: str, marks: str) -> list[Written]:
    """Give the key points, a line each, with their marks: ``先核身份（2分）``.

    Args:
        words: The answer.
        marks: Full mark, for an answer that is a single point.

    Raises:
        UnreadableError: a line of several has no marks.
    """
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    found = [POINT.fullmatch(line) for line in lines]
    if len(lines) == 1 and found[0] is None:
        return [{"text": lines[0], "marks": marks or "1"}]
    if None in found or not lines:
        raise UnreadableError(
            N_("简答题的答案要分得分点：每行一点，句末写分值，例如 先核身份（2分）")
        )
    return [
        {"text": each["text"].strip(), "marks": each["marks"]} for each in found if each
    ]


def points_written(items: Sequence[tuple[str, Decimal]]) -> str:
    """Write key points as :func:`points` reads them."""
    return "\n".join(f"{text}（{marks:f}分）" for text, marks in items)


def order(words: str, items: int) -> list[int]:
    """Give the places of items in their right order, from 0.

    Raises:
        UnreadableError: not every item is there once.
    """
    told = narrow(words).upper()
    parts = [part for part in re.split(r"[\s,、;|/>→—–-]+", told) if part]
    if parts and all(LETTERS.fullmatch(part) for part in parts):
        places = [ascii_uppercase.index(letter) for letter in "".join(parts)]
    elif all(part.isascii() and part.isdecimal() for part in parts):
        digits = parts[0] if len(parts) == 1 else parts
        places = [int(digit) - 1 for digit in digits]
    else:
        places = []
    if sorted(places) != list(range(items)):
        raise UnreadableError(
            N_(
                "看不懂排序题的答案“{words}”；请把 {n} 个选项的字母各写一次，例如 BACD",
                words=words[:40],
                n=items,
            )
        )
    return places


def partners(words: str, lefts: int, rights: int) -> list[int]:
    """Give the partner of each thing, from 0: ``A-2、B-1``.

    Raises:
        UnreadableError: a thing has none, or one that is not there.
    """
    told = narrow(words).upper()
    found = {
        ascii_uppercase.index(left): int(right) - 1
        for left, right in PAIR.findall(told)
    }
    rest = re.sub(r"[\s,、;|。.]+", "", PAIR.sub("", told))
    known = set(found.values()) <= set(range(rights))
    if rest or sorted(found) != list(range(lefts)) or not known:
        raise UnreadableError(
            N_(
                "看不懂匹配题的答案“{words}”；请写成 A-2、B-1，{n} 项各写一次",
                words=words[:40],
                n=lefts,
            )
        )
    return [found[left] for left in range(lefts)]


def blanked(stem: str) -> tuple[str, int]:
    """Give a stem with ``{{1}}``, ``{{2}}`` for its blanks, and how many there are."""
    if places := PLACE.findall(stem):
        return stem, len(places)
    pieces = BLANK.split(stem)
    told = pieces[0]
    for n, piece in enumerate(pieces[1:], 1):
        told += f"{{{{{n}}}}}{piece}"
    return told, len(pieces) - 1


def with_answer_taken_out(stem: str) -> tuple[str, str]:
    """Part a stem from the answer that stands in its brackets: ``下列……（ AB ）``."""
    found = [*IN_BRACKETS.finditer(folded(stem))]
    if len(found) != 1:
        return stem, ""
    (at,) = found
    return f"{stem[: at.start()]}{GAP}{stem[at.end() :]}".strip(), at["answer"]
