"""The blueprints of people: everybody's pages, and the administrator's below them."""

from __future__ import annotations

from flask import Blueprint

from trainer.core.actor import Permission
from trainer.kit.web import current

bp = Blueprint("people", __name__, url_prefix="/people")
accounts = Blueprint("accounts", __name__, url_prefix="/accounts")
places = Blueprint("places", __name__, url_prefix="/places")
secondments = Blueprint("secondments", __name__, url_prefix="/secondments")
tokens = Blueprint("tokens", __name__, url_prefix="/tokens")


@tokens.before_request
@accounts.before_request
@places.before_request
@secondments.before_request
def administrators_only() -> None:
    """Ask before anything else, so that a new page cannot forget to."""
    current.actor().must(Permission.ADMINISTER)
