"""Reads of search."""

from __future__ import annotations

from trainer.search.queries.explaining import Contribution
from trainer.search.queries.explaining import Explained
from trainer.search.queries.explaining import explain
from trainer.search.queries.finding import PATIENCE
from trainer.search.queries.finding import search
from trainer.search.queries.items import items_beside
from trainer.search.queries.log import own_data
from trainer.search.queries.log import unanswered
from trainer.search.queries.related import related
from trainer.search.queries.shelves import shelves

__all__ = [
    "PATIENCE",
    "Contribution",
    "Explained",
    "explain",
    "items_beside",
    "own_data",
    "related",
    "search",
    "shelves",
    "unanswered",
]
