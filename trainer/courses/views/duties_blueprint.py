"""Where the pages of read duties hang."""

from __future__ import annotations

from collections.abc import Collection

from flask import Blueprint
from flask import current_app

bp = Blueprint("duties", __name__, url_prefix="/duties")


def article_kinds() -> Collection[str]:
    """Give the kinds of texts that people read: only these oblige."""
    kinds = current_app.extensions["text_kinds"]
    return [code for code, kind in kinds.items() if kind.is_article]
