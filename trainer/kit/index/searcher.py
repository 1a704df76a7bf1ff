"""Reading the index: one shared searcher in each process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np

from trainer.kit.index import manifest as manifests
from trainer.kit.index.loading import load
from trainer.kit.index.postings import Floats
from trainer.kit.index.query import Query
from trainer.kit.index.query import Scope
from trainer.kit.index.snapshot import BLOCK
from trainer.kit.index.snapshot import COVERAGE
from trainer.kit.index.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found; ``score`` is above 0 and compares within one search."""

    key: str
    group: str
    kind: str
    line: str
    valid_from: int
    valid_to: int
    audience: int
    score: float


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found.

    Attributes:
        best: Best first; equal scores by key.
        total: Documents that match, within the scope.
        groups: Different groups among them.
        generation: Last change of the database that was searched.
    """

    best: tuple[Hit, ...]
    total: int
    groups: int
    generation: int


@dataclass(frozen=True, slots=True)
class Part:
    """What one term of the question contributes; ``score`` 0 is not contained.

    ``frequency`` and ``idf`` are those in the collection of the document.
    """

    term: str
    weight: float
    frequency: int
    idf: float
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a document has its score: sum of parts, times coverage, times factor.

    Attributes:
        parts: One for each term of the question, in its order.
        contained: Share of the bigrams of the question that it contains.
        coverage: What that makes of the score, from 0.7 to 1.
        factor: Of its kind; 0 is out of scope or without a word that must be there.
        score: The score, as in :class:`Hit`.
    """

    parts: tuple[Part, ...]
    contained: float
    coverage: float
    factor: float
    score: float


class Searcher:
    """Searches the newest state; safe for threads, meant to be shared.

    Each search looks at one directory entry and, when a commit has happened, reads
    what is new; other threads go on with the state before. All methods raise
    :class:`.IndexBrokenError` when there is nothing that can be read.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = Lock()
        self._snapshot: Snapshot | None = None

    @property
    def generation(self) -> int:
        """Last change of the database that can be found."""
        return self._newest().manifest.generation

    @property
    def count(self) -> int:
        """Documents in the index."""
        return self._newest().count

    @property
    def waste(self) -> float:
        """Share of deleted documents in the files, 0 to 1; above 0.3 rebuild."""
        snapshot = self._newest()
        return (snapshot.written - snapshot.count) / max(snapshot.written, 1)

    def search(
        self, query: Query, scope: Scope, *, limit: int = 10, per_group: int = 0
    ) -> Hits:
        """Find the best documents.

        Args:
            query: What to find.
            scope: Where to look.
            limit: Hits at most, at least 1.
            per_group: Hits of one group at most; 0 is as many as there are.
        """
        snapshot = self._newest()
        scores = snapshot.scores(query, scope)
        found = np.flatnonzero(scores)
        groups = np.zeros(len(snapshot.names.groups), np.bool_)
        groups[snapshot.table.groups[found]] = True
        best = _best(snapshot, scores, limit, per_group)
        return Hits(
            tuple(_hit(snapshot, number, scores) for number in best),
            len(found),
            int(np.count_nonzero(groups)),
            snapshot.manifest.generation,
        )

    def explain(self, key: str, query: Query, scope: Scope) -> Explanation | None:
        """Take the score of one document apart; None when it is not in the index."""
        snapshot = self._newest()
        number = snapshot.number(key)
        return None if number is None else _explain(snapshot, number, query, scope)

    def keys(self) -> dict[str, str]:
        """Give key -> digest of every document, to compare with the database."""
        return self._newest().hashes()

    def words(self, prefix: str, scope: Scope, limit: int = 10) -> list[str]:
        """Complete a half-typed word of Latin letters or digits, frequent ones first.

        Args:
            prefix: Normalised, not empty.
            scope: Only words of documents in it are given.
            limit: Words at most.
        """
        counts = self._newest().words(prefix, scope)
        return sorted(counts, key=lambda word: (-counts[word], word))[:limit]

    def _newest(self) -> Snapshot:
        stamp = manifests.stamp(self._root)
        snapshot = self._snapshot
        if snapshot is not None and snapshot.stamp == stamp:
            return snapshot
        if not self._lock.acquire(blocking=snapshot is None) and snapshot is not None:
            return snapshot
        try:
            if self._snapshot is None or self._snapshot.stamp != stamp:
                self._snapshot = load(self._root, self._snapshot)
            return self._snapshot
        finally:
            self._lock.release()


def _best(snapshot: Snapshot, scores: Floats, limit: int, per_group: int) -> list[int]:
    if not per_group:
        return _top(snapshot, scores, limit)
    wanted = limit * 2
    while True:
        top = _top(snapshot, scores, wanted)
        taken: dict[int, int] = {}
        best: list[int] = []
        for number in top:
            group = int(snapshot.table.groups[number])
            taken[group] = taken.get(group, 0) + 1
            if taken[group] <= per_group:
                best.append(number)
        if len(best) >= limit or len(top) < wanted:
            return best[:limit]
        wanted *= 4


def _top(snapshot: Snapshot, scores: Floats, limit: int) -> list[int]:
    """Give the numbers of the best documents in order.

    The best k documents lie in the k blocks with the best maxima, so only those
    are looked at.
    """
    blocks = scores.reshape(-1, BLOCK).max(axis=1)
    if len(blocks) > limit:
        least = np.partition(blocks, -limit)[-limit]
        places = np.flatnonzero((blocks >= least) & (blocks > 0))
        numbers = (places[:, None] * BLOCK + np.arange(BLOCK)).ravel()
    else:
        numbers = np.arange(len(scores))
    found = scores[numbers]
    if len(numbers) > limit:
        least = np.partition(found, -limit)[-limit]
        keep = (found >= least) & (found > 0)
    else:
        keep = found > 0
    ranked = [(-float(scores[i]), snapshot.key(i), i) for i in numbers[keep].tolist()]
    ranked.sort()
    return [number for _, _, number in ranked[:limit]]


def _hit(snapshot: Snapshot, number: int, scores: Floats) -> Hit:
    table, names = snapshot.table, snapshot.names
    return Hit(
        snapshot.key(number),
        names.groups.names[int(table.groups[number])],
        names.kinds.names[int(table.kinds[number])],
        names.lines.names[int(table.lines[number])],
        int(table.valid_from[number]),
        int(table.valid_to[number]),
        int(table.audience[number]),
        float(scores[number]),
    )


def _explain(
    snapshot: Snapshot, number: int, query: Query, scope: Scope
) -> Explanation:
    parts = []
    home = int(snapshot.table.collections[number])
    for wanted in query.terms:
        term, weight = snapshot.term(wanted.term), wanted.weight
        parts.append(
            Part(
                wanted.term,
                weight,
                term.frequencies[home],
                term.idfs[home],
                term.at(number) * weight,
            )
            if term
            else Part(wanted.term, weight, 0, 0.0, 0.0)
        )

    def contains(name: str) -> bool:
        term = snapshot.term(name)
        return term is not None and term.at(number) > 0

    contained = coverage = 1.0
    if query.bigrams:
        contained = sum(map(contains, query.bigrams)) / len(query.bigrams)
        coverage = 1 - COVERAGE + COVERAGE * contained
    factor = float(snapshot.factors(scope)[number])
    factor *= all(map(contains, query.must))
    score = sum(part.score for part in parts) * coverage * factor
    return Explanation(tuple(parts), contained, coverage, factor, score)
