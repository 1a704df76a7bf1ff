"""The postings of a term as arrays.

Whoosh steps through a posting list one document at a time; decoding it once into
arrays is what makes scoring fast. The quick way uses private names of Whoosh's W3
codec, unchanged from 2013 to 2026; where they are missing the public way serves.
Both give the same (a test holds them together).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.reading import SegmentReader
from whoosh.reading import TermNotFound

FIELD = "text"

ENTRY_BYTES = 200
"""Memory a cache needs for a term beside its arrays, also for one that is unknown."""

FEWEST_BYTES = 2**20
"""Memory that even the cache of a small index may take."""

Ids = NDArray[np.int32]
Counts = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a term stands in one segment.

    Attributes:
        ids: Numbers of the documents, ascending; shape (n,).
        counts: How often it stands in each, from 1 to 255, which is also for more:
            the score has long stopped to grow; shape (n,).
    """

    ids: Ids
    counts: Counts

    @property
    def bytes(self) -> int:
        """Memory it takes in a cache."""
        return self.ids.nbytes + self.counts.nbytes + ENTRY_BYTES


NOTHING = Postings(np.empty(0, np.int32), np.empty(0, np.uint8))


def decode(reader: SegmentReader, term: str) -> Postings:
    """Read the postings of a term in a segment, deleted documents perhaps included.

    Not safe for threads: the reader has a position.
    """
    try:
        matcher = reader._terms.matcher(  # noqa: SLF001  (see above)
            FIELD, term.encode(), reader.schema[FIELD].format
        )
        if isinstance(matcher, W3LeafMatcher):
            return _from_blocks(matcher)
    except TermNotFound:
        return NOTHING
    except AttributeError:
        pass
    return decode_publicly(reader, term)


def decode_publicly(reader: SegmentReader, term: str) -> Postings:
    """Read the same with the public matcher, without deleted documents."""
    try:
        matcher = reader.postings(FIELD, term)
    except TermNotFound:
        return NOTHING
    ids: list[int] = []
    counts: list[float] = []
    while matcher.is_active():
        ids.append(matcher.id())
        counts.append(matcher.weight())
        matcher.next()
    return Postings(np.array(ids, np.int32), _capped(counts))


def _from_blocks(matcher: Any) -> Postings:  # noqa: ANN401  (Whoosh has no types)
    """Take whole blocks of (steps between numbers, weights) out of a matcher."""
    ids: list[Ids] = []
    counts: list[Counts] = []
    while True:
        matcher._read_data()  # noqa: SLF001
        steps, weights = matcher._data[:2]  # noqa: SLF001
        ids.append(np.cumsum(np.array(steps, np.int32), dtype=np.int32))
        if weights is None:
            counts.append(np.ones(len(steps), np.uint8))
        elif isinstance(weights, float):
            counts.append(_capped([weights] * len(steps)))
        else:
            counts.append(_capped(weights))
        if matcher._lastblock:  # noqa: SLF001
            return Postings(np.concatenate(ids), np.concatenate(counts))
        matcher._goto(matcher._nextoffset)  # noqa: SLF001


def _capped(counts: Sequence[float]) -> Counts:
    return np.minimum(np.array(counts, np.float32), 255).astype(np.uint8)
