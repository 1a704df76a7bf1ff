"""Use cases of quizzes.

Each function takes the caller's session and never commits; see
:func:`trainer.kit.db.writing`.
"""

from __future__ import annotations

from trainer.quizzes.service.answering import go_to
from trainer.quizzes.service.answering import save
from trainer.quizzes.service.answering import save_all
from trainer.quizzes.service.answering import show
from trainer.quizzes.service.beginning import begin
from trainer.quizzes.service.beginning import begin_practice
from trainer.quizzes.service.closing import Sweeper
from trainer.quizzes.service.closing import abandon
from trainer.quizzes.service.closing import close_overdue
from trainer.quizzes.service.closing import submit
from trainer.quizzes.service.placing import begin_placement
from trainer.quizzes.service.placing import go_on
from trainer.quizzes.service.previewing import preview
from trainer.quizzes.service.texts import OWN
from trainer.quizzes.service.texts import prepare

__all__ = [
    "OWN",
    "Sweeper",
    "abandon",
    "begin",
    "begin_placement",
    "begin_practice",
    "close_overdue",
    "go_on",
    "go_to",
    "prepare",
    "preview",
    "save",
    "save_all",
    "show",
    "submit",
]
