"""The blueprint of risk tips, beside the pages of the lists themselves."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("tips", __name__, url_prefix="/checklists")
