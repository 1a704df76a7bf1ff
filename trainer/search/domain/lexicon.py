"""The words our texts are made of: what letters and slips of the hand may stand for.

Terms:
    reading: the syllables of a word without tones, one for each character.
    strong: a word of the glossary, a title or a business, as opposed to any piece
        of an asked phrase. Only strong words answer to initials and correct slips.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from math import log1p

Reading = tuple[str, ...]
Readings = Callable[[str], tuple[Reading, ...]]
"""From a word to its readings, the usual one first; of a word of Chinese only."""

PIECES = range(2, 5)
"""Characters of a piece of a phrase that is taken for a word."""

LONGEST = 12
"""Characters of the longest strong word; longer names are cut at their marks."""

CHINESE = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff]+")
_PARTS = re.compile(r"[\s、，,。；;：:/()（）《》〈〉〔〕\[\]“”·—-]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that may be meant.

    ``weight`` is above 0; of two words for the same letters the heavier is meant.
    """

    text: str
    weight: float
    readings: tuple[Reading, ...]
    strong: bool = False


def words_of(
    strong: Mapping[str, float], phrases: Iterable[str], readings: Readings
) -> tuple[Word, ...]:
    """Collect the words of our texts, heavier the more often they are used.

    Args:
        strong: Words and names with a weight of at least 1. Long names are taken
            apart at their marks.
        phrases: How people ask; all their short pieces become words.
        readings: How a word is read.
    """
    counts: Counter[str] = Counter()
    spelled: dict[str, Reading] = {}
    for phrase in phrases:
        for text, reading in pieces(phrase, readings):
            counts[text] += 1
            spelled.setdefault(text, reading)
    weights: dict[str, float] = {}
    for name, weight in strong.items():
        for part in parts(name):
            weights[part] = max(weight, weights.get(part, 0.0))
    found = [
        Word(text, weight + log1p(counts[text]), readings(text), strong=True)
        for text, weight in weights.items()
    ]
    found += [
        Word(text, log1p(count) / 2, (spelled[text],))
        for text, count in counts.items()
        if text not in weights
    ]
    return tuple(found)


def parts(name: str) -> list[str]:
    """Cut a name at its marks into words of Chinese of two characters or more."""
    return [
        part
        for part in _PARTS.split(name)
        if 1 < len(part) <= LONGEST and CHINESE.fullmatch(part)
    ]


def pieces(phrase: str, readings: Readings) -> Iterator[tuple[str, Reading]]:
    """Give every piece of :data:`PIECES` characters of the Chinese in a phrase.

    A piece is read as in its phrase: 还 in 还贷 is huan.
    """
    for run in CHINESE.findall(phrase):
        reading = readings(run)[0]
        for size in PIECES:
            for start in range(len(run) - size + 1):
                end = start + size
                yield run[start:end], reading[start:end]
