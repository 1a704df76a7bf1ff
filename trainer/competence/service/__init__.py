"""Use cases of competence, and files of answers in and out.

Each use case takes the caller's session and never commits; see
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
from trainer.competence.service.logs import COLUMNS
from trainer.competence.service.logs import Columns
from trainer.competence.service.logs import Log
from trainer.competence.service.logs import LogError
from trainer.competence.service.logs import read_log
from trainer.competence.service.logs import write_world

__all__ = [
    "COLUMNS",
    "KEEPER",
    "ChangedMeanwhileError",
    "Columns",
    "Decision",
    "Log",
    "LogError",
    "calibrate",
    "decide",
    "note_rule",
    "read_log",
    "rebuild",
    "write_world",
]
