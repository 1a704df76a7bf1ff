"""Reads of people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import Row
from sqlalchemy import Select
from sqlalchemy import SQLColumnExpression
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core import paging
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.paging import Part
from trainer.people.domain import IDLE
from trainer.people.domain import LIFETIME
from trainer.people.domain import Opened
from trainer.people.domain import OwnLogin
from trainer.people.domain import Person
from trainer.people.domain import Post
from trainer.people.domain import Role
from trainer.people.domain import Wanted
from trainer.people.models import LoginRow
from trainer.people.models import PersonPostRow
from trainer.people.models import PersonRoleRow
from trainer.people.models import PersonRow
from trainer.people.models import PostRow

SEPARATOR = "\n"
"""Between the roles and posts of one row; no code holds it."""


def person(session: Session, key: int, *, reader: Actor) -> Person:
    """Give an account, to its owner or an administrator.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    allowed = reader.may(Permission.ADMINISTER) or reader.person == key
    row = session.execute(_accounts().where(PersonRow.id == key)).first()
    if row is None or not allowed:
        raise NotFoundError("没有这个账号")
    return _person(row)


def everybody(session: Session, *, reader: Actor) -> list[Person]:
    """Give all accounts, open ones first; only an administrator sees them."""
    reader.must(Permission.ADMINISTER)
    return [_person(row) for row in session.execute(_accounts().order_by(*_ORDER))]


def accounts(session: Session, wanted: Wanted, *, reader: Actor) -> Part[Person]:
    """Give a part of the accounts that are wanted, open ones first."""
    reader.must(Permission.ADMINISTER)
    query = _accounts(func.count().over().label("total")).where(*_wanted(wanted))
    rows = session.execute(
        query.order_by(*_ORDER).limit(paging.SIZE).offset(paging.offset(wanted.part))
    ).all()
    total = rows[0].total if rows else 0
    return Part(tuple(_person(row) for row in rows), wanted.part, total)


def person_by_login(session: Session, login: str, *, reader: Actor) -> Person | None:
    """Give the account with a login, to an administrator."""
    reader.must(Permission.ADMINISTER)
    row = session.execute(_accounts().where(PersonRow.login == login)).first()
    return _person(row) if row else None


def opened(session: Session, token: str, at: datetime) -> Opened | None:
    """Give whose session a token is, None when it has ended or never began.

    One question, as every page asks it.
    """
    query = _accounts(LoginRow.seen_at).join(
        LoginRow, LoginRow.person_id == PersonRow.id
    )
    row = session.execute(
        query.where(
            LoginRow.token_hash == digest(token),
            *_still_counts(at),
            PersonRow.active,
        )
    ).first()
    return Opened(person=_person(row), noted_at=row.seen_at) if row else None


def own_logins(
    session: Session, token: str, at: datetime, *, reader: Actor
) -> list[OwnLogin]:
    """Give the open sessions of whoever asks, newest first."""
    rows = session.scalars(
        select(LoginRow)
        .where(LoginRow.person_id == reader.person, *_still_counts(at))
        .order_by(LoginRow.seen_at.desc(), LoginRow.id.desc())
    )
    own = digest(token)
    return [
        OwnLogin(began_at=r.began_at, seen_at=r.seen_at, this=r.token_hash == own)
        for r in rows
    ]


def names(session: Session, people: Iterable[int], *, reader: Actor) -> dict[int, str]:
    """Give the shown names of some people, to somebody who is logged in."""
    if not reader.person:
        return {}
    rows = session.execute(
        select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(set(people)))
    )
    return dict(rows.all())


def posts(session: Session) -> list[Post]:
    """Give all posts, by code."""
    rows = session.scalars(select(PostRow).order_by(PostRow.code))
    return [Post(row.code, row.name) for row in rows]


def digest(token: str) -> str:
    """Give what is kept of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()


_ORDER = (PersonRow.active.desc(), PersonRow.login)


def _accounts(*more: SQLColumnExpression[Any]) -> Select[Any]:
    """Begin a question for accounts, with their roles and posts in one row each."""
    roles = select(func.aggregate_strings(PersonRoleRow.role, SEPARATOR)).where(
        PersonRoleRow.person_id == PersonRow.id
    )
    held = select(func.aggregate_strings(PersonPostRow.post_code, SEPARATOR)).where(
        PersonPostRow.person_id == PersonRow.id
    )
    return select(
        PersonRow,
        roles.scalar_subquery().label("roles"),
        held.scalar_subquery().label("posts"),
        *more,
    )


def _person(row: Row[Any]) -> Person:
    found: PersonRow = row.PersonRow
    return Person(
        id=found.id,
        login=found.login,
        name=found.name,
        roles=frozenset(Role(role) for role in _parts(row.roles)),
        posts=frozenset(_parts(row.posts)),
        active=found.active,
        must_change_password=found.must_change_password,
    )


def _parts(joined: str | None) -> list[str]:
    return joined.split(SEPARATOR) if joined else []


def _wanted(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.active is not None:
        yield PersonRow.active.is_(wanted.active)
    if wanted.role is not None:
        holders = select(PersonRoleRow.person_id).where(
            PersonRoleRow.role == wanted.role
        )
        yield PersonRow.id.in_(holders)
    if wanted.words:
        yield or_(
            PersonRow.name.icontains(wanted.words, autoescape=True),
            PersonRow.login.icontains(wanted.words, autoescape=True),
        )


def _still_counts(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Say which sessions still count at a moment."""
    return (
        LoginRow.ended_at.is_(None),
        LoginRow.seen_at > at - IDLE,
        LoginRow.began_at > at - LIFETIME,
    )
