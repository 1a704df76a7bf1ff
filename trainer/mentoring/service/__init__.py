"""Use cases of mentoring: the log, notes, plans and phases, choosing a mentor.

Each function takes the caller's session and never commits; see
:func:`trainer.kit.db.writing`.
"""

from __future__ import annotations

from trainer.mentoring.service.cases import enter_case
from trainer.mentoring.service.cases import sign
from trainer.mentoring.service.cases import take_back
from trainer.mentoring.service.cases import withdraw_case
from trainer.mentoring.service.notes import answer
from trainer.mentoring.service.notes import write
from trainer.mentoring.service.planning import choose_mentor
from trainer.mentoring.service.planning import note_export
from trainer.mentoring.service.planning import put_into
from trainer.mentoring.service.planning import save_plan

__all__ = [
    "answer",
    "choose_mentor",
    "enter_case",
    "note_export",
    "put_into",
    "save_plan",
    "sign",
    "take_back",
    "withdraw_case",
    "write",
]
