"""Use cases of checklists.

Each function takes the caller's session and never commits; see
:func:`trainer.kit.db.writing`.
"""

from __future__ import annotations

from trainer.checklists.service.exporting import note_export
from trainer.checklists.service.previewing import preview
from trainer.checklists.service.showings import forget_clerks
from trainer.checklists.service.showings import note_outcomes
from trainer.checklists.service.texts import OWN
from trainer.checklists.service.texts import prepare

__all__ = [
    "OWN",
    "forget_clerks",
    "note_export",
    "note_outcomes",
    "prepare",
    "preview",
]
