"""Slips of the hand: characters that sound like those of a word of ours.

Most typing goes through pinyin, so a wrong character mostly sounds like the right
one: 租房体取 is 租房提取. Every window of a question that sounds like a strong word
without being one is a candidate. It is taken for a slip when the pairs of
characters that would go occur (almost) nowhere in our texts: of questions without
a slip that leaves very few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from trainer.search.domain.lexicon import CHINESE
from trainer.search.domain.lexicon import Reading
from trainer.search.domain.lexicon import Readings
from trainer.search.domain.lexicon import Word

SIZES = range(2, 7)
"""Characters of a window."""

LEAST_BLURRED = 3
"""Characters of a word from which on similar sounds count as the same."""

SIMILAR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
"""Sounds that the south of China does not part."""

MOST_SEEN = 1
"""Documents that may hold one of the typed pairs, when another is in none."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A window of the question and the word that is meant."""

    typed: str
    word: str


class Typos:
    """Finds slips; immutable, safe for threads."""

    def __init__(self, words: Iterable[Word], readings: Readings) -> None:
        """Index the strong words of the lexicon by their sound."""
        self._readings = readings
        held: dict[Reading, list[Word]] = defaultdict(list)
        for word in words:
            if word.strong and len(word.text) in SIZES:
                for reading in word.readings:
                    held[_sound(reading)].append(word)
        self._meant = {
            sound: max(found, key=lambda word: (word.weight, word.text)).text
            for sound, found in held.items()
        }
        self._strong = {word.text for found in held.values() for word in found}

    def slips(self, text: str, seen: Callable[[str], int]) -> tuple[Slip, ...]:
        """Give the slips of a question, longest first, none inside another.

        Args:
            text: Normalised question.
            seen: How many documents hold a pair of characters.
        """
        found: list[Slip] = []
        for run in CHINESE.findall(text):
            taken: set[int] = set()
            for start, typed, word in self._candidates(run):
                places = set(range(start, start + len(typed)))
                if places & taken:
                    continue
                counts = [seen(pair) for pair in _lost(typed, word)]
                if min(counts) == 0 and max(counts) <= MOST_SEEN:
                    found.append(Slip(typed, word))
                    taken |= places
        return tuple(found)

    def _candidates(self, run: str) -> Iterator[tuple[int, str, str]]:
        """Give place, window and the word it sounds like."""
        readings = [
            tuple(dict.fromkeys(r[0] for r in self._readings(character)))
            for character in run
        ]
        for size in reversed(SIZES):
            for start in range(len(run) - size + 1):
                typed = run[start : start + size]
                if typed in self._strong:
                    continue
                for reading in product(*readings[start : start + size]):
                    word = self._meant.get(_sound(reading))
                    if word is not None:
                        yield start, typed, word
                        break


def _lost(typed: str, word: str) -> list[str]:
    """Give the typed pairs of characters that the word does not have."""
    return [
        typed[i : i + 2]
        for i in range(len(typed) - 1)
        if typed[i : i + 2] != word[i : i + 2]
    ]


def _sound(reading: Reading) -> Reading:
    return reading if len(reading) < LEAST_BLURRED else tuple(map(_blurred, reading))


@cache
def _blurred(syllable: str) -> str:
    for sound, like in SIMILAR:
        syllable = syllable.replace(sound, like)
    return syllable
