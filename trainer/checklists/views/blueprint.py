"""The blueprint of checklists."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("checklists", __name__, url_prefix="/checklists")
