"""Where the pages of meetings hang."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint
from werkzeug.wrappers import Response

bp = Blueprint("meetings", __name__, url_prefix="/meetings")

MEETING = "/<int:key>"

Answer = Response | str | tuple[str, HTTPStatus]
