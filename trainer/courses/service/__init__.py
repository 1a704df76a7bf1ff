"""Use cases of learning together and of read duties.

Each function takes the caller's session and never commits; see
:func:`trainer.kit.db.writing`.
"""

from __future__ import annotations

from trainer.courses.service.duties import begin_questions
from trainer.courses.service.duties import make_rule
from trainer.courses.service.duties import save_rule
from trainer.courses.service.duties import sign
from trainer.courses.service.meetings import change
from trainer.courses.service.meetings import prepare
from trainer.courses.service.meetings import record_attendance

__all__ = [
    "begin_questions",
    "change",
    "make_rule",
    "prepare",
    "record_attendance",
    "save_rule",
    "sign",
]
