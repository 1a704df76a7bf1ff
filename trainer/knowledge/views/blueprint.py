"""The blueprints of articles: everybody's pages, and the desk of those who write."""

from __future__ import annotations

from flask import Blueprint

from trainer.core.actor import Permission
from trainer.kit.web import current

bp = Blueprint("knowledge", __name__, url_prefix="/articles")
desk = Blueprint("desk", __name__, url_prefix="/desk")


@desk.before_request
def _staff_only() -> None:
    """Ask before anything else, so that a new page cannot forget to."""
    actor = current.actor()
    if not actor.sees_drafts:
        actor.must(Permission.EDIT)
