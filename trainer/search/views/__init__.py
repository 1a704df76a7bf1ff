"""Pages of search: one blueprint, two modules of views."""

from __future__ import annotations

from flask import Blueprint

from trainer.search.views import browsing
from trainer.search.views import outcomes
from trainer.search.views import searching

bp = Blueprint("search", __name__)
browsing.install(bp)
searching.install(bp)
outcomes.install(bp)

__all__ = ["bp"]
