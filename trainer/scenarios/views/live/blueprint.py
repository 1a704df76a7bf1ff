"""Where the pages of plays by two hang."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint
from werkzeug.wrappers import Response

bp = Blueprint("live", __name__, url_prefix="/live")

PLAY = "/<int:key>"

Answer = Response | str | tuple[str, HTTPStatus]
