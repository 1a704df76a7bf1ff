"""Use cases of search: keeping the index equal to the database."""

from __future__ import annotations

from trainer.search.service.indexer import Indexer
from trainer.search.service.indexing import catch_up
from trainer.search.service.indexing import differences
from trainer.search.service.indexing import rebuild

__all__ = ["Indexer", "catch_up", "differences", "rebuild"]
