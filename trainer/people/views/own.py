"""One's own account: what it may do, its password, its open sessions."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import session as cookie
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Person
from trainer.people.domain.logins import OwnLogin
from trainer.people.domain.passwords import SHORTEST_PASSWORD
from trainer.people.domain.roles import ROLE_NAMES
from trainer.people.domain.roles import Role
from trainer.people.forms import PasswordForm
from trainer.people.views.blueprint import bp
from trainer.people.views.gate import token
from trainer.people.views.login import status_of


@dataclass(frozen=True, slots=True)
class OwnPage(Page):
    """One's own account; ``posts`` are names."""

    template = "people/own.html"
    person: Person
    roles: Sequence[Role]
    role_names: Mapping[Role, str]
    posts: Sequence[str]
    logins: Sequence[OwnLogin]


@dataclass(frozen=True, slots=True)
class PasswordPage(Page):
    """Change one's own password."""

    template = "people/password.html"
    form: PasswordForm
    refusal: str
    shortest: int = SHORTEST_PASSWORD


@bp.get("/me")
def own() -> str:
    """Show one's own account."""
    by, at = current.actor(), current.now()
    with current.reading() as session:
        person = queries.person(session, by.person, reader=by)
        names = {post.code: post.name for post in queries.posts(session)}
        logins = queries.own_logins(session, token(), at, reader=by)
    return render(
        OwnPage(
            person=person,
            roles=[role for role in Role if role in person.roles],
            role_names=ROLE_NAMES,
            posts=sorted(names[code] for code in person.posts),
            logins=logins,
        )
    )


@bp.post("/me/logins")
def end_other_logins() -> Response:
    """End one's own sessions on other computers."""
    with current.writing() as session:
        ended = service.end_other_logins(
            session, token(), by=current.actor(), at=current.now()
        )
    flash(
        Nn_("已让其他 {n} 处登录退出", n=ended) if ended else N_("没有其他地方登录着")
    )
    return redirect(url_for(".own"))


@bp.get("/password")
def password() -> str:
    """Show the password form."""
    return render(PasswordPage(PasswordForm(), ""))


@bp.post("/password")
def change_password() -> Response | tuple[str, HTTPStatus]:
    """Change one's own password; then log in again with the new one."""
    form = PasswordForm(request.form)
    if not form.validate():
        return render(PasswordPage(form, "")), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with current.writing() as session:
            refusal = service.change_password(
                session, *form.typed(), by=current.actor(), at=current.now()
            )
    except TrainerError as error:
        refusal = error
    if refusal is not None:
        return render(PasswordPage(form, refusal.message)), status_of(refusal)
    cookie.clear()
    flash(N_("密码已修改，请用新密码登录"))
    return redirect(url_for(".login"))
