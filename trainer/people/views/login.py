"""Login, logout, password."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import request
from flask import session as cookie
from flask import url_for
from flask_login import current_user
from flask_login import login_user
from flask_login import logout_user
from werkzeug.wrappers import Response

from trainer.core.errors import TrainerError
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.people import queries
from trainer.people import service
from trainer.people.domain import SHORTEST_PASSWORD
from trainer.people.forms import LoginForm
from trainer.people.forms import PasswordForm
from trainer.people.views.gate import LoggedIn

bp = Blueprint("people", __name__, url_prefix="/people")


@dataclass(frozen=True, slots=True)
class LoginPage(Page):
    """Who is it?"""

    template = "people/login.html"
    form: LoginForm
    refusal: str


@dataclass(frozen=True, slots=True)
class PasswordPage(Page):
    """Change one's own password."""

    template = "people/password.html"
    form: PasswordForm
    refusal: str
    shortest: int = SHORTEST_PASSWORD


@bp.get("/login")
def login() -> str:
    """Show the login form."""
    return render(LoginPage(LoginForm(), ""))


@bp.post("/login")
def log_in() -> Response | tuple[str, HTTPStatus]:
    """Begin a session, then go where the person wanted to go."""
    form = LoginForm(request.form)
    refusal = ""
    if form.validate():
        try:
            with current.writing() as session:
                login, secret = form.login.data or "", form.password.data or ""
                token = service.log_in(session, login, secret, at=current.now())
                person = queries.person_of_token(session, token, current.now())
        except TrainerError as error:
            refusal = error.message
        else:
            cookie.clear()  # a new session, never one somebody else has planted
            if person is not None:
                login_user(LoggedIn(person, token))
            return redirect(own_path(request.args.get("next", "")))
    return render(LoginPage(form, refusal)), HTTPStatus.UNPROCESSABLE_ENTITY


@bp.post("/logout")
def logout() -> Response:
    """End the session."""
    token = current_user.get_id() or ""
    with current.writing() as session:
        service.log_out(session, token, at=current.now())
    logout_user()
    cookie.clear()
    return redirect(url_for(".login"))


@bp.get("/password")
def password() -> str:
    """Show the password form."""
    return render(PasswordPage(PasswordForm(), ""))


@bp.post("/password")
def change_password() -> Response | tuple[str, HTTPStatus]:
    """Change one's own password; then log in again with the new one."""
    form = PasswordForm(request.form)
    refusal = ""
    if form.validate():
        try:
            with current.writing() as session:
                old, new = form.old.data or "", form.new.data or ""
                service.change_password(
                    session, old, new, by=current.actor(), at=current.now()
                )
        except TrainerError as error:
            refusal = error.message
        else:
            cookie.clear()
            flash("密码已修改，请用新密码登录")
            return redirect(url_for(".login"))
    return render(PasswordPage(form, refusal)), HTTPStatus.UNPROCESSABLE_ENTITY


def own_path(wanted: str) -> str:
    """Give a path of this site, never another host."""
    parts = urlsplit(wanted)
    own = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return wanted if own and not parts.netloc else url_for("search.home")
