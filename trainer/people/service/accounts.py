"""Use cases of people: accounts, passwords, login and logout."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError
from argon2.exceptions import VerificationError
from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.people import queries
from trainer.people.domain import LOGIN
from trainer.people.domain import SEEN_EVERY
from trainer.people.domain import Account
from trainer.people.domain import LoginFailedError
from trainer.people.domain import LoginTakenError
from trainer.people.domain import Person
from trainer.people.domain import Post
from trainer.people.domain import must_be_strong
from trainer.people.models import LoginRow
from trainer.people.models import PersonPostRow
from trainer.people.models import PersonRoleRow
from trainer.people.models import PersonRow
from trainer.people.models import PostRow

# 19 MiB, two passes: OWASP's first choice for argon2id. A default of the library
# costs nine times as much, and at nine o'clock everybody logs in at once.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODY = HASHER.hash(secrets.token_hex())
"""Checked when the login is unknown, so that the answer takes as long."""


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
    by.must(Permission.ADMINISTER)
    if not LOGIN.match(account.login):
        raise TrainerError("工号用 2 到 32 位字母、数字、点、横线或下划线")
    taken = select(PersonRow.id).where(PersonRow.login == account.login)
    if session.scalars(taken).first() is not None:
        raise LoginTakenError(f"工号 {account.login} 已有账号；请换一个或启用原账号")
    must_be_strong(password, account.login)
    row = PersonRow(
        login=account.login,
        password_hash=HASHER.hash(password),
        must_change_password=must_change,
        created_at=at,
        name=account.name,
        active=account.active,
    )
    session.add(row)
    session.flush()
    _grant(session, row.id, account)
    return queries.person(session, row.id, reader=by)


def change_person(
    session: Session, key: int, account: Account, *, by: Actor, at: datetime
) -> Person:
    """Change name, roles and posts, or close and open an account.

    A change of rights ends the person's sessions: the next page asks to log in.
    The login stays what it was.
    """
    by.must(Permission.ADMINISTER)
    row = _row(session, key)
    if row.id == by.person and not account.active:
        raise TrainerError("不能停用自己的账号；请由另一位管理员操作")
    row.name, row.active = account.name, account.active
    _grant(session, key, account)
    if key != by.person:
        end_logins(session, key, at=at)
    return queries.person(session, key, reader=by)


def reset_password(
    session: Session, key: int, password: str, *, by: Actor, at: datetime
) -> None:
    """Give a person a new first password."""
    by.must(Permission.ADMINISTER)
    row = _row(session, key)
    must_be_strong(password, row.login)
    row.password_hash, row.must_change_password = HASHER.hash(password), True
    end_logins(session, key, at=at)


def change_password(
    session: Session, old: str, new: str, *, by: Actor, at: datetime
) -> None:
    """Change one's own password; all one's sessions end.

    Raises:
        LoginFailedError: the old password is wrong.
        WeakPasswordError: the new one is too easy to guess.
    """
    row = _row(session, by.person)
    if not _matches(row.password_hash, old):
        raise LoginFailedError
    must_be_strong(new, row.login)
    row.password_hash, row.must_change_password = HASHER.hash(new), False
    end_logins(session, by.person, at=at)


def log_in(session: Session, login: str, password: str, *, at: datetime) -> str:
    """Begin a session and give its token.

    Raises:
        LoginFailedError: unknown, wrong, or closed; the person is not told which.
    """
    row = session.scalars(select(PersonRow).where(PersonRow.login == login)).first()
    known = row.password_hash if row else NOBODY
    if not _matches(known, password) or row is None or not row.active:
        raise LoginFailedError
    token = secrets.token_urlsafe(32)
    session.add(
        LoginRow(
            token_hash=queries.digest(token), person_id=row.id, began_at=at, seen_at=at
        )
    )
    return token


def note_use(session: Session, token: str, *, at: datetime) -> None:
    """Keep a used session from idling out."""
    session.execute(
        update(LoginRow)
        .where(
            LoginRow.token_hash == queries.digest(token),
            LoginRow.seen_at < at - SEEN_EVERY,
        )
        .values(seen_at=at)
    )


def log_out(session: Session, token: str, *, at: datetime) -> None:
    """End a session."""
    session.execute(
        update(LoginRow)
        .where(LoginRow.token_hash == queries.digest(token))
        .values(ended_at=at)
    )


def end_logins(session: Session, key: int, *, at: datetime) -> None:
    """End every session of a person."""
    session.execute(
        update(LoginRow)
        .where(LoginRow.person_id == key, LoginRow.ended_at.is_(None))
        .values(ended_at=at)
    )


def save_posts(session: Session, posts: Iterable[Post], *, by: Actor) -> None:
    """Add posts and rename known ones; a post is never deleted."""
    by.must(Permission.EDIT)
    for post in posts:
        session.merge(PostRow(code=post.code, name=post.name))
    session.flush()


def _grant(session: Session, key: int, account: Account) -> None:
    session.execute(delete(PersonRoleRow).where(PersonRoleRow.person_id == key))
    session.execute(delete(PersonPostRow).where(PersonPostRow.person_id == key))
    session.add_all(PersonRoleRow(person_id=key, role=r) for r in account.roles)
    session.add_all(PersonPostRow(person_id=key, post_code=p) for p in account.posts)
    session.flush()


def _row(session: Session, key: int) -> PersonRow:
    row = session.get(PersonRow, key)
    if row is None:
        raise NotFoundError("没有这个账号")
    return row


def _matches(known: str, password: str) -> bool:
    try:
        return HASHER.verify(known, password)
    except (VerificationError, InvalidHashError):
        return False
