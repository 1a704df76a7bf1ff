"""The gate: who is asking, and may he come in at all.

Flask-Login keeps the token of the session in the signed cookie; whose it is, and
whether it still counts, is asked of the database at every request, so that
closing an account closes its sessions.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import cast

from flask import Flask
from flask import g
from flask import redirect
from flask import request
from flask import url_for
from flask_login import LoginManager
from flask_login import UserMixin
from flask_login import current_user
from werkzeug.wrappers import Response

from trainer.core.actor import READER
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import BusyError
from trainer.core.wording import N_
from trainer.kit.db import StorageFullError
from trainer.kit.web import current
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Person
from trainer.people.domain.logins import SEEN_EVERY

LOG = logging.getLogger("trainer.people")

ALWAYS = frozenset({"asset", "display", "people.login", "people.log_in"})
"""Endpoints that need no login."""

UNCHANGED = frozenset({"people.password", "people.change_password", "people.logout"})
"""Endpoints for somebody who must change the password first."""

NOBODY = Actor(0, N_("未登录"), frozenset())


class LoggedIn(UserMixin):
    """A person with the token of his session."""

    def __init__(self, person: Person, token: str) -> None:
        self.person = person
        self.token = token

    def get_id(self) -> str:
        """Give what the cookie keeps."""
        return self.token


def install(app: Flask, *, opened: frozenset[str]) -> None:
    """Put the gate before every request.

    Args:
        app: The site.
        opened: Endpoints that somebody without login may look at, when the
            installation opens reading to its intranet.
    """
    manager = LoginManager()
    # Templates ask ``current_person``; asking twice would fail twice.
    manager.init_app(app, add_context_processor=False)
    manager.session_protection = None  # the database decides, not the address
    manager.user_loader(_load)

    @app.before_request
    def _gate() -> Response | None:
        g.person, g.actor = None, NOBODY  # what holds if the next line fails
        g.person = _person()
        g.actor = READER if opened else NOBODY
        if g.person is not None:
            g.actor = g.person.actor()
            return _waits_for_password(g.person)
        return _needs_login(opened)


def _waits_for_password(somebody: Person) -> Response | None:
    """Lead somebody with a first password to the form that changes it."""
    free = request.endpoint in UNCHANGED | ALWAYS
    if somebody.must_change_password and not free:
        return redirect(url_for("people.password"))
    return None


def _needs_login(opened: frozenset[str]) -> Response | None:
    """Lead nobody in particular to the login, unless the page is open."""
    reads = request.method in {"GET", "HEAD"} and request.endpoint in opened
    if reads or request.endpoint in ALWAYS or request.endpoint is None:
        return None
    wanted = request.full_path if request.method == "GET" else ""
    return redirect(url_for("people.login", next=wanted))


def person() -> Person | None:
    """Give the person logged in, None for an open reader."""
    return cast("Person | None", g.get("person"))


def token() -> str:
    """Give the token of this browser's session, empty when there is none."""
    return cast("str", current_user.get_id() or "")


def may_read() -> bool:
    """Tell whether the frame of the page shows search and menu."""
    actor = cast("Actor", g.get("actor", NOBODY))
    somebody = person()
    waiting = somebody is not None and somebody.must_change_password
    return actor.may(Permission.READ) and not waiting


def _person() -> Person | None:
    user = cast("LoggedIn", current_user)
    return user.person if user.is_authenticated else None


def _load(token: str) -> LoggedIn | None:
    at = current.now()
    with current.reading() as session:
        found = queries.opened(session, token, at)
    if found is None:
        return None
    if found.noted_at < at - SEEN_EVERY:
        _note_use(token, at)
    return LoggedIn(found.person, token)


def _note_use(token: str, at: datetime) -> None:
    """Keep the session from idling out; a page is shown even if that fails."""
    try:
        with current.writing() as session:
            service.note_use(session, token, at=at)
    except (BusyError, StorageFullError) as error:
        LOG.warning("the use of a session was not noted: %s", error.message)
