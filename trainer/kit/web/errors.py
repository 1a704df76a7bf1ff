"""From an error to a page: the only place that knows both.

A person reads what happened, what to do, and a number to tell the administrator;
never a stack, never SQL.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask
from flask import request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import NotFound
from werkzeug.exceptions import RequestEntityTooLarge

from trainer.core.document import MOST_BYTES
from trainer.core.errors import Kind
from trainer.core.errors import MistakesError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.db import StorageFullError
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render

LOG = logging.getLogger("trainer.errors")

STATUS = {
    Kind.MISSING: HTTPStatus.NOT_FOUND,
    Kind.DENIED: HTTPStatus.FORBIDDEN,
    Kind.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Kind.CONFLICT: HTTPStatus.CONFLICT,
    Kind.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
}
RETRY_AFTER = "5"
"""Seconds a client should wait when the site is busy."""


@dataclass(frozen=True, slots=True)
class ErrorPage(Page):
    """What happened, what to do; ``number`` only where there is a log entry."""

    template = "web/error.html"
    title: str
    message: str
    mistakes: tuple[str, ...] = ()
    number: str = ""


def install(app: Flask) -> None:
    """Show every error as its page and status."""
    app.register_error_handler(TrainerError, _known)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)


def _known(error: TrainerError) -> tuple[str, HTTPStatus, dict[str, str]]:
    status = STATUS[error.kind]
    if isinstance(error, StorageFullError):
        status = HTTPStatus.INSUFFICIENT_STORAGE
    busy = status is HTTPStatus.SERVICE_UNAVAILABLE
    mistakes = error.mistakes if isinstance(error, MistakesError) else ()
    page = ErrorPage(N_("没有办成"), error.message, tuple(map(str, mistakes)))
    return render(page), status, {"Retry-After": RETRY_AFTER} if busy else {}


def _expired(_error: CSRFError) -> tuple[str, HTTPStatus]:
    message = N_(
        "这个页面停留太久，已失效；请返回上一页刷新后重新提交，填写的内容不会丢"
    )
    return render(ErrorPage(N_("页面已失效"), message)), HTTPStatus.BAD_REQUEST


def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if status < HTTPStatus.BAD_REQUEST:
        return error  # a redirect of Flask's own
    if isinstance(error, NotFound):
        page = ErrorPage(
            N_("没有这个页面"), N_("网址可能有误或内容已搬家；请用上方搜索框查找")
        )
    elif isinstance(error, RequestEntityTooLarge):
        page = ErrorPage(
            N_("内容太大"),
            N_("一次提交不能超过 {most} KB；请拆分后再试", most=MOST_BYTES // 1024),
        )
    else:
        page = ErrorPage(
            N_("请求没有被接受"), N_("请返回上一页重试；仍不行请联系管理员")
        )
    return render(page), status


def _unknown(error: Exception) -> tuple[str, HTTPStatus]:
    number = secrets.token_hex(4)
    LOG.error("%s %s %s", number, request.method, request.path, exc_info=error)
    message = N_(
        "系统出了错，您的操作没有生效；请稍后再试，仍不行请把错误编号告诉管理员"
    )
    if isinstance(error, OperationalError):
        message = N_(
            "数据库暂时不可用，没有保存；请稍候再试，仍不行请把错误编号告诉管理员"
        )
    page = ErrorPage(N_("系统出错"), message, number=number)
    return render(page), HTTPStatus.INTERNAL_SERVER_ERROR
