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
from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.kit.web import current
from trainer.kit.web import limits
from trainer.kit.web.addresses import own_path
from trainer.kit.web.errors import headers_of
from trainer.kit.web.errors import status_of
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people import queries
from trainer.people import service
from trainer.people.domain import passwords
from trainer.people.domain.logins import Means
from trainer.people.domain.logins import Opened
from trainer.people.forms import LoginForm
from trainer.people.views.blueprint import bp
from trainer.people.views.gate import LoggedIn
from trainer.people.views.gate import forget
from trainer.people.views.gate import token
from trainer.people.views.ways import named_by_proxy
from trainer.people.views.ways import visit
from trainer.people.views.ways import ways

Answer = Response | tuple[str, HTTPStatus, dict[str, str]]


@dataclass(frozen=True, slots=True)
class LoginPage(Page):
    """Who is it?

    ``provider`` is what single sign-on is called, empty for none; ``local`` is
    whether the form is shown.
    """

    template = "people/login.html"
    form: LoginForm
    refusal: str
    provider: str
    local: bool


@dataclass(frozen=True, slots=True)
class SignedOutPage(Page):
    """Out here; ``further`` also ends the provider's session, empty for none."""

    template = "people/signed_out.html"
    further: str
    provider: str


@bp.get("/login")
def login() -> str | Answer:
    """Show the login form, or take the word of the proxy in front of us."""
    named = named_by_proxy()
    if not named or "local" in request.args:
        return render(_page(LoginForm(), ""))
    limits.spend("login", current.address())
    with current.writing() as session:
        outcome = service.sign_on_by_header(
            session, named, at=current.now(), visit=visit(token()), rules=ways().rules
        )
    return answer(outcome, request.args.get("next", ""))


@bp.post("/login")
def log_in() -> Answer:
    """Begin a session, then go where the person wanted to go."""
    limits.spend("login", current.address())
    form = LoginForm(request.form)
    if not form.validate():
        return render(_page(form, "")), HTTPStatus.UNPROCESSABLE_ENTITY, {}
    with current.reading() as session:
        checked = service.check_password(session, *form.typed())
    with current.writing() as session:
        outcome = service.log_in(
            session, checked, at=current.now(), visit=visit(token()), rules=ways().rules
        )
    return answer(outcome, request.args.get("next", ""), form)


def answer(
    outcome: str | TrainerError, wanted: str, form: LoginForm | None = None
) -> Answer:
    """Lead somebody in, or show the login page with the reason why not."""
    if isinstance(outcome, TrainerError):
        page = _page(form or LoginForm(), outcome.message)
        return render(page), status_of(outcome), headers_of(outcome)
    _begin(outcome)
    return redirect(own_path(wanted, url_for("search.home")))


def _page(form: LoginForm, refusal: str) -> LoginPage:
    known = ways()
    name = known.provider_name if known.provider else ""
    asked = "local" in request.args or request.method == "POST"
    return LoginPage(form, refusal, name, known.rules.everybody or asked)


def _begin(token: str) -> None:
    """Put the session into a new cookie, never into one somebody has planted."""
    with current.reading() as session:
        found = queries.opened(session, token, current.now(), ways().rules)
    cookie.clear()
    if found is not None:
        login_user(LoggedIn(found, token))
        _warn(found)


def _warn(found: Opened) -> None:
    """Tell somebody in time that the password is going to expire."""
    left = passwords.days_left(found.password_ends, current.now())
    if left is not None and found.hindrance is None:
        flash(
            Nn_("您的密码还有 {n} 天到期，请抽空在右上角“改密码”里换一个", n=left)
            if left
            else N_("您的密码今天到期，请抽空在右上角“改密码”里换一个")
        )


@bp.post("/logout")
def logout() -> Response | str:
    """End the session; where somebody else knows it too, say how to end it there."""
    with current.writing() as session:
        ended = service.log_out(session, token(), at=current.now())
    logout_user()
    cookie.clear()
    if ended is None or ended.means is Means.PASSWORD:
        return redirect(url_for(".login"))
    forget()
    known, further = ways(), ""
    if known.provider is not None and ended.means is Means.PROVIDER:
        back = known.address + url_for(".login")
        further = known.provider.farewell(ended.hint, back, current.now())
    return render(SignedOutPage(further, known.provider_name))
