"""From an error to a page: the only place that knows both.

A person reads what happened, what to do, and a number to tell the administrator;
never a stack, never SQL. A program gets the same sentence as JSON, with a code.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol
from typing import cast

from flask import Flask
from flask import current_app
from flask import request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.exceptions import NotFound
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from trainer.core.document import MOST_BYTES
from trainer.core.errors import Kind
from trainer.core.errors import MistakesError
from trainer.core.errors import TooManyError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.db import StorageFullError
from trainer.kit.web import api
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render

LOG = logging.getLogger("trainer.errors")

STATUS = {
    Kind.MISSING: HTTPStatus.NOT_FOUND,
    Kind.DENIED: HTTPStatus.FORBIDDEN,
    Kind.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Kind.CONFLICT: HTTPStatus.CONFLICT,
    Kind.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
    Kind.LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    Kind.STRANGER: HTTPStatus.UNAUTHORIZED,
}
RETRY_AFTER = "5"
"""Seconds a client should wait when the site is busy."""

SHOWN = 8
"""Characters of the number of a request that a person is told."""

UPWARDS = re.compile(r"(^|[/\\])\.\.([/\\]|$)")
"""A way out of a folder: no link of ours has one."""


class Notice(Protocol):
    """Is told of a refusal by the name of its error, before the page is shown."""

    def __call__(self, why: str, *, of_anybody: bool) -> None:
        """Keep it; ``of_anybody`` when also nobody's try is worth keeping."""


@dataclass(frozen=True, slots=True)
class ErrorPage(Page):
    """What happened, what to do; ``number`` only where there is a log entry."""

    template = "web/error.html"
    title: str
    message: str
    mistakes: tuple[str, ...] = ()
    number: str = ""


def install(app: Flask, *, refused: Notice) -> None:
    """Show every error as its page and status.

    Args:
        app: The site.
        refused: Is told of requests that reached for what is not the person's: denied
            ones, missing things with a number that one can count through, forms
            without their token, addresses that lead out of a folder.
    """
    app.extensions["refused"] = refused
    app.register_error_handler(TrainerError, _known)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)


def status_of(error: TrainerError) -> HTTPStatus:
    """Give the status that tells a browser what went wrong."""
    if isinstance(error, StorageFullError):
        return HTTPStatus.INSUFFICIENT_STORAGE
    return STATUS[error.kind]


def headers_of(error: TrainerError) -> dict[str, str]:
    """Give the headers that go with it: when to try again, or how to say who one is."""
    if isinstance(error, TooManyError):
        return {"Retry-After": str(error.wait)}
    return {
        Kind.BUSY: {"Retry-After": RETRY_AFTER},
        Kind.STRANGER: {"WWW-Authenticate": "Bearer"},
    }.get(error.kind, {})


def _known(error: TrainerError) -> Response:
    if error.kind is Kind.DENIED or (error.kind is Kind.MISSING and _reaches()):
        _notice(type(error).__name__)
    mistakes = error.mistakes if isinstance(error, MistakesError) else ()
    page = ErrorPage(N_("没有办成"), error.message, tuple(map(str, mistakes)))
    code = error.code or error.kind
    return _told(page, code, status_of(error), headers_of(error))


def _reaches() -> bool:
    """Tell whether an address was tried out rather than followed."""
    counted = any(isinstance(key, int) for key in (request.view_args or {}).values())
    return counted or UPWARDS.search(request.path) is not None


def _notice(why: str, *, of_anybody: bool = False) -> None:
    refused = cast("Notice", current_app.extensions["refused"])
    refused(why, of_anybody=of_anybody)


def _expired(error: CSRFError) -> Response:
    _notice(type(error).__name__)
    message = N_(
        "这个页面停留太久，已失效；请返回上一页刷新后重新提交，填写的内容不会丢"
    )
    page = ErrorPage(N_("页面已失效"), message)
    return _told(page, "form_token", HTTPStatus.BAD_REQUEST)


def _http(error: HTTPException) -> Response | HTTPException:
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    if status < HTTPStatus.BAD_REQUEST:
        return error  # a redirect of Flask's own
    if isinstance(error, NotFound) and UPWARDS.search(request.path):
        _notice(type(error).__name__, of_anybody=True)
    if isinstance(error, NotFound) and api.is_meant():
        page = ErrorPage(N_("没有这个接口"), N_("没有这个接口；请对照接口说明核对地址"))
    elif isinstance(error, NotFound):
        page = ErrorPage(
            N_("没有这个页面"), N_("网址可能有误或内容已搬家；请用上方搜索框查找")
        )
    elif isinstance(error, RequestEntityTooLarge):
        page = ErrorPage(
            N_("内容太大"), N_("一次提交不能超过 {room}；请拆分后再试", room=_room())
        )
    else:
        page = ErrorPage(
            N_("请求没有被接受"), N_("请返回上一页重试；仍不行请联系管理员")
        )
    return _told(page, status.name.lower(), status, _allowed(error))


def _allowed(error: HTTPException) -> dict[str, str]:
    """Say which methods would do, where another one was used (RFC 9110, 15.5.6)."""
    methods = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    return {"Allow": ", ".join(sorted(methods))} if methods else {}


def _room() -> str:
    """Say how much this page takes: an upload may take more than a text."""
    own, usual = request.max_content_length, current_app.config["MAX_CONTENT_LENGTH"]
    if own and own > usual:
        return f"{own // 1024 // 1024} MB"
    return f"{MOST_BYTES // 1024} KB"


def _unknown(error: Exception) -> Response:
    number = current.origin().request[:SHOWN]  # the audit keeps it whole
    LOG.error("%s %s %r", number, request.method, request.path, exc_info=error)
    message = N_(
        "系统出了错，您的操作没有生效；请稍后再试，仍不行请把错误编号告诉管理员"
    )
    if isinstance(error, OperationalError):
        message = N_(
            "数据库暂时不可用，没有保存；请稍候再试，仍不行请把错误编号告诉管理员"
        )
    page = ErrorPage(N_("系统出错"), message, number=number)
    return _told(page, "internal", HTTPStatus.INTERNAL_SERVER_ERROR)


def _told(
    page: ErrorPage,
    code: str,
    status: HTTPStatus,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Show the page, or tell a program the same."""
    if api.wants_json():
        words = (
            N_("{message}（{number}）", message=page.message, number=page.number)
            if page.number
            else page.message
        )
        return api.refusal(code, words, status, headers)
    return Response(render(page), status, headers, mimetype="text/html")
