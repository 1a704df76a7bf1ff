"""Reads of the audit.

What a page shows asks for the auditor's permission; the rest is for the command
line, and for the service that continues the chain.
"""

from __future__ import annotations

from trainer.audit.queries.directory import Directory
from trainer.audit.queries.entries import archive_act
from trainer.audit.queries.entries import archived_to
from trainer.audit.queries.entries import entries
from trainer.audit.queries.entries import has_looked
from trainer.audit.queries.entries import head
from trainer.audit.queries.entries import head_of_archive
from trainer.audit.queries.entries import last_before
from trainer.audit.queries.entries import sealed_after
from trainer.audit.queries.entries import sealed_at
from trainer.audit.queries.entries import span
from trainer.audit.queries.entries import waiting
from trainer.audit.queries.listing import Shown
from trainer.audit.queries.listing import entry
from trainer.audit.queries.listing import listed

__all__ = [
    "Directory",
    "Shown",
    "archive_act",
    "archived_to",
    "entries",
    "entry",
    "has_looked",
    "head",
    "head_of_archive",
    "last_before",
    "listed",
    "sealed_after",
    "sealed_at",
    "span",
    "waiting",
]
