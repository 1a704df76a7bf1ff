"""One state of the index: all segments as one, deleted documents left out.

Scoring is BM25 over one field (Robertson & Zaragoza 2009, "The Probabilistic
Relevance Framework: BM25 and Beyond") with Whoosh's inverse document frequency,
ln(N / (n + 1)) + 1. On 170 questions of ``tests/search/questions/tune.yaml`` it had
a right card among three in 71 %, Lucene's, which goes down to 0, in 67 %; a summand
of 1 was best. Frequencies and the average length are those of the collection of a
document, as if there were no other. The sum is multiplied by a share for the bigrams
of the question that a document contains.

Documents are numbered through all segments; arrays are padded to whole blocks of
:data:`BLOCK`, and what is padding or deleted never passes a mask.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from threading import Lock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from trainer.kit.index.manifest import Manifest
from trainer.kit.index.manifest import Stamp
from trainer.kit.index.postings import ENTRY_BYTES
from trainer.kit.index.postings import FEWEST_BYTES
from trainer.kit.index.postings import Floats
from trainer.kit.index.postings import Ids
from trainer.kit.index.query import Query
from trainer.kit.index.query import Scope
from trainer.kit.index.segment import Dictionaries
from trainer.kit.index.segment import Names
from trainer.kit.index.segment import Segment
from trainer.kit.index.segment import Table

K1 = 0.8
B = 0.7
COVERAGE = 0.3
"""Share of the score that depends on the bigrams contained."""

BLOCK = 64
DENSE = 6
"""A term in more than a sixth of the documents is kept as a column."""

BYTES_EACH = 2048
"""Memory for the weights of terms, per document; as in :mod:`.segment`."""

_MOST_SCOPES = 16

Mask = NDArray[np.bool_]
Origin = tuple[Stamp, Manifest, dict[str, bytes]]
"""What identifies a state, its files, and their content."""
N = TypeVar("N", np.int32, np.int64, np.float32)


@dataclass(frozen=True, slots=True)
class TermWeights:
    """What a term adds to the score of each document.

    Attributes:
        frequencies: Living documents that contain it, in each collection.
        idfs: Its inverse document frequency in each collection, 0 where it is not.
        weights: BM25 with idf; shape (frequency,), or all documents when dense.
        ids: Numbers of the documents; None when dense.
    """

    frequencies: tuple[int, ...]
    idfs: tuple[float, ...]
    weights: Floats
    ids: Ids | None

    def add_to(self, scores: Floats, factor: float) -> None:
        """Add what it weighs to the scores of all documents."""
        weights = self.weights if factor == 1 else self.weights * np.float32(factor)
        if self.ids is None:
            scores += weights
        else:
            scores[self.ids] += weights

    def count_in(self, counts: Floats) -> None:
        """Add one for each document that contains it."""
        if self.ids is None:
            counts += self.weights > 0
        else:
            counts[self.ids] += 1

    def count(self, among: Mask) -> int:
        """Count the documents that contain it, among some."""
        if self.ids is None:
            return int(np.count_nonzero(among & (self.weights > 0)))
        return int(np.count_nonzero(among[self.ids]))

    def at(self, number: int) -> float:
        """Give what it adds to one document, 0 when it is not there."""
        if self.ids is None:
            return float(self.weights[number])
        place = int(np.searchsorted(self.ids, number))
        found = place < len(self.ids) and self.ids[place] == number
        return float(self.weights[place]) if found else 0.0

    @property
    def bytes(self) -> int:
        """Memory it takes in a cache."""
        ids = 0 if self.ids is None else self.ids.nbytes
        return self.weights.nbytes + ids + ENTRY_BYTES


class Snapshot:
    """An immutable state of the index; safe for threads.

    Attributes:
        stamp: Identifies the state, see :func:`.manifest.stamp`.
        manifest: Its files.
        files: Their content.
        segments: Its segments.
        names: Names the numbers in ``table`` stand for.
        table: What is known of each document; shape (padded,).
        count: Living documents.
        written: Documents in the files, deleted ones included.
    """

    def __init__(
        self,
        origin: Origin,
        segments: Sequence[tuple[Segment, frozenset[int]]],
        names: Dictionaries,
    ) -> None:
        self.stamp, self.manifest, self.files = origin
        self.segments = [segment for segment, _ in segments]
        self.names = names
        sizes = [segment.size for segment in self.segments]
        self.bases = [sum(sizes[:i]) for i in range(len(sizes))]
        self.written = sum(sizes)
        self._padded = -(-self.written // BLOCK) * BLOCK
        self.table = self._joined()
        self._live = np.zeros(self._padded, np.bool_)
        for base, (segment, deleted) in zip(self.bases, segments, strict=True):
            self._live[base : base + segment.size] = True
            self._live[[base + number for number in deleted]] = False
        self.count = int(np.count_nonzero(self._live))
        self._counts, self._norm = self._measured()
        self._lock = Lock()
        self._most_bytes = max(BYTES_EACH * self._padded, FEWEST_BYTES)
        self._terms: dict[str, TermWeights | None] = {}
        self._bytes = 0
        self._scopes: dict[Scope, Floats] = {}

    def key(self, number: int) -> str:
        """Give the key of a document."""
        segment = bisect_right(self.bases, number) - 1
        return self.segments[segment].keys[number - self.bases[segment]]

    def number(self, key: str) -> int | None:
        """Find a living document by its key."""
        for base, segment in zip(self.bases, self.segments, strict=True):
            for number, found in enumerate(segment.keys, base):
                if found == key and self._live[number]:
                    return number
        return None

    def hashes(self) -> dict[str, str]:
        """Give key -> digest of every living document."""
        return {
            key: digest
            for base, segment in zip(self.bases, self.segments, strict=True)
            for number, (key, digest) in enumerate(
                zip(segment.keys, segment.hashes, strict=True), base
            )
            if self._live[number]
        }

    def scores(self, query: Query, scope: Scope) -> Floats:
        """Score all documents; 0 is no hit; shape (padded,)."""
        scores = np.zeros(self._padded, np.float32)
        for wanted in query.terms:
            term = self.term(wanted.term)
            if term is not None:
                term.add_to(scores, wanted.weight)
        if query.bigrams:
            counts = np.zeros(self._padded, np.float32)
            for pair in query.bigrams:
                term = self.term(pair)
                if term is not None:
                    term.count_in(counts)
            counts *= np.float32(COVERAGE / len(query.bigrams))
            counts += np.float32(1 - COVERAGE)
            scores *= counts
        for must in query.must:
            there = np.zeros(self._padded, np.float32)
            term = self.term(must)
            if term is not None:
                term.count_in(there)
            scores *= there
        scores *= self.factors(scope)
        return scores

    def factors(self, scope: Scope) -> Floats:
        """Give the factor of every document: 0 is hidden; shape (padded,)."""
        found = self._scopes.get(scope)
        if found is not None:
            return found
        found = self._visible(scope).astype(np.float32)
        for kind, boost in scope.boosts:
            for number in self.names.kinds.known(frozenset({kind})):
                found[self.table.kinds == number] *= np.float32(boost)
        with self._lock:
            if len(self._scopes) >= _MOST_SCOPES:
                self._scopes.pop(next(iter(self._scopes)))
            self._scopes[scope] = found
        return found

    def term(self, term: str) -> TermWeights | None:
        """Give what a term adds, None when no living document contains it."""
        try:
            return self._terms[term]
        except KeyError:
            pass
        found = self._weigh(term)
        with self._lock:
            if term in self._terms:
                return found
            self._bytes += found.bytes if found else ENTRY_BYTES
            if self._bytes > self._most_bytes:
                kept = list(self._terms.items())[len(self._terms) // 2 :]
                self._terms = dict(kept)
                self._bytes = sum(t.bytes if t else ENTRY_BYTES for _, t in kept)
            self._terms[term] = found
        return found

    def words(self, prefix: str, scope: Scope) -> dict[str, int]:
        """Give the terms that begin with something -> documents in the scope."""
        visible = self.factors(scope) > 0
        words = {word for segment in self.segments for word in segment.words(prefix)}
        known = ((word, self.term(word)) for word in sorted(words))
        counts = {word: term.count(visible) for word, term in known if term}
        return {word: count for word, count in counts.items() if count}

    def _visible(self, scope: Scope) -> Mask:
        table = self.table
        visible: Mask = self._live & ((table.audience & scope.audience) != 0)
        if scope.on is not None:
            visible &= (table.valid_from <= scope.on) & (scope.on < table.valid_to)
        for names, column, wanted in (
            (self.names.kinds, table.kinds, scope.kinds),
            (self.names.lines, table.lines, scope.lines),
        ):
            if wanted is not None:
                visible &= _is_one_of(column, names, wanted)
        return visible

    def _measured(self) -> tuple[tuple[int, ...], Floats]:
        """Give the living documents of each collection, and the norm of each length."""
        lengths, counts = self.table.lengths, []
        norm = np.ones(self._padded, np.float32)
        for collection in range(len(self.names.collections)):
            own = self._live & (self.table.collections == collection)
            counts.append(int(np.count_nonzero(own)))
            average = float(lengths[own].sum(dtype=np.float64)) / max(counts[-1], 1)
            usual = np.float32(average or 1)
            norm[own] = np.float32(K1) * (1 - B + B * lengths[own] / usual)
        return tuple(counts), norm

    def _weigh(self, term: str) -> TermWeights | None:
        found = [segment.postings(term) for segment in self.segments]
        if not any(len(postings.ids) for postings in found):
            return None
        ids = np.concatenate(
            [p.ids + np.int32(base) for base, p in zip(self.bases, found, strict=True)]
        )
        counts = np.concatenate([p.counts for p in found]).astype(np.float32)
        living = self._live[ids]
        if not living.all():
            ids, counts = ids[living], counts[living]
        if not len(ids):
            return None
        homes = self.table.collections[ids]
        frequencies = np.bincount(homes, minlength=len(self._counts)).tolist()
        idfs = tuple(
            log(count / (frequency + 1)) + 1 if frequency else 0.0
            for count, frequency in zip(self._counts, frequencies, strict=True)
        )
        factors = np.array([(K1 + 1) * idf for idf in idfs], np.float32)[homes]
        weights = counts * factors / (counts + self._norm[ids])
        if len(ids) * DENSE <= self.count:
            return TermWeights(tuple(frequencies), idfs, weights, ids)
        column = np.zeros(self._padded, np.float32)
        column[ids] = weights
        return TermWeights(tuple(frequencies), idfs, column, None)

    def _joined(self) -> Table:
        tables = [segment.table for segment in self.segments]
        return Table(
            valid_from=self._column([t.valid_from for t in tables], np.int32),
            valid_to=self._column([t.valid_to for t in tables], np.int32),
            audience=self._column([t.audience for t in tables], np.int64),
            groups=self._column([t.groups for t in tables], np.int32),
            kinds=self._column([t.kinds for t in tables], np.int32),
            lines=self._column([t.lines for t in tables], np.int32),
            collections=self._column([t.collections for t in tables], np.int32),
            lengths=self._column([t.lengths for t in tables], np.float32),
        )

    def _column(self, parts: Sequence[NDArray[N]], kind: type[N]) -> NDArray[N]:
        column = np.zeros(self._padded, kind)
        for base, part in zip(self.bases, parts, strict=True):
            column[base : base + len(part)] = part
        return column


def _is_one_of(column: Ids, names: Names, wanted: frozenset[str]) -> Mask:
    return np.isin(column, names.known(wanted))
