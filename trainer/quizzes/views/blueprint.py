"""The blueprints of quizzes: taking them, and the banks for those who write."""

from __future__ import annotations

import secrets

from flask import Blueprint

from trainer.core.actor import Permission
from trainer.kit.web import current

bp = Blueprint("quizzes", __name__, url_prefix="/quizzes")
bank_desk = Blueprint("banks", __name__, url_prefix="/banks")

DICE = secrets.randbelow
"""Chance: what is drawn cannot be foretold."""


@bank_desk.before_request
def _staff_only() -> None:
    """Ask before anything else, so that a new page cannot forget to."""
    actor = current.actor()
    if not actor.sees_drafts:
        actor.must(Permission.EDIT)
