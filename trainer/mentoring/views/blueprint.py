"""The blueprint that every page of mentoring hangs on."""

from __future__ import annotations

from flask import Blueprint

from trainer.core.wording import N_
from trainer.kit.web import current

bp = Blueprint("mentoring", __name__, url_prefix="/mentoring")


@bp.before_request
def _must_be_somebody() -> None:
    """Ask before anything else, so that a new page cannot forget to."""
    current.actor().must_be_somebody(N_("登录后才能看带教"))
