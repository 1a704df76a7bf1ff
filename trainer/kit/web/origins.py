"""Pages of other systems: which of them a browser may let call our routes, or frame us.

A program says no ``Origin``; a browser says it whenever a script of another site
asks. Then only the routes made for pages answer (:attr:`~.api.Access.for_pages`), and
only to the origins that the installation lists. No cookie is ever taken along.

Source: Fetch standard, CORS protocol; Content Security Policy 3, frame-ancestors.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import cast

from flask import Flask
from flask import current_app
from flask import request
from werkzeug.wrappers import Response

from trainer.core.wording import N_
from trainer.kit.web import api
from trainer.kit.web.security import POLICY

FRAMES = "frame-ancestors 'self'"
MEANT_FOR = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}
"""What a page may send, told to a browser that asks first; seconds it may remember."""


def install(app: Flask, origins: Sequence[str]) -> None:
    """Answer browsers before the gate: one that asks first shows no token yet.

    Args:
        app: The site.
        origins: ``https://host[:port]`` of the pages that may call and frame.
    """
    app.extensions["origins"] = tuple(origins)
    app.before_request(_meet)
    app.after_request(_allow)


def let_frame(answer: Response) -> Response:
    """Let the listed origins show a page in a frame."""
    if origins := _listed():
        policy = POLICY.replace(FRAMES, " ".join((FRAMES, *origins)))
        answer.headers["Content-Security-Policy"] = policy
    return answer


def _meet() -> Response | None:
    """Refuse pages that are not listed; answer a browser that asks first."""
    if not _is_page():
        return None
    if not _is_listed():
        words = N_("这个网页不在许可的来源里；请管理员核对设置 widget_origins")
        return api.refusal("origin_refused", words, HTTPStatus.FORBIDDEN)
    if request.method == "OPTIONS":
        return Response(status=HTTPStatus.NO_CONTENT, headers=MEANT_FOR)
    return None


def _allow(answer: Response) -> Response:
    """Let the page read the answer, a refusal too."""
    if _is_page():
        answer.headers.add("Vary", "Origin")
        if _is_listed():
            answer.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
            answer.headers["Access-Control-Expose-Headers"] = "Retry-After"
    return answer


def _is_page() -> bool:
    return api.is_meant() and "Origin" in request.headers


def _is_listed() -> bool:
    endpoint = request.endpoint
    is_for_pages = endpoint is not None and api.access_of(endpoint).for_pages
    return is_for_pages and request.headers["Origin"] in _listed()


def _listed() -> tuple[str, ...]:
    return cast("tuple[str, ...]", current_app.extensions["origins"])
