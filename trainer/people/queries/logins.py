"""Reads of logins."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.people.domain.logins import IDLE
from trainer.people.domain.logins import LIFETIME
from trainer.people.domain.logins import Opened
from trainer.people.domain.logins import OwnLogin
from trainer.people.models import LoginRow
from trainer.people.models import PersonRow
from trainer.people.queries.accounts import account_rows
from trainer.people.queries.accounts import person_of


def opened(session: Session, token: str, at: datetime) -> Opened | None:
    """Give whose session a token is, None when it has ended or never began.

    One question, as every page asks it.
    """
    query = account_rows(LoginRow.seen_at).join(
        LoginRow, LoginRow.person_id == PersonRow.id
    )
    row = session.execute(
        query.where(
            LoginRow.token_hash == digest(token),
            *_still_counts(at),
            PersonRow.active,
        )
    ).first()
    return Opened(person=person_of(row), noted_at=row.seen_at) if row else None


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


def digest(token: str) -> str:
    """Give what is kept of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _still_counts(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Say which sessions still count at a moment."""
    return (
        LoginRow.ended_at.is_(None),
        LoginRow.seen_at > at - IDLE,
        LoginRow.began_at > at - LIFETIME,
    )
