"""Use cases of competence, and files of answers in and out.

Each use case takes the caller's session and never commits; see
:func:`trainer.kit.db.writing`.
"""

from __future__ import annotations

from trainer.competence.domain.authorising import Decision
from trainer.competence.domain.keeping import KEEPER
from trainer.competence.service.authorising import ChangedMeanwhileError
from trainer.competence.service.authorising import decide
from trainer.competence.service.authorising import note_rule
from trainer.competence.service.keeping import calibrate
from trainer.competence.service.keeping import rebuild
from trainer.competence.service.logs import COLUMNS
from trainer.competence.service.logs import Columns
from trainer.competence.service.logs import Log
from trainer.competence.service.logs import LogError
from trainer.competence.service.logs import read_log
from trainer.competence.service.logs import write_world
from trainer.competence.service.overseeing import note_export
from trainer.competence.service.returning import Preview
from trainer.competence.service.returning import look
from trainer.competence.service.returning import take_in
from trainer.competence.service.returning import template
from trainer.competence.service.sweeping import Sweeper
from trainer.competence.service.witnessing import enter
from trainer.competence.service.witnessing import enter_all
from trainer.competence.service.witnessing import take_back
from trainer.competence.service.witnessing import take_back_batch

__all__ = [
    "COLUMNS",
    "KEEPER",
    "ChangedMeanwhileError",
    "Columns",
    "Decision",
    "Log",
    "LogError",
    "Preview",
    "Sweeper",
    "calibrate",
    "decide",
    "enter",
    "enter_all",
    "look",
    "note_export",
    "note_rule",
    "read_log",
    "rebuild",
    "take_back",
    "take_back_batch",
    "take_in",
    "template",
    "write_world",
]
