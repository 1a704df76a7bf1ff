"""The request's engine, actor and time, for views only."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from datetime import datetime
from typing import cast

from flask import current_app
from flask import g
from flask import request
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from trainer.core import clock
from trainer.core.actor import Actor
from trainer.core.errors import TrainerError
from trainer.core.origin import Origin
from trainer.core.wording import N_
from trainer.kit import db
from trainer.kit.web.addresses import Networks
from trainer.kit.web.addresses import client_address


class BadDayError(TrainerError):
    """The address names a day that does not exist."""


def actor() -> Actor:
    """The person logged in, or the open reader."""
    return cast("Actor", g.actor)


def token() -> int:
    """Key of the API token of this request; 0 when a person asks."""
    return cast("int", g.get("token", 0))


def now() -> datetime:
    """The moment of this request, UTC; the same however often it is asked."""
    if "now" not in g:
        g.now = cast("datetime", current_app.extensions["clock"]())
    return cast("datetime", g.now)


def today() -> date:
    """The day of this request in the centre's calendar, not UTC's."""
    return clock.day_of(now())


def business_date() -> date:
    """The day the person asks about: ``?on=2026-09-20``, else today.

    Raises:
        BadDayError: the day cannot be read.
    """
    written = request.values.get("on", "")
    if not written:
        return today()
    day = clock.written_day(written)
    if day is None:
        raise BadDayError(
            N_("业务日期“{written}”不对；请写成 2026-09-20", written=written)
        )
    return day


def shown_date() -> date:
    """Give the day that the frame of a page shows, an error page's too.

    It is the business date, or today when that cannot be read, be it because the
    form it stands in is too large.
    """
    try:
        return business_date()
    except (BadDayError, HTTPException):
        return today()


def address() -> str:
    """The network address of whoever asks, empty when there is none.

    Behind proxies that the settings name it is the one they heard.
    """
    proxies = cast("Networks", current_app.extensions["proxies"])
    forwarded = request.headers.get("X-Forwarded-For", "")
    return client_address(request.remote_addr or "", forwarded, proxies)


def reading() -> AbstractContextManager[Session]:
    """Open a session that only reads."""
    return db.reading(engine())


def writing() -> AbstractContextManager[Session]:
    """Open the one write transaction of this request."""
    return db.writing(engine(), origin())


def origin() -> Origin:
    """Where this request comes from; its number is the same however often asked."""
    if "origin" not in g:
        g.origin = Origin(address(), secrets.token_hex(8))
    return cast("Origin", g.origin)


def once_findable(done: str) -> str:
    """Add to what was done whether search shows it yet; waits a moment for it."""
    can_be_found = cast("Callable[[], bool]", current_app.extensions["findable"])
    if can_be_found():
        return done
    return N_("{done}；索引更新中，片刻后就能查到", done=done)


def note_look(person: int) -> None:
    """Note that whoever asks looks at a person, before he is shown (decision 0020).

    Raises:
        TrainerError: it cannot be noted, so nothing may be shown.
    """
    note = cast("Callable[[int], None]", current_app.extensions["looks"])
    note(person)


def engine() -> Engine:
    """The database of this site."""
    return cast("Engine", current_app.extensions["engine"])
