"""What is asked for: weighted terms, phrases that must be there, and who asks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from trainer.kit.index.analysis import bigrams
from trainer.kit.index.analysis import tokens

MOST_TYPED = 64
"""Characters of a question that are read."""

_QUOTED = re.compile('["“”「『＂]([^"“”「」『』＂]+)["“”」』＂]')


@dataclass(frozen=True, slots=True)
class Weighted:
    """A term of the index, see :func:`.analysis.tokens`, and its weight above 0."""

    term: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Query:
    """A question, prepared.

    Attributes:
        terms: What makes a document score.
        bigrams: Pairs of characters as typed; the share of them that a document
            contains raises its score.
        must: Terms without which a document is no hit.
    """

    terms: tuple[Weighted, ...]
    bigrams: tuple[str, ...] = ()
    must: tuple[str, ...] = ()

    @classmethod
    def of(cls, typed: str, also: Iterable[Weighted] = ()) -> Query:
        """Prepare what a person typed: words in any order, quoted ones must be there.

        Args:
            typed: Any text; what follows :data:`MOST_TYPED` characters is ignored.
            also: More terms, such as official words for plain ones; of one term
                the highest weight counts.
        """
        typed = typed[:MOST_TYPED]
        weights = dict.fromkeys(tokens(typed), 1.0)
        for more in also:
            weights[more.term] = max(more.weight, weights.get(more.term, 0.0))
        must = (term for phrase in _QUOTED.findall(typed) for term in tokens(phrase))
        return cls(
            tuple(Weighted(term, weight) for term, weight in weights.items()),
            tuple(bigrams(typed)),
            tuple(dict.fromkeys(must)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What may be found. It decides before counting, so counts leak nothing.

    Attributes:
        on: The day, yyyymmdd, on which a document must be valid; None is any day.
        audience: Bit mask of the reader, from 0 to 2**63 - 1; 0 sees nothing.
        kinds: Kinds to find; None is all.
        lines: Lines to find; None is all.
        boosts: Pairs of kind and a factor above 0 for its score.
    """

    on: int | None
    audience: int
    kinds: frozenset[str] | None = None
    lines: frozenset[str] | None = None
    boosts: tuple[tuple[str, float], ...] = ()
