"""Use cases of checklists.

Each function takes the caller's session and never commits; see
:func:`trainer.kit.db.writing`.
"""

from __future__ import annotations

from trainer.checklists.service.texts import prepare

__all__ = ["prepare"]
