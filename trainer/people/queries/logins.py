"""Reads of logins."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy import ScalarSelect
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.people.domain import passwords
from trainer.people.domain.logins import DEFAULT_RULES
from trainer.people.domain.logins import Hindrance
from trainer.people.domain.logins import LoginRules
from trainer.people.domain.logins import Means
from trainer.people.domain.logins import Opened
from trainer.people.domain.logins import OwnLogin
from trainer.people.models import LoginRow
from trainer.people.models import PersonRow
from trainer.people.queries.accounts import account_rows
from trainer.people.queries.accounts import person_of

WHOSE = account_rows(LoginRow.seen_at, LoginRow.means).join(
    LoginRow, LoginRow.person_id == PersonRow.id
)
"""Sessions with their people; put together once, as every request asks for it."""

ADDRESS = "address "
"""Begins the key of an address; that of a login is a digest, so they never meet."""


def opened(
    session: Session,
    token: str,
    at: datetime,
    rules: LoginRules = DEFAULT_RULES,
    *,
    counted: ScalarSelect[int] | None = None,
) -> Opened | None:
    """Give whose session a token is, None when it has ended or never began.

    One question, as every page asks it; ``counted`` counts in it what a feature above
    has for the person.
    """
    query = WHOSE if counted is None else WHOSE.add_columns(counted.label("counted"))
    row = session.execute(
        query.where(
            LoginRow.token_hash == digest(token),
            *still_counts(at, rules),
            PersonRow.active,
        )
    ).first()
    if row is None:
        return None
    person, means = person_of(row), Means(row.means)
    count = 0 if counted is None else row.counted
    if means is not Means.PASSWORD:  # who logs in elsewhere has his password there
        return Opened(person=person, noted_at=row.seen_at, means=means, counted=count)
    ends = passwords.ends_at(row.PersonRow.password_set_at, rules.password_days)
    return Opened(
        person=person,
        noted_at=row.seen_at,
        hindrance=_hindrance(ends, at, is_first=person.must_change_password),
        password_ends=ends,
        counted=count,
    )


def _hindrance(
    ends: datetime | None, at: datetime, *, is_first: bool
) -> Hindrance | None:
    if is_first:
        return Hindrance.FIRST
    return Hindrance.EXPIRED if ends is not None and ends <= at else None


def own_logins(
    session: Session,
    token: str,
    at: datetime,
    *,
    reader: Actor,
    rules: LoginRules = DEFAULT_RULES,
) -> list[OwnLogin]:
    """Give the open sessions of whoever asks, newest first."""
    return open_logins(session, reader.person, at, rules, own=token)


def open_logins(
    session: Session, person: int, at: datetime, rules: LoginRules, *, own: str = ""
) -> list[OwnLogin]:
    """Give the open sessions of a person, newest first; for queries of this feature.

    Args:
        session: A session.
        person: Whose.
        at: Now.
        rules: How long sessions last.
        own: Token of the one asking.
    """
    rows = session.scalars(
        select(LoginRow)
        .where(LoginRow.person_id == person, *still_counts(at, rules))
        .order_by(LoginRow.seen_at.desc(), LoginRow.id.desc())
    )
    this = digest(own)
    return [
        OwnLogin(
            id=r.id,
            began_at=r.began_at,
            seen_at=r.seen_at,
            address=r.address,
            agent=r.agent,
            means=Means(r.means),
            this=r.token_hash == this,
        )
        for r in rows
    ]


def digest(token: str) -> str:
    """Give what is kept of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()


def login_key(login: str) -> str:
    """Give what stands for a login where wrong passwords are counted."""
    return digest(f"login {login.casefold()}")


def address_key(address: str) -> str:
    """Give what stands for a network address where wrong passwords are counted."""
    return f"{ADDRESS}{address}"


def still_counts(at: datetime, rules: LoginRules) -> tuple[ColumnElement[bool], ...]:
    """Say which sessions still count at a moment."""
    return (
        LoginRow.ended_at.is_(None),
        LoginRow.seen_at > at - rules.idle,
        LoginRow.began_at > at - rules.lifetime,
    )
