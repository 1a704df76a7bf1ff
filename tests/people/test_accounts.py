"""Accounts: opened, changed, closed; and what the audit keeps of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from tests.factories import CLERK
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import SETUP
from tests.factories import SUPERVISOR
from trainer.audit import queries as audit
from trainer.core.actor import Actor
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Account
from trainer.people.domain.accounts import LoginTakenError
from trainer.people.domain.accounts import NobodyAdministersError
from trainer.people.domain.accounts import Person
from trainer.people.domain.passwords import WeakPasswordError
from trainer.people.domain.passwords import must_be_strong
from trainer.people.domain.posts import Post
from trainer.people.domain.roles import Role

PASSWORD = "counter-2026"  # noqa: S105  (fictitious)


def make_account(login: str = "w1", *roles: Role, **more: object) -> Account:
    told = {"name": f"{login}（虚构）", "roles": frozenset(roles or {Role.CLERK})}
    return Account(login=login, **{**told, **more})  # type: ignore[arg-type]  # by name


def opened(session: Session, account: Account | None = None) -> Person:
    return service.add_person(
        session, account or make_account(), PASSWORD, by=SETUP, at=NOON
    )


def log_in(session: Session, login: str = "w1") -> str:
    checked = service.check_password(session, login, PASSWORD)
    token = service.log_in(session, checked, at=NOON)
    assert isinstance(token, str)
    return token


def test_a_new_account_must_change_its_password(session: Session) -> None:
    person = opened(session)
    assert person.must_change_password
    assert queries.person_by_login(session, "w1", reader=SETUP) == person


@pytest.mark.parametrize("login", ["w1", "W1"])
def test_a_login_is_given_once(session: Session, login: str) -> None:
    opened(session)
    with pytest.raises(LoginTakenError):
        opened(session, make_account(login))


@pytest.mark.parametrize("by", [CLERK, EDITOR, SUPERVISOR])
def test_only_administrators_touch_accounts(session: Session, by: Actor) -> None:
    person = opened(session)
    with pytest.raises(DeniedError):
        service.add_person(session, make_account("w2"), PASSWORD, by=by, at=NOON)
    with pytest.raises(DeniedError):
        service.change_person(session, person.id, make_account(), by=by, at=NOON)
    with pytest.raises(DeniedError):
        service.reset_password(session, person.id, PASSWORD, by=by, at=NOON)
    with pytest.raises(DeniedError):
        queries.everybody(session, reader=by)


def test_what_cannot_be_is_refused(session: Session) -> None:
    with pytest.raises(TrainerError, match="工号用"):
        opened(session, make_account("一号"))
    with pytest.raises(WeakPasswordError):
        service.add_person(session, make_account(), "short", by=SETUP, at=NOON)
    with pytest.raises(TrainerError, match="没有这个岗位"):
        opened(session, make_account("w2", posts=frozenset({"nowhere"})))
    with pytest.raises(NotFoundError):
        service.change_person(session, 99, make_account(), by=SETUP, at=NOON)


def test_roles_and_posts_are_what_was_said_last(session: Session) -> None:
    service.save_posts(session, [Post("a", "甲"), Post("b", "乙")], by=SETUP, at=NOON)
    person = opened(session, make_account(posts=frozenset({"a"})))
    account = replace(
        person.account(), roles=frozenset({Role.EDITOR}), posts=frozenset({"a", "b"})
    )
    changed = service.change_person(session, person.id, account, by=SETUP, at=NOON)
    assert changed.account() == account


def test_a_change_ends_the_sessions_of_the_person(session: Session) -> None:
    person = opened(session)
    token = log_in(session)
    closed = replace(person.account(), active=False)
    service.change_person(session, person.id, closed, by=SETUP, at=NOON)
    assert queries.opened(session, token, NOON) is None

    again = replace(closed, active=True)
    service.change_person(session, person.id, again, by=SETUP, at=NOON)
    assert queries.opened(session, token, NOON) is None
    assert queries.opened(session, log_in(session), NOON) is not None


@pytest.mark.parametrize(
    "more", [{"active": False}, {"roles": frozenset({Role.CLERK})}]
)
def test_somebody_always_administers(session: Session, more: dict[str, object]) -> None:
    boss = opened(session, make_account("boss", Role.ADMINISTRATOR))
    account = replace(boss.account(), **more)  # type: ignore[arg-type]  # by name
    with pytest.raises(TrainerError, match="另一位管理员"):
        service.change_person(session, boss.id, account, by=boss.actor(), at=NOON)
    with pytest.raises(NobodyAdministersError):
        service.change_person(session, boss.id, account, by=SETUP, at=NOON)


def test_a_first_password_is_strong_and_never_the_same() -> None:
    made = {service.first_password("k7") for _ in range(200)}
    assert len(made) == 200
    for password in made:
        must_be_strong(password, "k7")


def test_the_audit_keeps_each_act_and_no_name(session: Session) -> None:
    person = opened(session)
    account = replace(person.account(), name="改名（虚构）")
    service.change_person(session, person.id, account, by=SETUP, at=NOON)
    closed = replace(account, active=False)
    service.change_person(session, person.id, closed, by=SETUP, at=NOON)
    service.change_person(session, person.id, account, by=SETUP, at=NOON)
    service.reset_password(session, person.id, PASSWORD + "x", by=SETUP, at=NOON)

    entries = audit.entries(session)
    assert [entry.verb for entry in entries] == [
        "account.opened",
        "account.changed",
        "account.closed",
        "account.reopened",
        "account.password_reset",
    ]
    assert {entry.object for entry in entries} == {f"person/{person.id}"}
    assert entries[1].before == entries[0].after
    assert entries[3].after == entries[1].after
    assert "虚构" not in str(entries)
    assert PASSWORD not in str(entries)
