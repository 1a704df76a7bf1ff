"""Reads of people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.people.domain import IDLE
from trainer.people.domain import LIFETIME
from trainer.people.domain import SEEN_EVERY
from trainer.people.domain import Person
from trainer.people.domain import Post
from trainer.people.domain import Role
from trainer.people.models import LoginRow
from trainer.people.models import PersonPostRow
from trainer.people.models import PersonRoleRow
from trainer.people.models import PersonRow
from trainer.people.models import PostRow


def person(session: Session, key: int, *, reader: Actor) -> Person:
    """Give an account, to its owner or an administrator.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    row = session.get(PersonRow, key)
    allowed = reader.may(Permission.ADMINISTER) or reader.person == key
    if row is None or not allowed:
        raise NotFoundError("没有这个账号")
    return _people(session, [row])[0]


def everybody(session: Session, *, reader: Actor) -> list[Person]:
    """Give all accounts, open ones first; only an administrator sees them."""
    reader.must(Permission.ADMINISTER)
    rows = session.scalars(
        select(PersonRow).order_by(PersonRow.active.desc(), PersonRow.login)
    )
    return _people(session, list(rows))


def person_by_login(session: Session, login: str, *, reader: Actor) -> Person | None:
    """Give the account with a login, to an administrator."""
    reader.must(Permission.ADMINISTER)
    row = session.scalars(select(PersonRow).where(PersonRow.login == login)).first()
    return _people(session, [row])[0] if row else None


def person_of_token(session: Session, token: str, at: datetime) -> Person | None:
    """Give whose session a token is, None when it has ended or never began."""
    row = session.execute(
        select(LoginRow, PersonRow)
        .join(PersonRow, PersonRow.id == LoginRow.person_id)
        .where(
            LoginRow.token_hash == digest(token),
            LoginRow.ended_at.is_(None),
            LoginRow.seen_at > at - IDLE,
            LoginRow.began_at > at - LIFETIME,
            PersonRow.active,
        )
    ).first()
    return _people(session, [row.PersonRow])[0] if row else None


def is_note_due(session: Session, token: str, at: datetime) -> bool:
    """Tell whether the use of a session should be noted again."""
    due = select(LoginRow.id).where(
        LoginRow.token_hash == digest(token), LoginRow.seen_at < at - SEEN_EVERY
    )
    return session.scalars(due).first() is not None


def names(session: Session, people: Iterable[int]) -> dict[int, str]:
    """Give the shown names of some people."""
    rows = session.execute(
        select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(set(people)))
    )
    return dict(rows.tuples())


def posts(session: Session) -> list[Post]:
    """Give all posts, by code."""
    rows = session.scalars(select(PostRow).order_by(PostRow.code))
    return [Post(row.code, row.name) for row in rows]


def digest(token: str) -> str:
    """Give what is kept of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _people(session: Session, rows: list[PersonRow]) -> list[Person]:
    keys = [row.id for row in rows]
    roles: dict[int, set[Role]] = {key: set() for key in keys}
    held: dict[int, set[str]] = {key: set() for key in keys}
    for role in session.scalars(
        select(PersonRoleRow).where(PersonRoleRow.person_id.in_(keys))
    ):
        roles[role.person_id].add(Role(role.role))
    for post in session.scalars(
        select(PersonPostRow).where(PersonPostRow.person_id.in_(keys))
    ):
        held[post.person_id].add(post.post_code)
    return [
        Person(
            id=row.id,
            login=row.login,
            name=row.name,
            roles=frozenset(roles[row.id]),
            posts=frozenset(held[row.id]),
            active=row.active,
            must_change_password=row.must_change_password,
        )
        for row in rows
    ]
