"""Dialects: the sign between blanks, and the sign between wordings of one blank.

Products use the same signs for either. What cannot be told from the answer itself
is not guessed: :func:`wordings` asks for the dialect.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.quizzes.domain.exchange.folding import folded

SUSPECTS = re.compile(r"\|\||&&|##|[|;/]")
"""Signs that stand between blanks or wordings in some product."""

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
NUMBERED = re.compile(
    rf"(?P<circle>[{CIRCLED}])|\((?P<n>\d)\)|(?<!\S)(?P<m>\d)[.、](?!\d)"
)
"""How an answer to several blanks may number them."""

NEVER = "(?!)"
"""A pattern that nothing matches."""

LISTED = ("、", ",", ";", "|")
"""Signs between the items of a list: tags, sources."""


class UnreadableError(TrainerError):
    """Something in a file cannot be read; the sentence says what, and what to do."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How answers to blanks are written.

    Attributes:
        blank: What stands between blanks; empty where there is only one blank.
        alternative: What stands between wordings of one; empty where each has one.
        escaped: Whether a backslash takes the next sign for itself.
    """

    blank: str
    alternative: str
    escaped: bool = False

    def __post_init__(self) -> None:
        if self.blank and self.blank == self.alternative:
            raise UnreadableError(
                N_("分空的符号和分写法的符号不能是同一个；请改其中一个")
            )


OURS = Dialect("||", "|", escaped=True)
PRESETS: Mapping[str, Dialect] = {
    "ours": OURS,
    "semicolon": Dialect(";", "|"),
    "bar": Dialect("|", ";"),
}
PRESET_NAMES: Mapping[str, str] = {
    "ours": N_("本系统：空之间用 ||，一空多种写法用 |"),
    "semicolon": N_("空之间用 ；，一空多种写法用 |"),
    "bar": N_("空之间用 |，一空多种写法用 ；"),
}


def wordings(words: str, places: int, dialect: Dialect | None) -> list[list[str]]:
    """Give the wordings of each blank.

    Args:
        words: The answer as it was written.
        places: How many blanks the stem has.
        dialect: How it was written; None when nobody said.

    Raises:
        UnreadableError: there are more or fewer answers than blanks, or it takes a
            dialect to tell them apart.
    """
    pieces = [] if dialect and dialect.escaped else numbered(words)
    if len(pieces) == places > 1:
        one = Dialect("", dialect.alternative) if dialect else None
        return [told for piece in pieces for told in wordings(piece, 1, one)]
    told = dialect or _only_one(words, places)
    blanks = [
        [_plain(wording, told) for wording in cut(blank, (told.alternative,), told)]
        for blank in cut(words, (told.blank,), told, but=told.alternative)
    ]
    if len(blanks) != places:
        raise UnreadableError(
            N_(
                "题干有 {places} 处空，答案有 {n} 处；请核对，或改“填空分隔符”",
                places=places,
                n=len(blanks),
            )
        )
    return blanks


def numbered(words: str) -> list[str]:
    """Give the pieces of an answer that numbers its blanks: ``(1)六 (2)一次性``."""
    usual = folded(words)
    marks: list[re.Match[str]] = []
    for found in NUMBERED.finditer(usual):
        place = len(marks)
        digit = found["n"] or found["m"]
        if found["circle"] == CIRCLED[place:][:1] or digit == str(place + 1):
            marks.append(found)
    if not marks or usual[: marks[0].start()].strip():
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(words)]
    return [
        words[mark.end() : end].strip(" ;；,，、|｜#&\t\u3000")
        for mark, end in zip(marks, ends, strict=True)
    ]


def _only_one(words: str, places: int) -> Dialect:
    """Give the only way an answer can be read.

    Raises:
        UnreadableError: there are several.
    """
    signs = set(SUSPECTS.findall(folded(words)))
    if not signs:
        return Dialect("", "")
    sign = signs.pop()
    if places > 1 and not signs and len(cut(words, (sign,), OURS)) == places:
        return Dialect(sign, "")
    raise UnreadableError(
        N_(
            "答案“{words}”里的符号，看不出是分空还是分几种写法；请选“填空分隔符”",
            words=words[:40],
        )
    )


def cut(
    words: str, signs: Iterable[str], dialect: Dialect = OURS, *, but: str = ""
) -> list[str]:
    """Cut words at signs, also of full width; no piece has spaces around it.

    Args:
        words: The words; escapes stay in the pieces.
        signs: Where to cut; empty ones do not count.
        dialect: Whether there are escapes.
        but: A longer sign that is not to be taken for one of these: ``||`` for ``|``.
    """
    at = [folded(sign) for sign in signs if sign]
    if not at:
        return [words.strip()]
    kept = [re.escape(but)] if len(but) > max(map(len, at)) else []
    kept += [r"\\."] if dialect.escaped else []
    pattern = re.compile(
        f"(?P<kept>{'|'.join(kept) or NEVER})|{'|'.join(map(re.escape, at))}", re.DOTALL
    )
    pieces, begin = [], 0
    for found in pattern.finditer(folded(words)):
        if found["kept"] is None:
            pieces.append(words[begin : found.start()])
            begin = found.end()
    pieces.append(words[begin:])
    return [piece.strip() for piece in pieces]


def _plain(words: str, dialect: Dialect) -> str:
    return unescaped(words) if dialect.escaped else words


def unescaped(words: str) -> str:
    """Take the backslashes away that took signs for themselves."""
    return re.sub(r"\\(.)", r"\1", words, flags=re.DOTALL)


def joined(items: Iterable[str], sign: str) -> str:
    """Put items behind each other so that :func:`cut` parts them again."""
    return sign.join(_escaped(item) for item in items)


def split_list(words: str) -> list[str]:
    """Give the items of a list: ``标签一、标签二``."""
    return [unescaped(item) for item in cut(words, LISTED) if item]


def _escaped(words: str) -> str:
    signs = {"\\", "|", *LISTED}
    return "".join(f"\\{sign}" if folded(sign) in signs else sign for sign in words)


def blanks_written(blanks: Sequence[Sequence[str]]) -> str:
    """Write wordings as our own dialect has them."""
    return OURS.blank.join(joined(told, OURS.alternative) for told in blanks)
