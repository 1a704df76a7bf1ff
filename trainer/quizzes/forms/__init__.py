"""What is typed into pages of quizzes, as commands."""

from __future__ import annotations

from trainer.quizzes.forms.answers import Typed
from trainer.quizzes.forms.answers import as_save
from trainer.quizzes.forms.answers import saves_of
from trainer.quizzes.forms.answers import told_of
from trainer.quizzes.forms.answers import whole

__all__ = ["Typed", "as_save", "saves_of", "told_of", "whole"]
