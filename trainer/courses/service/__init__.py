"""Use cases of learning together, of read duties and of courses.

Each function takes the caller's session and never commits; see
:func:`trainer.kit.db.writing`.
"""

from __future__ import annotations

from trainer.courses.service.duties import begin_questions
from trainer.courses.service.duties import make_rule
from trainer.courses.service.duties import save_rule
from trainer.courses.service.duties import sign
from trainer.courses.service.learning import begin_step_questions
from trainer.courses.service.learning import read_step
from trainer.courses.service.learning import sign_sessions
from trainer.courses.service.learning import take_back_signature
from trainer.courses.service.meetings import change
from trainer.courses.service.meetings import prepare
from trainer.courses.service.meetings import record_attendance
from trainer.courses.service.texts import OWN
from trainer.courses.service.texts import prepare as prepare_course

__all__ = [
    "OWN",
    "begin_questions",
    "begin_step_questions",
    "change",
    "make_rule",
    "prepare",
    "prepare_course",
    "read_step",
    "record_attendance",
    "save_rule",
    "sign",
    "sign_sessions",
    "take_back_signature",
]
