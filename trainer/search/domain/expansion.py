"""Other words for what was typed: synonyms, and official words for spoken ones."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.topics.domain.glossary import Expansion
from trainer.topics.domain.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Expanded:
    """A word of the question and what is looked for as well.

    ``weight`` is 1 for a synonym, less for the official word of a spoken one.
    """

    typed: str
    word: str
    weight: float


class Expansions:
    """Finds the words of the glossary in a question; immutable."""

    def __init__(self, glossary: Glossary) -> None:
        self._table: Mapping[str, Sequence[Expansion]] = glossary.expansions()
        sizes: dict[str, set[int]] = {}
        for word in self._table:
            sizes.setdefault(word[0], set()).add(len(word))
        self._sizes = {first: sorted(held)[::-1] for first, held in sizes.items()}

    def of(self, text: str) -> tuple[Expanded, ...]:
        """Expand a question, longest words first, from left to right.

        Args:
            text: Normalised question. Blanks do not part words: somebody who types
                ``租 房`` means 租房.
        """
        text = "".join(text.split())
        found: dict[tuple[str, str], Expanded] = {}
        start = 0
        while start < len(text):
            typed = self._longest(text, start)
            for other in self._table.get(typed, ()):
                expanded = Expanded(typed, other.word, other.weight)
                found.setdefault((typed, other.word), expanded)
            start += max(len(typed), 1)
        return tuple(found.values())

    def _longest(self, text: str, start: int) -> str:
        for size in self._sizes.get(text[start], ()):
            word = text[start : start + size]
            if word in self._table:
                return word
        return ""
