"""Full-text index: Whoosh keeps the files, NumPy does the scoring.

Knows :class:`IndexDocument`, and no feature. One process of a node writes through
:class:`Store`, every process reads through its :class:`Searcher`. The index is a
cache of the database: when it breaks, build it again.
"""

from __future__ import annotations

from trainer.kit.index.analysis import bigrams
from trainer.kit.index.analysis import normalise
from trainer.kit.index.analysis import tokens
from trainer.kit.index.document import OPEN_END
from trainer.kit.index.document import IndexDocument
from trainer.kit.index.errors import IndexBrokenError
from trainer.kit.index.errors import IndexLockedError
from trainer.kit.index.errors import IndexWriteError
from trainer.kit.index.lock import WriterLock
from trainer.kit.index.query import Query
from trainer.kit.index.query import Scope
from trainer.kit.index.query import Weighted
from trainer.kit.index.searcher import Explanation
from trainer.kit.index.searcher import Hit
from trainer.kit.index.searcher import Hits
from trainer.kit.index.searcher import Part
from trainer.kit.index.searcher import Searcher
from trainer.kit.index.store import Store

__all__ = [
    "OPEN_END",
    "Explanation",
    "Hit",
    "Hits",
    "IndexBrokenError",
    "IndexDocument",
    "IndexLockedError",
    "IndexWriteError",
    "Part",
    "Query",
    "Scope",
    "Searcher",
    "Store",
    "Weighted",
    "WriterLock",
    "bigrams",
    "normalise",
    "tokens",
]
