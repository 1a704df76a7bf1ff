"""The indexer: one thread of one process of a node keeps the index up to date.

Whoever holds the file lock writes; the others try again now and then, so when
the writer dies another takes over. A crash at any point is a replay.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from trainer.core.errors import TrainerError
from trainer.kit import db
from trainer.kit.beside import Beside
from trainer.kit.index import IndexBrokenError
from trainer.kit.index import Searcher
from trainer.kit.index import Store
from trainer.kit.index.outbox import last_generation
from trainer.search.queries.vocabulary import vocabulary_of
from trainer.search.service.indexing import catch_up
from trainer.search.service.indexing import differences
from trainer.search.service.indexing import rebuild

LOG = logging.getLogger("trainer.search")

EVERY = 0.1
"""Seconds between two looks at the outbox."""

OWN_WRITE = 1.0
"""Seconds a person who has published waits at most for it to be found."""

LOOK = 0.02
"""Seconds between two looks while somebody waits."""

QUIET = 2.0
"""Seconds without a publication after which the new words are learned."""


class Indexer(Beside):
    """Runs from ``with`` to its end.

    Besides writing, it reads what each new state of the index has to teach (the
    words a question is understood by), so that no clerk waits for that.
    """

    def __init__(self, engine: Engine, index: Path, searcher: Searcher) -> None:
        super().__init__("indexer", patience=30)
        self._engine = engine
        self._store = Store(index)
        self._searcher = searcher
        self._proven = False
        self._learned = self._seen = -1
        self._seen_at = 0.0

    def has_caught_up(self, patience: float = OWN_WRITE) -> bool:
        """Tell whether what was published before this call can be found.

        Args:
            patience: Seconds to wait for it.
        """
        with db.reading(self._engine) as session:
            wanted = last_generation(session)
        end = time.monotonic() + patience
        with suppress(IndexBrokenError):
            while self._searcher.generation < wanted and time.monotonic() < end:
                time.sleep(LOOK)
            return self._searcher.generation >= wanted
        return False

    def _run(self) -> None:
        while not self._stopped.wait(EVERY):
            try:
                if self._store.lock.try_acquire():
                    self._bring_up()
                self._learn()
            except (TrainerError, SQLAlchemyError) as error:
                LOG.warning("index not brought up, will try again: %s", error)

    def _ended(self) -> None:
        self._store.lock.release()

    def _bring_up(self) -> None:
        """Apply what changed; an index that is missing, broken or wrong is rebuilt."""
        with db.reading(self._engine) as session:
            try:
                catch_up(session, self._store)
                wrong = self._wrong(session)
            except IndexBrokenError as error:
                wrong = error.message
            if wrong:
                LOG.warning("rebuilding the index: %s", wrong)
                rebuild(session, self._store)
        self._proven = True

    def _learn(self) -> None:
        """Read the vocabulary of a state, once publications have come to a rest."""
        generation = self._searcher.generation
        if generation != self._seen:
            self._seen, self._seen_at = generation, time.monotonic()
        rests = time.monotonic() - self._seen_at >= QUIET
        if generation != self._learned and (rests or self._learned < 0):
            with db.reading(self._engine) as session:
                vocabulary_of(session, self._searcher)
            self._learned = generation

    def _wrong(self, session: Session) -> str:
        """Compare the index with the database, once in the life of a process."""
        if self._proven or not differences(session, self._searcher.keys()):
            return ""
        return "it differs from the database"
