"""Near misses: one character, one sound or one letter away from a word of ours.

What sounds exactly like a word is corrected, see :mod:`.typos`. What is only near is
a guess, so it is offered (您是不是要找) and never applied. Characters are a near miss
when our texts (almost) never have those beside each other that the word would do
away with; letters, when they could not be read at all.

Words are found by what is left on both sides when any one part is crossed out
(W. Garbe, SymSpell), so that looking costs a few look-ups for each window.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from itertools import islice
from itertools import pairwise
from math import ceil

from trainer.search.domain.lexicon import CHINESE
from trainer.search.domain.lexicon import Reading
from trainer.search.domain.lexicon import Readings
from trainer.search.domain.lexicon import Word
from trainer.search.domain.typos import MOST_SEEN

MOST = 3
"""Suggestions for one question."""

LONGEST = 8
"""Characters of the longest word that is suggested."""

SHORTEST = 3
"""Characters of a word from which on one may be another, one too many or missing."""

FEWEST_LETTERS = 5
"""Letters of a word from which on one may be another, one too many or missing."""

SHARE = 0.8
"""Least part of a question, from 0 to 1, that a near miss makes up; of a word of
:data:`SHORTEST` characters or fewer it is all of it. In a sentence some window is
nearly always near to something: of the 233 questions of the tune half 80 have one, and
one has one of this size, which was meant."""

LETTERS = re.compile(r"[a-z]+")
BLANK = re.compile(r"\s+")

Miss = tuple[str, Word]
"""What was typed and a word it is near to."""


class Nearby:
    """Finds near misses; immutable, safe for threads."""

    def __init__(
        self, words: Iterable[Word], readings: Readings, known: Iterable[str] = ()
    ) -> None:
        """Index the strong words of the lexicon.

        Args:
            words: The lexicon.
            readings: How a word is read.
            known: Words of Latin letters that mean themselves, such as ``app``.
        """
        strong = [word for word in words if word.strong and len(word.text) <= LONGEST]
        self._readings = readings
        self._known = frozenset(known)
        self._strong = frozenset(word.text for word in strong)
        self._written: dict[str, list[Word]] = defaultdict(list)
        self._sounding: dict[Reading, list[Miss]] = defaultdict(list)
        self._spelled: dict[int, list[Miss]] = defaultdict(list)
        for word in strong:
            if len(word.text) >= SHORTEST:
                for left in (word.text, *_crossed(word.text)):
                    self._written[left].append(word)
            for reading in word.readings:
                for others, syllable in _blanked(reading):
                    self._sounding[others].append((syllable, word))
                letters = "".join(reading)
                self._spelled[len(letters)].append((letters, word))

    def suggestions(self, text: str, seen: Callable[[str], int]) -> tuple[str, ...]:
        """Give the questions that may be meant instead, likeliest first.

        Args:
            text: A question, letters read and slips corrected.
            seen: How many documents hold a pair of characters.
        """
        least = ceil(SHARE * len(BLANK.sub("", text)))
        found = {
            (typed, word)
            for typed, word in (*self._mistyped(text, least), *self._misspelled(text))
            if word.text not in text and typed not in word.text
        }
        meant = (
            text.replace(typed, word.text, 1)
            for typed, word in sorted(found, key=_likelihood, reverse=True)
            if typed.isascii() or _is_strange(typed, word.text, seen)
        )
        return tuple(islice(dict.fromkeys(meant), MOST))

    def _mistyped(self, text: str, least: int) -> Iterator[Miss]:
        """Give the windows of at least some characters that are near to a word."""
        for run in CHINESE.findall(text):
            for start in range(len(run)):
                for end in range(start + max(2, least), start + LONGEST + 2):
                    typed = run[start:end]
                    if end > len(run) or typed in self._strong:
                        continue
                    for word in (
                        *self._written_like(typed),
                        *self._sounding_like(typed),
                    ):
                        if len(word.text) > SHORTEST or typed == text:
                            yield typed, word

    def _written_like(self, typed: str) -> Iterator[Word]:
        for left in (typed, *_crossed(typed)):
            for word in self._written.get(left, ()):
                if is_near(typed, word.text):
                    yield word

    def _sounding_like(self, typed: str) -> Iterator[Word]:
        """Give words of which one syllable is spelled almost the same."""
        usual = tuple(self._readings(character)[0][0] for character in typed)
        for others, syllable in _blanked(usual):
            for other, word in self._sounding.get(others, ()):
                if is_near(syllable, other):
                    yield word

    def _misspelled(self, text: str) -> Iterator[Miss]:
        """Give the letters that are near to the full pinyin of a word."""
        for letters in LETTERS.findall(text):
            if len(letters) < FEWEST_LETTERS or letters in self._known:
                continue
            for size in range(len(letters) - 1, len(letters) + 2):
                for other, word in self._spelled.get(size, ()):
                    if is_near(letters, other):
                        yield letters, word


def is_near(one: str, other: str) -> bool:
    """Whether one part at most is another, missing or too many."""
    short, long = sorted((one, other), key=len)
    same = 0
    while same < len(short) and short[same] == long[same]:
        same += 1
    if len(short) == len(long):
        return short[same + 1 :] == long[same + 1 :]
    return short[same:] == long[same + 1 :]


def _crossed(word: str) -> Iterator[str]:
    """Give what is left of a word without any one of its characters."""
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _blanked(reading: Reading) -> Iterator[tuple[Reading, str]]:
    """Give a reading with any one syllable left blank, and that syllable."""
    for at, syllable in enumerate(reading):
        yield (*reading[:at], "", *reading[at + 1 :]), syllable


def _is_strange(typed: str, word: str, seen: Callable[[str], int]) -> bool:
    """Whether our texts do not have what the word would do away with."""
    right = set(pairwise(word))
    lost = [a + b for a, b in pairwise(typed) if (a, b) not in right]
    counts = [seen(pair) for pair in lost]
    return bool(counts) and min(counts) == 0 and max(counts) <= MOST_SEEN


def _likelihood(miss: Miss) -> tuple[int, float, str, str]:
    typed, word = miss
    return len(word.text), word.weight, word.text, typed
