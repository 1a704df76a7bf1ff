"""What the routes for programs share: where they live, what they need, how they answer.

A route under :data:`PREFIX` says with :func:`needs` which scope it asks for; whoever
lets callers in (``people``) reads that with :func:`scope_of`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Mapping
from http import HTTPStatus
from typing import TypeVar

from flask import Response
from flask import current_app
from flask import request

PREFIX = "/api/v1/"
"""Everything below is for programs: no session, no form token, JSON only."""

View = TypeVar("View", bound=Callable[..., object])

_SCOPES: dict[Callable[..., object], str] = {}


def needs(scope: str) -> Callable[[View], View]:
    """Say which scope a route asks for; one that says nothing lets nobody in."""

    def said(view: View) -> View:
        _SCOPES[view] = scope
        return view

    return said


def scope_of(endpoint: str) -> str:
    """Give the scope a route asks for, empty when it has said nothing."""
    return _SCOPES.get(current_app.view_functions[endpoint], "")


def is_meant() -> bool:
    """Tell whether this request came from a program."""
    return request.path.startswith(PREFIX)


def wants_json() -> bool:
    """Tell whether JSON answers this request: a program's, or a script's of a page."""
    return is_meant() or request.headers.get("Accept") == "application/json"


def answer(
    value: object,
    status: HTTPStatus = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer with JSON as it is written: Chinese readable, order kept."""
    text = json.dumps(value, ensure_ascii=False)
    made = Response(f"{text}\n", status, headers, mimetype="application/json")
    made.headers["Cache-Control"] = "no-store"
    return made


def refusal(
    code: str,
    message: str,
    status: HTTPStatus,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Refuse with a code for the program and a sentence for who looks after it."""
    return answer({"error": {"code": code, "message": message}}, status, headers)
