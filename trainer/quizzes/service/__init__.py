"""Use cases of quizzes.

Each function takes the caller's session and never commits; see
:func:`trainer.kit.db.writing`.
"""

from __future__ import annotations

from trainer.quizzes.service.texts import is_quiz_text
from trainer.quizzes.service.texts import prepare

__all__ = ["is_quiz_text", "prepare"]
