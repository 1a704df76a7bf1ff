"""One immutable segment in memory: what is known of each document, and postings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import SegmentReader

from trainer.kit.index.errors import what_was_written
from trainer.kit.index.postings import FEWEST_BYTES
from trainer.kit.index.postings import FIELD
from trainer.kit.index.postings import Floats
from trainer.kit.index.postings import Ids
from trainer.kit.index.postings import Postings
from trainer.kit.index.postings import decode
from trainer.kit.index.schema import Stored

BYTES_EACH = 1024
"""Memory for decoded postings, per document; when it is full the oldest half goes.

All postings of a section of 170 characters take about 1,200 bytes.
"""

MOST_WORDS = 200
"""Words looked at for a half-typed one, in each segment, in order of the alphabet."""


class Names:
    """Numbers for strings, given in order of appearance, never taken back."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.names: list[str] = []

    def __len__(self) -> int:
        return len(self.names)

    def number(self, name: str) -> int:
        """Give the number of a name, a new one if need be."""
        found = self._numbers.setdefault(name, len(self.names))
        if found == len(self.names):
            self.names.append(name)
        return found

    def known(self, names: frozenset[str]) -> list[int]:
        """Give the numbers of the names that have one."""
        return [self._numbers[name] for name in names if name in self._numbers]


@dataclass(frozen=True, slots=True)
class Dictionaries:
    """The names that occur in an index."""

    groups: Names
    kinds: Names
    lines: Names
    collections: Names


@dataclass(frozen=True, slots=True)
class Table:
    """What is known of each document of a segment or of the index; shape (n,) each.

    ``groups``, ``kinds``, ``lines`` and ``collections`` are numbers in
    :class:`Dictionaries`, ``lengths`` counts terms, rounded by Whoosh to about 4 %.
    """

    valid_from: Ids
    valid_to: Ids
    audience: NDArray[np.int64]
    groups: Ids
    kinds: Ids
    lines: Ids
    collections: Ids
    lengths: Floats


class Segment:
    """A segment that was read completely; safe for threads.

    Attributes:
        name: Whoosh's name of it, never used again for another one.
        size: Documents in it, deleted ones included.
        keys: Key of each document.
        hashes: Digest of each document.
        table: What else is known of each.
    """

    def __init__(self, reader: SegmentReader, names: Dictionaries) -> None:
        self.name = str(reader.segment().segment_id())
        self.size = int(reader.doc_count_all())
        self._reader = reader
        self._lock = Lock()
        self._most_bytes = max(BYTES_EACH * self.size, FEWEST_BYTES)
        self._postings: dict[str, Postings] = {}
        self._bytes = 0
        stored: list[Stored] = [
            reader.stored_fields(number)["about"] for number in range(self.size)
        ]
        self.keys = [about[0] for about in stored]
        self.hashes = [about[7] for about in stored]
        lengths = [reader.doc_field_length(n, FIELD) for n in range(self.size)]
        self.table = Table(
            valid_from=np.array([about[4] for about in stored], np.int32),
            valid_to=np.array([about[5] for about in stored], np.int32),
            audience=np.array([about[6] for about in stored], np.int64),
            groups=np.array([names.groups.number(a[1]) for a in stored], np.int32),
            kinds=np.array([names.kinds.number(a[2]) for a in stored], np.int32),
            lines=np.array([names.lines.number(a[3]) for a in stored], np.int32),
            collections=np.array(
                [names.collections.number(a[8]) for a in stored], np.int32
            ),
            lengths=np.array(lengths, np.float32),
        )

    def postings(self, term: str) -> Postings:
        """Give the postings of a term; they are decoded once."""
        found = self._postings.get(term)
        if found is not None:
            return found
        with self._lock, what_was_written():
            if term in self._postings:
                return self._postings[term]
            found = decode(self._reader, term)
            if self._bytes + found.bytes > self._most_bytes:
                self._forget()
            self._postings[term] = found
            self._bytes += found.bytes
        return found

    def words(self, prefix: str) -> list[str]:
        """List terms that begin with something, at most :data:`MOST_WORDS`."""
        with self._lock, what_was_written():
            found = self._reader.expand_prefix(FIELD, prefix)
            return [term.decode() for term in islice(found, MOST_WORDS)]

    def _forget(self) -> None:
        kept = list(self._postings.items())[len(self._postings) // 2 :]
        self._postings = dict(kept)
        self._bytes = sum(postings.bytes for _, postings in kept)
