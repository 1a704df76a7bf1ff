"""What the routes for programs share: where they live, what they need, how they answer.

A route under :data:`PREFIX` says with :func:`needs` which scope it asks for; whoever
lets callers in (``people``) reads that with :func:`access_of`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from http import HTTPStatus
from typing import TypeVar

from flask import Response
from flask import current_app
from flask import request

PREFIX = "/api/v1/"
"""Everything below is for programs: no session, no form token, JSON only."""

View = TypeVar("View", bound=Callable[..., object])

ANY = "*"
"""Scope of a route that every good token opens."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call a route.

    Attributes:
        scope: What the token must be made for; :data:`ANY` is any good token, empty
            is nobody's.
        more: For a parameter the further scope that whoever uses it must have.
        for_pages: Whether pages of the listed origins may call it, from a browser.
    """

    scope: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    for_pages: bool = False


NOBODY = Access()
_ACCESS: dict[Callable[..., object], Access] = {}


def needs(
    scope: str, *, more: Mapping[str, str] | None = None, for_pages: bool = False
) -> Callable[[View], View]:
    """Say who may call a route, see :class:`Access`; unsaid lets nobody in."""

    def said(view: View) -> View:
        _ACCESS[view] = Access(scope, more or {}, for_pages)
        return view

    return said


def access_of(endpoint: str) -> Access:
    """Tell who may call a route."""
    return _ACCESS.get(current_app.view_functions[endpoint], NOBODY)


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
