"""What a person typed: cut, cleaned, taken apart.

The syntax is tiny: blanks part words that may stand anywhere, quotes ask for words
that must be there. Everything else a person types is text, also ``*`` and ``AND``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

LONGEST = 64
"""Characters of a question that are read."""

QUOTED = re.compile('["“”„「『《]([^"“”„「」『』《》]+)["“”」』》]')
MARKS = re.compile(r"(?<!\d)[.,]|[.,](?!\d)|[^\w%.,〔〕\[\]()【】/~—–-]")
WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Question:
    """A question, ready to be understood.

    Attributes:
        raw: As typed, first :data:`LONGEST` characters.
        text: Normalised, marks that mean nothing turned to single blanks.
        must: Quoted words, normalised; an answer must contain them.
    """

    raw: str
    text: str
    must: tuple[str, ...] = ()

    @classmethod
    def of(cls, raw: str, normalise: Callable[[str], str]) -> Question:
        """Read what was typed.

        Args:
            raw: Any text of any length.
            normalise: Unifies width, case and script (NFKC, lower case, simplified).
        """
        raw = raw.strip()[:LONGEST]
        plain = normalise(raw)[:LONGEST]
        text = " ".join(MARKS.sub(" ", plain).split())
        must = tuple(filter(WORD.search, map(str.strip, QUOTED.findall(plain))))
        return cls(raw, text, must)

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be looked for: no word, or one Latin letter."""
        words = "".join(WORD.findall(self.text))
        return not words or (len(words) == 1 and words.isascii() and words.isalpha())
