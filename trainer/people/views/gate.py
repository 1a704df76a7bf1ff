"""The gate: who is asking, and may he come in at all.

Flask-Login keeps the token of the session in the signed cookie; whose it is, and
whether it still counts, is asked of the database at every request, so that
closing an account closes its sessions. Programs show a token instead, see
:mod:`trainer.people.views.callers`.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import Flask
from flask import current_app
from flask import g
from flask import redirect
from flask import request
from flask import url_for
from flask_login import LoginManager
from flask_login import UserMixin
from flask_login import current_user
from sqlalchemy import ScalarSelect
from werkzeug.wrappers import Response

from trainer.core.actor import READER
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.document import MOST_BYTES
from trainer.core.errors import BusyError
from trainer.core.errors import TooManyError
from trainer.core.wording import N_
from trainer.kit.db import StorageFullError
from trainer.kit.files import tables
from trainer.kit.files import word
from trainer.kit.web import api
from trainer.kit.web import current
from trainer.kit.web import limits
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Person
from trainer.people.domain.logins import SEEN_EVERY
from trainer.people.domain.logins import Opened
from trainer.people.views import callers
from trainer.people.views.ways import EXTENSION
from trainer.people.views.ways import Ways
from trainer.people.views.ways import is_forged
from trainer.people.views.ways import named_by_proxy
from trainer.people.views.ways import ways

LOG = logging.getLogger("trainer.people")

COUNTING = "people.counting"

SETUP = frozenset({"setup.setup", "setup.set_up"})
"""Endpoints that make the first account."""

ALWAYS = SETUP | {
    *("asset", "display", "people.login", "people.log_in"),
    *("people.sign_on", "people.signed_on", "tips.widget"),
    *("verify.ask", "verify.verified"),
}
"""Endpoints that need no login."""

UNCHANGED = frozenset({"people.password", "people.change_password", "people.logout"})
"""Endpoints for somebody who must change the password first."""

ROOM_FOR_FORM = 64 * 1024
UPLOADS = {
    "people.roster.upload": tables.MOST_BYTES + ROOM_FOR_FORM,
    "exchange.look": word.MOST_BYTES + MOST_BYTES + ROOM_FOR_FORM,
}
"""Endpoints that take more than a form, in bytes."""

UPLOADERS = {
    "people.roster.upload": Permission.ADMINISTER,
    "exchange.look": Permission.EDIT,
}
"""Who may send them so much."""

NOBODY = Actor(0, N_("未登录"), frozenset())


class LoggedIn(UserMixin):
    """A person with the token of his session."""

    def __init__(self, opened: Opened, token: str) -> None:
        self.opened = opened
        self.token = token

    def get_id(self) -> str:
        """Give what the cookie keeps."""
        return self.token


@dataclass(frozen=True, slots=True)
class Counting:
    """What the frame of a page counts for its reader, in the question who he is.

    Attributes:
        column: The count, of the person of the question.
        parts: Endpoints whose answers have no frame: nothing is counted for them.
    """

    column: ScalarSelect[int]
    parts: frozenset[str]


def install(
    app: Flask, *, opened: frozenset[str], known: Ways, counting: Counting
) -> None:
    """Put the gate before every request.

    Args:
        app: The site.
        opened: Endpoints for somebody without login, where reading is opened.
        known: The ways into this site.
        counting: What the frame counts.
    """
    app.extensions |= {EXTENSION: known, COUNTING: counting}
    _install_logins(app)

    @app.before_request
    def _gate() -> Response | None:
        g.opened, g.actor = None, NOBODY  # what holds if the next line fails
        if api.is_meant():
            found = callers.caller()
            g.actor, g.token = found.actor, found.token
            return None
        return _admit(opened)


def _install_logins(app: Flask) -> None:
    manager = LoginManager()
    # Templates ask ``current_person``; asking twice would fail twice.
    manager.init_app(app, add_context_processor=False)
    manager.session_protection = None  # the database decides, not the address
    manager.user_loader(_load)


def _admit(opened: frozenset[str]) -> Response | None:
    """Find out who it is; lead away who may not come in."""
    _note_forged_header()
    g.opened = _opened()
    g.actor = READER if opened else NOBODY
    if g.opened is not None:
        g.actor = g.opened.person.actor()
        _allow_uploads()
        return _waits_for_password(g.opened)
    return _needs_login(opened)


def _allow_uploads() -> None:
    """Take larger bodies where somebody who may uploads a file."""
    endpoint = request.endpoint or ""
    if endpoint in UPLOADS and g.actor.may(UPLOADERS[endpoint]):
        request.max_content_length = UPLOADS[endpoint]


def _waits_for_password(somebody: Opened) -> Response | None:
    """Lead somebody with a first or expired password to the form that changes it."""
    free = request.endpoint in UNCHANGED | ALWAYS
    if somebody.hindrance is not None and not free:
        return redirect(url_for("people.password"))
    return None


def _needs_login(opened: frozenset[str]) -> Response | None:
    """Lead nobody in particular to the login, unless the page is open."""
    reads = request.method in {"GET", "HEAD"} and request.endpoint in opened
    logs_in = request.endpoint == "people.login"
    free = request.endpoint in ALWAYS and not logs_in
    if reads or free or request.endpoint is None:
        return None
    if not _is_set_up():
        return redirect(url_for("setup.setup"))
    if logs_in:
        return None
    wanted = request.full_path if request.method == "GET" else ""
    return redirect(url_for("people.login", next=wanted))


def _is_set_up() -> bool:
    """Tell whether there is an account; once there is, there always will be."""
    known = current_app.extensions
    if not known.get("set_up"):
        with current.reading() as session:
            known["set_up"] = queries.anybody(session)
    return bool(known["set_up"])


def login() -> Opened | None:
    """Give the login of this request, None for an open reader."""
    return cast("Opened | None", g.get("opened"))


def person() -> Person | None:
    """Give the person logged in, None for an open reader."""
    found = login()
    return found.person if found else None


def token() -> str:
    """Give the token of this browser's session, empty when there is none."""
    return cast("str", current_user.get_id() or "")


