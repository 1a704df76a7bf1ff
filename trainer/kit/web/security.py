"""What every request and every answer must keep to.

Headers tell the browser what this site never does; a request that no page of
ours sends is refused before any view sees it.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from typing import Any

from flask import Flask
from flask import abort
from flask import request
from werkzeug.routing import IntegerConverter
from werkzeug.routing import Map
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response

LARGEST_KEY = 2**31 - 1
"""Largest key of a row; a larger number in an address is no page of ours."""

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
FRAMED = "SAMEORIGIN"
"""``X-Frame-Options`` of pages with the usual policy; it cannot name other sites."""


class KeyConverter(IntegerConverter):
    """``<int:key>`` in an address: nothing that no database could look up."""

    def __init__(self, urls: Map, **options: Any) -> None:  # noqa: ANN401  (werkzeug's)
        super().__init__(urls, **{"max": LARGEST_KEY, **options})


def install(app: Flask, *, hosts: Collection[str] = ()) -> None:
    """Refuse junk; send the headers with every answer; let no proxy keep pages.

    Args:
        app: The site.
        hosts: Names it may be called by; none is any name.
    """
    app.url_map.converters["int"] = KeyConverter

    @app.before_request
    def _refuse_junk() -> None:
        if hosts and not host_is_trusted(request.host, hosts):
            abort(400)
        # PostgreSQL cannot keep this character, and nobody can type it.
        if any("\x00" in value for value in _sent()):
            abort(400)

    @app.after_request
    def _guard(response: Response) -> Response:
        if "Content-Security-Policy" not in response.headers:
            response.headers["X-Frame-Options"] = FRAMED
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def _sent() -> Iterator[str]:
    """Give everything of a request that a view may read as words."""
    yield request.path
    for part in (request.args, request.form):
        for name, values in part.lists():
            yield name
            yield from values
