"""Accounts, for administrators: opened, changed, closed; never deleted."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from http import HTTPStatus

from flask import make_response
from flask import redirect
from flask import request
from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.kit.web.translation import flash
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Account
from trainer.people.domain.accounts import Person
from trainer.people.domain.roles import ROLE_HELP
from trainer.people.domain.roles import Role
from trainer.people.forms import AccountForm
from trainer.people.forms import NewAccountForm
from trainer.people.views.blueprint import accounts as bp

Answer = Response | tuple[str, HTTPStatus]


@dataclass(frozen=True, slots=True)
class NewAccountPage(Page):
    """Open an account."""

    template = "people/new_account.html"
    form: NewAccountForm
    refusal: str
    helps: Mapping[Role, str] = field(default_factory=lambda: ROLE_HELP)


@dataclass(frozen=True, slots=True)
class AccountPage(Page):
    """Change an account."""

    template = "people/account.html"
    form: AccountForm
    person: Person
    refusal: str
    own: bool
    helps: Mapping[Role, str] = field(default_factory=lambda: ROLE_HELP)


@dataclass(frozen=True, slots=True)
class FirstPasswordPage(Page):
    """Tell a first password, this once."""

    template = "people/first_password.html"
    person: Person
    password: str


@bp.get("/new")
def new() -> str:
    """Show the form that opens an account."""
    form = NewAccountForm()
    with current.reading() as session:
        _offer(session, form)
    return render(NewAccountPage(form, ""))


@bp.post("")
def open_account() -> Answer:
    """Open an account and tell its first password."""
    form, refusal = NewAccountForm(request.form), ""
    with current.reading() as session:
        _offer(session, form)
    if form.validate():
        account = form.account()
        password = service.first_password(account.login)
        try:
            with current.writing() as session:
                by, at = current.actor(), current.now()
                person = service.add_person(session, account, password, by=by, at=at)
        except TrainerError as error:
            refusal = error.message
        else:
            return _told(person, password)
    return render(NewAccountPage(form, refusal)), HTTPStatus.UNPROCESSABLE_ENTITY


@bp.get("/<int:key>")
def account(key: int) -> str:
    """Show an account with the form that changes it."""
    with current.reading() as session:
        person = queries.person(session, key, reader=current.actor())
        form = AccountForm(data=AccountForm.values(person))
        _offer(session, form)
    current.note_look(key)
    return render(AccountPage(form, person, "", _is_own(key)))


@bp.post("/<int:key>")
def change(key: int) -> Answer:
    """Change name, roles and posts."""
    form, refusal = AccountForm(request.form), ""
    with current.reading() as session:
        person = queries.person(session, key, reader=current.actor())
        _offer(session, form)
    if form.validate():
        try:
            _change(key, form.changed)
        except TrainerError as error:
            refusal = error.message
        else:
            flash(N_("已保存：{name}", name=form.name.data))
            return redirect(url_for(".account", key=key))
    page = AccountPage(form, person, refusal, _is_own(key))
    return render(page), HTTPStatus.UNPROCESSABLE_ENTITY


@bp.post("/<int:key>/password")
def reset_password(key: int) -> Response:
    """Give a new first password."""
    by, at = current.actor(), current.now()
    with current.writing() as session:
        person = queries.person(session, key, reader=by)
        password = service.first_password(person.login)
        service.reset_password(session, key, password, by=by, at=at)
    return _told(person, password)


@bp.post("/<int:key>/close")
def close(key: int) -> Response:
    """Close an account; its person is out at once."""
    person = _change(key, lambda before: replace(before, active=False))
    flash(
        N_(
            "已停用 {login}，正在使用的登录已退出；记录都保留，随时可以启用",
            login=person.login,
        )
    )
    return redirect(url_for(".account", key=key))


@bp.post("/<int:key>/open")
def reopen(key: int) -> Response:
    """Open a closed account again."""
    person = _change(key, lambda before: replace(before, active=True))
    flash(N_("已启用 {login}；忘了密码可在本页重置", login=person.login))
    return redirect(url_for(".account", key=key))


def _change(key: int, change: Callable[[Account], Account]) -> Person:
    by, at = current.actor(), current.now()
    with current.writing() as session:
        before = queries.person(session, key, reader=by).account()
        return service.change_person(session, key, change(before), by=by, at=at)


def _told(person: Person, password: str) -> Response:
    """Show a first password in an answer that nobody keeps."""
    answer = make_response(render(FirstPasswordPage(person, password)))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _offer(session: Session, form: AccountForm) -> None:
    posts = {post.code: post.name for post in queries.posts(session)}
    form.offer(posts, queries.sites(session), queries.organisations(session))


def _is_own(key: int) -> bool:
    return key == current.actor().person
