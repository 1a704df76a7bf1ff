"""Who has published waits a moment for it to be found, and is told if it is not."""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import Engine

from tests.factories import make_approved
from trainer.kit import db
from trainer.kit.index import Searcher
from trainer.kit.index import Store
from trainer.search import service

LONG = 30.0
"""Seconds within which any machine has indexed one article."""


def empty_index(engine: Engine, index: Path) -> Searcher:
    with db.reading(engine) as session:
        service.rebuild(session, Store(index))
    return Searcher(index)


def test_what_was_published_before_asking_is_found_after_waiting(
    engine: Engine, index: Path
) -> None:
    searcher = empty_index(engine, index)
    with service.Indexer(engine, index, searcher) as indexer:
        with db.writing(engine) as session:
            make_approved(session)
        assert indexer.has_caught_up(LONG)
    assert searcher.count > 0


def test_waiting_ends_when_nobody_writes_the_index(engine: Engine, index: Path) -> None:
    searcher = empty_index(engine, index)
    other = Store(index).lock
    assert other.try_acquire()
    with service.Indexer(engine, index, searcher) as indexer:
        with db.writing(engine) as session:
            make_approved(session)
        start = time.monotonic()
        assert not indexer.has_caught_up(0.1)
        assert time.monotonic() - start >= 0.1
    other.release()


def test_an_index_that_cannot_be_read_is_not_waited_for(
    engine: Engine, index: Path
) -> None:
    indexer = service.Indexer(engine, index, Searcher(index))
    assert not indexer.has_caught_up(LONG)
