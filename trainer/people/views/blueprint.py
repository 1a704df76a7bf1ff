"""The blueprints of people: everybody's pages, and the administrator's below them."""

from __future__ import annotations

from flask import Blueprint

from trainer.core.actor import Permission
from trainer.kit.web import current

bp = Blueprint("people", __name__, url_prefix="/people")
accounts = Blueprint("accounts", __name__, url_prefix="/accounts")


@accounts.before_request
def _administrators_only() -> None:
    """Ask before anything else, so that a new page cannot forget to."""
    current.actor().must(Permission.ADMINISTER)
