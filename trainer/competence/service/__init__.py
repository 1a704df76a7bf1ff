"""Use cases of competence.

Each function takes the caller's session and never commits; see
:func:`trainer.kit.db.writing`.
"""

from __future__ import annotations

from trainer.competence.service.authorising import ChangedMeanwhileError
from trainer.competence.service.authorising import Decision
from trainer.competence.service.authorising import decide
from trainer.competence.service.authorising import note_rule
from trainer.competence.service.keeping import KEEPER
from trainer.competence.service.keeping import calibrate
from trainer.competence.service.keeping import rebuild

__all__ = [
    "KEEPER",
    "ChangedMeanwhileError",
    "Decision",
    "calibrate",
    "decide",
    "note_rule",
    "rebuild",
]
