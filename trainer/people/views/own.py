"""One's own account: what it may do, its password, its open sessions."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import redirect
from flask import request
from flask import session as cookie
from flask import url_for
from werkzeug.wrappers import Response

from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.kit.web import current
from trainer.kit.web.errors import headers_of
from trainer.kit.web.errors import status_of
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Person
from trainer.people.domain.browsers import in_words
from trainer.people.domain.logins import MEANS_NAMES
from trainer.people.domain.logins import Hindrance
from trainer.people.domain.logins import Means
from trainer.people.domain.logins import OwnLogin
from trainer.people.domain.passwords import REMEMBERED
from trainer.people.domain.passwords import SHORTEST_PASSWORD
from trainer.people.domain.roles import ROLE_NAMES
from trainer.people.domain.roles import Role
from trainer.people.forms import PasswordForm
from trainer.people.views.blueprint import bp
from trainer.people.views.gate import login
from trainer.people.views.gate import token
from trainer.people.views.login import Answer
from trainer.people.views.ways import ways


@dataclass(frozen=True, slots=True)
class OwnPage(Page):
    """One's own account; ``posts`` are names."""

    template = "people/own.html"
    person: Person
    roles: Sequence[Role]
    role_names: Mapping[Role, str]
    posts: Sequence[str]
    password_ends: datetime | None
    logins: Sequence[OwnLogin]
    means_names: Mapping[Means, str]
    in_words: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class PasswordPage(Page):
    """Change one's own password; ``hindrance`` says why one must."""

    template = "people/password.html"
    form: PasswordForm
    refusal: str
    hindrance: Hindrance | None
    shortest: int = SHORTEST_PASSWORD
    remembered: int = REMEMBERED


@bp.get("/me")
def own() -> str:
    """Show one's own account."""
    by, at, found = current.actor(), current.now(), login()
    with current.reading() as session:
        person = queries.person(session, by.person, reader=by)
        names = {post.code: post.name for post in queries.posts(session)}
        logins = queries.own_logins(session, token(), at, reader=by, rules=ways().rules)
    return render(
        OwnPage(
            person=person,
            roles=[role for role in Role if role in person.roles],
            role_names=ROLE_NAMES,
            posts=sorted(names[code] for code in person.posts),
            password_ends=found.password_ends if found else None,
            logins=logins,
            means_names=MEANS_NAMES,
            in_words=in_words,
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


@bp.post("/me/logins/<int:key>")
def end_login(key: int) -> Response:
    """End one of one's own sessions."""
    with current.writing() as session:
        service.end_login(session, key, by=current.actor(), at=current.now())
    flash(N_("已让那一处登录退出"))
    return redirect(url_for(".own"))


@bp.get("/password")
def password() -> str:
    """Show the password form."""
    return render(_page(PasswordForm(), ""))


@bp.post("/password")
def change_password() -> Answer:
    """Change one's own password; then log in again with the new one."""
    form, by = PasswordForm(request.form), current.actor()
    if not form.validate():
        return render(_page(form, "")), HTTPStatus.UNPROCESSABLE_ENTITY, {}
    with current.reading() as session:
        checked = service.check_change(session, *form.typed(), by=by)
    with current.writing() as session:
        refusal = service.change_password(session, checked, by=by, at=current.now())
    if refusal is not None:
        page = _page(form, refusal.message)
        return render(page), status_of(refusal), headers_of(refusal)
    cookie.clear()
    flash(N_("密码已修改，请用新密码登录"))
    return redirect(url_for(".login", local=None if ways().rules.everybody else 1))


def _page(form: PasswordForm, refusal: str) -> PasswordPage:
    found = login()
    return PasswordPage(form, refusal, found.hindrance if found else None)
