"""Pinyin in a question: full, initials, half typed, mixed with characters.

``zftq`` and ``租房t`` are 租房提取, ``gjjdk`` is 公积金贷款. Only words of the lexicon
can be meant, so what is found exists in our texts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.search.domain.lexicon import CHINESE
from trainer.search.domain.lexicon import Reading
from trainer.search.domain.lexicon import Word

LETTERS = re.compile(r"[a-z]+(?:['\s]+[a-z]+)*")
ALTERNATIVES = 3
"""Words that one piece of letters may stand for."""

MOST_LETTERS = 40
"""A longer run of letters is no pinyin."""

LONGEST_PIECE = 36
WHOLE, INITIALS, BEGUN = 1.0, 1.6, 2.0
"""What a piece costs: spelled out, by its initials, not typed to its end."""

DEAREST = 3.0
"""A reading that costs more for each piece is no reading."""

_LONGEST_HEAD = 4
_MOST_LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class Meaning:
    """What letters stand for.

    Attributes:
        typed: What was typed, with the characters before it that belong to it.
        words: The pieces in order; each lists what it may stand for, best first.
    """

    typed: str
    words: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """The likeliest meaning."""
        return "".join(words[0] for words in self.words)


class Pinyin:
    """Reads letters as words of a lexicon; immutable, safe for threads."""

    def __init__(self, words: Iterable[Word], known: Iterable[str] = ()) -> None:
        """Index the words.

        Args:
            words: The lexicon.
            known: Words of Latin letters that mean themselves, such as ``app``.
        """
        self._known = frozenset(known)
        by_text = sorted(words, key=lambda word: word.text)
        self._words = by_text
        self._texts = [word.text for word in by_text]
        self._whole = _Keys(("".join(r), w) for w in by_text for r in w.readings)
        self._initials = _Keys(
            ("".join(s[0] for s in r), w)
            for w in by_text
            if w.strong
            for r in w.readings
        )

    def meanings(self, text: str) -> tuple[Meaning, ...]:
        """Find what the runs of letters in a text stand for; unknown ones are left.

        Args:
            text: Normalised question.
        """
        found = []
        for match in LETTERS.finditer(text):
            if match[0] in self._known or len(match[0]) > MOST_LETTERS:
                continue
            head = CHINESE.findall(text[: match.start()][-_LONGEST_HEAD:])
            adjoining = head[-1] if head and text[match.start() - 1] in head[-1] else ""
            meaning = self._continued(adjoining, match[0]) or self._read(match[0])
            if meaning is not None:
                found.append(meaning)
        return tuple(found)

    def _continued(self, head: str, letters: str) -> Meaning | None:
        """Read letters as the rest of a word that characters begin: 租房t."""
        for start in range(len(head)):
            begun = head[start:]
            fitting = [
                (quality * word.weight, word.text)
                for word in self._beginning(begun)
                if (quality := _spelled(letters, word.readings, len(begun)))
            ]
            if fitting:
                best = sorted(fitting, key=lambda found: (-found[0], found[1]))
                words = tuple(text for _, text in best[:ALTERNATIVES])
                return Meaning(begun + letters, (words,))
        return None

    def _beginning(self, begun: str) -> Sequence[Word]:
        first = bisect_left(self._texts, begun)
        last = bisect_left(self._texts, begun + "\uffff", first)
        return self._words[first : min(last, first + _MOST_LOOKED_AT)]

    def _read(self, letters: str) -> Meaning | None:
        """Cut letters into the fewest and likeliest words (dynamic programming)."""
        typed = letters
        letters = re.sub(r"['\s]+", "", letters)
        best: list[tuple[float, tuple[tuple[str, ...], ...]] | None]
        best = [(0.0, ()), *([None] * len(letters))]
        for end in range(2, len(letters) + 1):
            for start in range(max(0, end - LONGEST_PIECE), end - 1):
                before = best[start]
                if before is None:
                    continue
                piece = letters[start:end]
                found = self._piece(piece, is_last=end == len(letters))
                if found is None:
                    continue
                cost = before[0] + found[0]
                held = best[end]
                if held is None or cost < held[0]:
                    best[end] = (cost, (*before[1], found[1]))
        read = best[-1]
        if read is None or read[0] > DEAREST * len(read[1]):
            return None
        return Meaning(typed, read[1])

    def _piece(
        self, letters: str, *, is_last: bool
    ) -> tuple[float, tuple[str, ...]] | None:
        """Give the cheapest meaning of a piece and its words."""
        options = [
            (WHOLE, self._whole.exactly(letters)),
            (INITIALS, self._initials.exactly(letters)),
        ]
        if is_last:
            options += [
                (BEGUN, self._whole.beginning(letters)),
                (BEGUN + INITIALS - WHOLE, self._initials.beginning(letters)),
            ]
        found = [
            (cost + 0.5 / words[0].weight, words) for cost, words in options if words
        ]
        if not found:
            return None
        cost, words = min(found, key=lambda option: option[0])
        return cost, tuple(word.text for word in words)


class _Keys:
    """Words by the letters they answer to."""

    def __init__(self, pairs: Iterable[tuple[str, Word]]) -> None:
        held: dict[str, list[Word]] = defaultdict(list)
        for key, word in pairs:
            held[key].append(word)
        self._held = {
            key: _heaviest(words) if len(words) > 1 else tuple(words)
            for key, words in held.items()
        }
        self._keys = sorted(self._held)

    def exactly(self, letters: str) -> tuple[Word, ...]:
        """Give the words that have these letters, heaviest first."""
        return self._held.get(letters, ())

    def beginning(self, letters: str) -> tuple[Word, ...]:
        """Give the words that begin with these letters, heaviest first."""
        first = bisect_left(self._keys, letters)
        last = bisect_left(self._keys, letters + "{", first)
        keys = self._keys[first : min(last, first + _MOST_LOOKED_AT)]
        return _heaviest(word for key in keys for word in self._held[key])


def _heaviest(words: Iterable[Word]) -> tuple[Word, ...]:
    unique = dict.fromkeys(words)
    ranked = sorted(unique, key=lambda word: (-word.weight, len(word.text), word.text))
    return tuple(ranked[:ALTERNATIVES])


def _spelled(letters: str, readings: Iterable[Reading], start: int) -> float:
    """Tell how well letters spell the rest of a word: 0 not at all, 1 in full."""
    best = 0.0
    for reading in readings:
        rest = reading[start:]
        if "".join(rest) == letters or "".join(s[0] for s in rest) == letters:
            best = max(best, 1.0)
        elif _fits(letters, rest):
            best = max(best, 0.8)
    return best


def _fits(letters: str, rest: Reading) -> bool:
    """Whether letters go through syllables: each whole, its initial, or begun."""
    if not letters:
        return True
    if not rest:
        return False
    syllable = rest[0]
    if syllable.startswith(letters):
        return True
    return any(
        letters.startswith(part) and _fits(letters[len(part) :], rest[1:])
        for part in (syllable, syllable[:2], syllable[0])
    )
