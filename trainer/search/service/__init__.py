"""Use cases of search: keeping the index equal to the database, and the log."""

from __future__ import annotations

from trainer.search.service.indexer import Indexer
from trainer.search.service.indexing import catch_up
from trainer.search.service.indexing import differences
from trainer.search.service.indexing import rebuild
from trainer.search.service.log import conclude
from trainer.search.service.log import follow_up
from trainer.search.service.log import forget_searches
from trainer.search.service.log import keep_search
from trainer.search.service.logbook import Logbook
from trainer.search.service.logbook import Note

__all__ = [
    "Indexer",
    "Logbook",
    "Note",
    "catch_up",
    "conclude",
    "differences",
    "follow_up",
    "forget_searches",
    "keep_search",
    "rebuild",
]
