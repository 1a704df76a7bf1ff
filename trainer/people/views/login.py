"""Login and logout."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import session as cookie
from flask import url_for
from flask_login import login_user
from flask_login import logout_user
from werkzeug.wrappers import Response

from trainer.core.errors import TrainerError
from trainer.kit.web import current
from trainer.kit.web.addresses import own_path
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.logins import TooManyFailuresError
from trainer.people.forms import LoginForm
from trainer.people.views.blueprint import bp
from trainer.people.views.gate import LoggedIn
from trainer.people.views.gate import token


@dataclass(frozen=True, slots=True)
class LoginPage(Page):
    """Who is it?"""

    template = "people/login.html"
    form: LoginForm
    refusal: str


@bp.get("/login")
def login() -> str:
    """Show the login form."""
    return render(LoginPage(LoginForm(), ""))


@bp.post("/login")
def log_in() -> Response | tuple[str, HTTPStatus]:
    """Begin a session, then go where the person wanted to go."""
    form = LoginForm(request.form)
    if not form.validate():
        return render(LoginPage(form, "")), HTTPStatus.UNPROCESSABLE_ENTITY
    with current.reading() as session:
        checked = service.check_password(session, *form.typed())
    with current.writing() as session:
        outcome = service.log_in(
            session,
            checked,
            at=current.now(),
            address=request.remote_addr,
            instead_of=token(),
        )
    if isinstance(outcome, TrainerError):
        return render(LoginPage(form, outcome.message)), status_of(outcome)
    _begin(outcome)
    return redirect(own_path(request.args.get("next", ""), url_for("search.home")))


def _begin(token: str) -> None:
    """Put the session into a new cookie, never into one somebody has planted."""
    with current.reading() as session:
        found = queries.opened(session, token, current.now())
    cookie.clear()
    if found is not None:
        login_user(LoggedIn(found.person, token))


def status_of(refusal: TrainerError) -> HTTPStatus:
    """Give the status of a page that shows a refusal above its form."""
    if isinstance(refusal, TooManyFailuresError):
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.UNPROCESSABLE_ENTITY


@bp.post("/logout")
def logout() -> Response:
    """End the session."""
    with current.writing() as session:
        service.log_out(session, token(), at=current.now())
    logout_user()
    cookie.clear()
    return redirect(url_for(".login"))
