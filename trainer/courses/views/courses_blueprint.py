"""Where the pages of courses hang."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint
from werkzeug.wrappers import Response

bp = Blueprint("courses", __name__, url_prefix="/courses")

Answer = Response | str | tuple[str, HTTPStatus]