def forget() -> None:
    """Let the rest of this request, and its page, be nobody's."""
    g.opened, g.actor = None, NOBODY


def may_read() -> bool:
    """Tell whether the frame of the page shows search and menu."""
    actor = cast("Actor", g.get("actor", NOBODY))
    found = login()
    waiting = found is not None and found.hindrance is not None
    return actor.may(Permission.READ) and not waiting


def _opened() -> Opened | None:
    user = cast("LoggedIn", current_user)
    if not user.is_authenticated:
        return None
    named = named_by_proxy()
    if named and named.casefold() != user.opened.person.login.casefold():
        return None  # somebody else sits there now: the login page begins his session
    return user.opened


def _load(token: str) -> LoggedIn | None:
    at = current.now()
    with current.reading() as session:
        found = queries.opened(session, token, at, ways().rules, counted=_counted())
    if found is None:
        return None
    if found.noted_at < at - SEEN_EVERY:
        _note_use(token, at)
    return LoggedIn(found, token)


def counted() -> int:
    """Give what was counted for the person logged in, for the frame of a page."""
    found = login()
    return found.counted if found else 0


def _counted() -> ScalarSelect[int] | None:
    known = cast("Counting", current_app.extensions[COUNTING])
    return None if request.endpoint in known.parts else known.column


def _note_use(token: str, at: datetime) -> None:
    """Keep the session from idling out; a page is shown even if that fails."""
    try:
        with current.writing() as session:
            service.note_use(session, token, at=at)
    except (BusyError, StorageFullError) as error:
        LOG.warning("the use of a session was not noted: %s", error.message)


def _note_forged_header() -> None:
    """Audit that somebody else than the proxy named a person, once in a while."""
    if not is_forged():
        return
    try:
        limits.spend("forged", current.address())
    except TooManyError:
        return
    with current.writing() as session:
        service.note_forged_header(session, at=current.now())
