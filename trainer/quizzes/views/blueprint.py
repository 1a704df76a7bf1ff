"""The blueprint of quizzes."""

from __future__ import annotations

import secrets

from flask import Blueprint

bp = Blueprint("quizzes", __name__, url_prefix="/quizzes")

DICE = secrets.randbelow
"""Chance: what is drawn cannot be foretold."""
