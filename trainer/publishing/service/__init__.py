"""Use cases of publishing: everything that writes a revision.

Each function takes the caller's session and never commits; see
:func:`trainer.kit.db.writing`. Texts arrive parsed, see
:class:`~trainer.publishing.domain.manuscript.Manuscript`.
"""

from __future__ import annotations

from trainer.publishing.domain.manuscript import Prepared
from trainer.publishing.service.approval import approve
from trainer.publishing.service.approval import approve_all
from trainer.publishing.service.approval import changes_of
from trainer.publishing.service.approval import withdraw
from trainer.publishing.service.confirming import confirm_reference
from trainer.publishing.service.confirming import confirm_text
from trainer.publishing.service.drafting import EditedMeanwhileError
from trainer.publishing.service.drafting import begin
from trainer.publishing.service.drafting import create_draft
from trainer.publishing.service.drafting import discard
from trainer.publishing.service.drafting import restore
from trainer.publishing.service.drafting import save_draft
from trainer.publishing.service.drafting import send_back
from trainer.publishing.service.drafting import submit

__all__ = [
    "EditedMeanwhileError",
    "Prepared",
    "approve",
    "approve_all",
    "begin",
    "changes_of",
    "confirm_reference",
    "confirm_text",
    "create_draft",
    "discard",
    "restore",
    "save_draft",
    "send_back",
    "submit",
    "withdraw",
]
