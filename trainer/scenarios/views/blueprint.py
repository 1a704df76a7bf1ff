"""The blueprints of scenarios: playing them, and the desk of those who write them."""

from __future__ import annotations

import secrets

from flask import Blueprint

from trainer.core.actor import Permission
from trainer.kit.web import current

bp = Blueprint("scenarios", __name__, url_prefix="/scenarios")
scripts = Blueprint("scripts", __name__, url_prefix="/scripts")

DICE = secrets.randbelow
"""Chance: which case is drawn cannot be foretold."""


@scripts.before_request
def _staff_only() -> None:
    """Ask before anything else, so that a new page cannot forget to."""
    actor = current.actor()
    if not actor.sees_drafts:
        actor.must(Permission.EDIT)
