"""Use cases of the audit: record an act or a look, keep, prove and archive."""

from __future__ import annotations

from trainer.audit.service.anchoring import ANCHOR_FILE
from trainer.audit.service.anchoring import AnchorKeeper
from trainer.audit.service.anchoring import keep_anchor
from trainer.audit.service.anchoring import read_anchor
from trainer.audit.service.anchoring import reset_anchor
from trainer.audit.service.archiving import end_of_archive
from trainer.audit.service.archiving import remove_archived
from trainer.audit.service.archiving import seal_archive
from trainer.audit.service.archiving import write_archive
from trainer.audit.service.proving import entries_in
from trainer.audit.service.proving import prove
from trainer.audit.service.proving import prove_archive
from trainer.audit.service.recording import exported
from trainer.audit.service.recording import looked
from trainer.audit.service.recording import record

__all__ = [
    "ANCHOR_FILE",
    "AnchorKeeper",
    "end_of_archive",
    "entries_in",
    "exported",
    "keep_anchor",
    "looked",
    "prove",
    "prove_archive",
    "read_anchor",
    "record",
    "remove_archived",
    "reset_anchor",
    "seal_archive",
    "write_archive",
]
