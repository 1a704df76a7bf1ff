"""The blueprint of questions in and out."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("exchange", __name__, url_prefix="/banks/exchange")
