"""Accounts: opened, changed, closed and opened again, never deleted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.audit.domain import digest
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.db import queue_up
from trainer.people import queries
from trainer.people.domain.accounts import LOGIN
from trainer.people.domain.accounts import Account
from trainer.people.domain.accounts import LoginTakenError
from trainer.people.domain.accounts import NobodyAdministersError
from trainer.people.domain.accounts import Person
from trainer.people.domain.erasing import ERASED_LOGIN
from trainer.people.domain.erasing import ErasedError
from trainer.people.domain.passwords import must_be_strong
from trainer.people.domain.roles import Role
from trainer.people.domain.roles import must_be_separate
from trainer.people.models import PersonPostRow
from trainer.people.models import PersonRoleRow
from trainer.people.models import PersonRow
from trainer.people.models import SupervisedOrganisationRow
from trainer.people.models import SupervisedSiteRow
from trainer.people.service.logins import end_logins
from trainer.people.service.passwords import HASHER

GRANTS = (
    PersonRoleRow,
    PersonPostRow,
    SupervisedSiteRow,
    SupervisedOrganisationRow,
)

PLACE = 4703
"""Number of the advisory lock that lets accounts change one after another."""


def add_person(
    session: Session,
    account: Account,
    password: str,
    *,
    by: Actor,
    at: datetime,
    must_change: bool = True,
) -> Person:
    """Open an account; its owner must change the password at the first login.

    Only demo accounts, whose password everybody knows, come without that duty.

    Raises:
        LoginTakenError: another person has the login.
        WeakPasswordError: the password is too easy to guess.
    """
    (person,) = add_people(
        session, [account], password, by=by, at=at, must_change=must_change
    )
    return person


def add_people(
    session: Session,
    accounts: Iterable[Account],
    password: str,
    *,
    by: Actor,
    at: datetime,
    must_change: bool = True,
) -> list[Person]:
    """Open accounts with one first password, hashed once; raises as above."""
    by.must(Permission.ADMINISTER)
    kept, made = HASHER.hash(password), []
    for account in accounts:
        must_be_strong(password, account.login, name=account.name, phone=account.phone)
        person = open_account(
            session, account, kept, by=by, at=at, must_change=must_change
        )
        made.append(person)
    return made


def open_account(
    session: Session,
    account: Account,
    kept: str,
    *,
    by: Actor,
    at: datetime,
    must_change: bool = True,
) -> Person:
    """Open an account whose password was hashed before, as hashing many is slow.

    Raises:
        LoginTakenError: another person has the login.
    """
    by.must(Permission.ADMINISTER)
    queue_up(session, PLACE)
    _must_be_free(session, account.login)
    row = _new_row(account, kept, at)
    row.must_change_password = must_change
    session.add(row)
    session.flush()
    _grant(session, row.id, account)
    audit.record(session, _entry("account.opened", row.id, by, None, account), at=at)
    return queries.person(session, row.id, reader=by)


def _must_be_free(session: Session, login: str) -> None:
    if not LOGIN.match(login) or login.lower().startswith(ERASED_LOGIN):
        raise TrainerError(N_("工号用 2 到 32 位字母、数字、点、横线或下划线"))
    taken = select(PersonRow.id).where(func.lower(PersonRow.login) == login.lower())
    if session.scalars(taken).first() is not None:
        raise LoginTakenError(
            N_("工号 {login} 已有账号；请换一个或启用原账号", login=login)
        )


def _new_row(account: Account, kept: str, at: datetime) -> PersonRow:
    return PersonRow(
        login=account.login,
        name=account.name,
        phone=account.phone,
        password_hash=kept,
        password_set_at=at,
        must_change_password=True,
        active=account.active,
        created_at=at,
    )


def change_person(
    session: Session, key: int, account: Account, *, by: Actor, at: datetime
) -> Person:
    """Change name, roles and posts, or close and open an account.

    A change ends the person's sessions: the next page asks to log in. The login
    stays what it was.

    Raises:
        NobodyAdministersError: nobody would be left to administer.
    """
    by.must(Permission.ADMINISTER)
    queue_up(session, PLACE)
    row = _kept(session, key)
    before = queries.person(session, key, reader=by).account()
    if row.id == by.person and not _administers(account):
        raise TrainerError(
            N_("不能停用自己或取消自己的管理员角色；请由另一位管理员操作")
        )
    row.name, row.phone, row.active = account.name, account.phone, account.active
    _grant(session, key, account)
    if _administers(before) and not _administers(account):
        _somebody_must_administer(session)
    if key != by.person:
        end_logins(session, key, at=at)
    verb = _verb(before, account)
    if verb == "account.reopened":
        row.used_at = at  # else it would count as unused at once
    audit.record(session, _entry(verb, key, by, before, account), at=at)
    return queries.person(session, key, reader=by)


def _grant(session: Session, key: int, account: Account) -> None:
    """Give a person roles, posts and scope, and nothing he had beside them."""
    if not account.roles:
        raise TrainerError(N_("请至少选一个角色"))
    must_be_separate(account.roles)
    known = {post.code for post in queries.posts(session)}
    if unknown := (account.posts | account.deputies) - known:
        raise TrainerError(N_("没有这个岗位：{posts}", posts=sorted(unknown)))
    if both := account.posts & account.deputies:
        raise TrainerError(N_("不能给自己当副手：{posts}", posts=sorted(both)))
    for grant in GRANTS:
        session.execute(delete(grant).where(grant.person_id == key))
    session.add_all(PersonRoleRow(person_id=key, role=r) for r in account.roles)
    for codes, deputy in ((account.posts, False), (account.deputies, True)):
        session.add_all(
            PersonPostRow(person_id=key, post_code=code, deputy=deputy)
            for code in codes
        )
    session.add_all(
        SupervisedSiteRow(person_id=key, site_id=site) for site in account.scope.sites
    )
    session.add_all(
        SupervisedOrganisationRow(person_id=key, organisation_id=bank)
        for bank in account.scope.organisations
    )
    session.flush()


def _administers(account: Account) -> bool:
    return account.active and Role.ADMINISTRATOR in account.roles


def _somebody_must_administer(session: Session) -> None:
    left = (
        select(PersonRow.id)
        .join(PersonRoleRow, PersonRoleRow.person_id == PersonRow.id)
        .where(PersonRow.active, PersonRoleRow.role == Role.ADMINISTRATOR)
    )
    if session.scalars(left).first() is None:
        raise NobodyAdministersError


def _verb(before: Account, after: Account) -> str:
    if before.active == after.active:
        return "account.changed"
    return "account.reopened" if after.active else "account.closed"


def _entry(
    verb: str,
    key: int,
    by: Actor,
    before: Account | None = None,
    after: Account | None = None,
) -> Entry:
    return Entry(
        person=by.person,
        verb=verb,
        object=f"person/{key}",
        before=_digest(before),
        after=_digest(after),
    )


def _digest(account: Account | None) -> str:
    if account is None:
        return ""
    told = (account.login, account.name, account.phone, account.active)
    codes = (account.roles, account.posts, account.deputies)
    keys = (account.scope.sites, account.scope.organisations)
    granted = [*map(sorted, codes), *map(sorted, keys)]
    return digest(json.dumps([*told, *granted]))


def _kept(session: Session, key: int) -> PersonRow:
    row = _row(session, key)
    if row.erased_at is not None:
        raise ErasedError
    return row


def _row(session: Session, key: int) -> PersonRow:
    row = session.get(PersonRow, key)
    if row is None:
        raise NotFoundError(N_("没有这个账号"))
    return row
