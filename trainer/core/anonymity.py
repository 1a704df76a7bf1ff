"""Numbers that may be a citizen's, found in what somebody wrote.

A case that is told to colleagues names nobody. Names no program can tell from other
words; numbers it can: identity (15 or 18 digits, the last perhaps an X), bank card
(16 to 19), mobile (11) and other telephones.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from trainer.core.errors import TrainerError
from trainer.core.wording import N_

LEAST_DIGITS = 11
"""Digits from which on a number may be a person's: mobile 11, identity 15 or 18, bank
card 16 to 19. Nothing one looks for has as many: a 文号 with its year has 8."""

NUMBER = re.compile(
    rf"(?<!\d)\d(?:[\s\-‐-―－_·]{{0,2}}\d){{{LEAST_DIGITS - 1},}}[\s\-]?[xXｘＸ]?"
)
"""A run of digits of any width, with up to two blanks or dashes between any of them."""

AREA = re.compile(r"(?<!\d)0\d{2,3}[\s\-‐-―－]?\d{7,8}(?!\d)")
"""A telephone number with its area code."""

_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}(?!\d)")
_MOBILE = re.compile(r"(?:86)?1[3-9]\d{9}")
_BORN = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(
    rf"[1-9]\d{{5}}(?:(?:18|19|20)\d\d{_BORN}\d{{3}}[\dX]|\d\d{_BORN}\d{{3}})"
)
_CARD = re.compile(r"\d{16,19}")
_SHOWN = 3


class NumberKind(StrEnum):
    """What a number looks like."""

    IDENTITY = "identity"
    PHONE = "phone"
    CARD = "card"
    OTHER = "other"


NUMBER_NAMES = {
    NumberKind.IDENTITY: N_("身份证号"),
    NumberKind.PHONE: N_("电话号码"),
    NumberKind.CARD: N_("银行卡号"),
    NumberKind.OTHER: N_("个人的号码"),
}


@dataclass(frozen=True, slots=True)
class Spotted:
    """A number that may be somebody's.

    Attributes:
        kind: What it looks like.
        line: Line it stands in, from 1.
        column: Its first character there, from 1.
        shown: How it begins; the rest is repeated nowhere.
    """

    kind: NumberKind
    line: int
    column: int
    shown: str


class NotAnonymousError(TrainerError):
    """What was written seems to hold a number of somebody."""

    def __init__(self, found: Spotted) -> None:
        super().__init__(
            N_(
                "第 {line} 行第 {column} 个字起的“{shown}”像是{kind}；"
                "这里不写群众的号码，请删去或改成“某号”",
                line=found.line,
                column=found.column,
                shown=found.shown,
                kind=NUMBER_NAMES[found.kind],
            )
        )
        self.found = found


def spotted(text: str) -> tuple[Spotted, ...]:
    """Find numbers that may be somebody's; days and amounts are none."""
    return tuple(
        found
        for number, line in enumerate(text.splitlines(), start=1)
        for found in _in_line(number, line)
    )


def must_be_anonymous(text: str) -> None:
    """Check that a text holds no number that may be somebody's.

    Raises:
        NotAnonymousError: it does; says where the first one stands.
    """
    for found in spotted(text):
        raise NotAnonymousError(found)


def _in_line(number: int, line: str) -> list[Spotted]:
    read = _DAY.sub(lambda day: "日" * len(day[0]), line)
    places = {found.start(): found[0] for found in NUMBER.finditer(read)}
    telephones = {found.start(): found[0] for found in AREA.finditer(read)}
    return [
        Spotted(
            NumberKind.PHONE if at in telephones else _kind(words),
            number,
            at + 1,
            f"{words[:_SHOWN]}…",
        )
        for at, words in sorted({**places, **telephones}.items())
    ]


def _kind(words: str) -> NumberKind:
    narrow = unicodedata.normalize("NFKC", words).upper()
    digits = "".join(letter for letter in narrow if letter.isdigit() or letter == "X")
    if _MOBILE.fullmatch(digits):
        return NumberKind.PHONE
    if _IDENTITY.fullmatch(digits):
        return NumberKind.IDENTITY
    return NumberKind.CARD if _CARD.fullmatch(digits) else NumberKind.OTHER
