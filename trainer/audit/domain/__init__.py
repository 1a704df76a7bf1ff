"""Entries of the audit, the chain that seals them, and how it is proved; pure.

Terms:
    entry: one act, as the use case that did it tells it.
    sealed: an entry as it is kept, with its number, its origin and its hash.
    chain: each sealed entry carries the hash of the one before.
    anchor: the last number and hash, kept beside the database.
    archive: a file with the oldest entries, which have left the database.
"""

from __future__ import annotations

from trainer.audit.domain.entry import Entry
from trainer.audit.domain.entry import digest

__all__ = ["Entry", "digest"]
