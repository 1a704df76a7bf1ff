"""Logins: begun by a password, used, ended."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.errors import TrainerError
from trainer.people.domain.logins import SEEN_EVERY
from trainer.people.domain.logins import LoginFailedError
from trainer.people.domain.logins import TooManyFailuresError
from trainer.people.models import LoginRow
from trainer.people.models import PersonRow
from trainer.people.queries import digest
from trainer.people.service import brake
from trainer.people.service.passwords import NOBODY
from trainer.people.service.passwords import matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A login and what came of its password.

    ``person`` is None when there is no such account; ``kept`` is the digest that
    the password was checked against.
    """

    login: str
    person: int | None
    kept: str
    matches: bool


def check_password(session: Session, login: str, password: str) -> Checked:
    """Check a password; slow on purpose, so do it before the write begins.

    The result is not an answer yet: :func:`log_in` says whether it may be given.
    """
    row = session.scalars(select(PersonRow).where(PersonRow.login == login)).first()
    kept = row.password_hash if row else NOBODY
    return Checked(
        login=login,
        person=row.id if row else None,
        kept=kept,
        matches=matches(kept, password),
    )


def log_in(
    session: Session,
    checked: Checked,
    *,
    at: datetime,
    address: str | None = None,
    instead_of: str = "",
) -> str | TrainerError:
    """Begin a session.

    Args:
        session: A session.
        checked: The login with its checked password.
        at: Now.
        address: Where the request came from, so that its owner knows it again.
        instead_of: Token of the session this browser had so far; it ends.

    Returns:
        The token of the session, or why there is none. A refusal is given and
        not raised, because the failure that was counted must be kept.
    """
    row = session.get(PersonRow, checked.person) if checked.person else None
    refusal: TrainerError | None = None
    if not brake.take(session, checked.login, at=at):
        refusal = TooManyFailuresError()
    elif row is None or not _holds(checked, row):
        refusal = LoginFailedError()
    entry = Entry(
        person=row.id if row else 0,
        verb="login.refused" if refusal else "login.begun",
        object="" if row else f"login/{digest(checked.login)[:12]}",
        detail=type(refusal).__name__ if refusal else "",
    )
    audit.record(session, entry, at=at)
    if refusal or row is None:
        return refusal or LoginFailedError()
    brake.release(session, checked.login, at=at)
    log_out(session, instead_of, at=at)
    return _begin(session, row, at=at, address=address or "")


def _holds(checked: Checked, row: PersonRow) -> bool:
    """Tell whether the check still counts: nothing changed in between."""
    return checked.matches and row.active and row.password_hash == checked.kept


def _begin(session: Session, row: PersonRow, *, at: datetime, address: str) -> str:
    token = secrets.token_urlsafe(32)
    session.add(
        LoginRow(
            token_hash=digest(token),
            person_id=row.id,
            began_at=at,
            seen_at=at,
            address=address,
            agent="",
        )
    )
    session.flush()
    return token


def note_use(session: Session, token: str, *, at: datetime) -> None:
    """Keep a used session from idling out."""
    session.execute(
        update(LoginRow)
        .where(
            LoginRow.token_hash == digest(token),
            LoginRow.seen_at < at - SEEN_EVERY,
        )
        .values(seen_at=at)
    )


def log_out(session: Session, token: str, *, at: datetime) -> None:
    """End a session; one that has ended stays as it was."""
    ended = session.scalar(
        update(LoginRow)
        .where(LoginRow.token_hash == digest(token), LoginRow.ended_at.is_(None))
        .values(ended_at=at)
        .returning(LoginRow.person_id)
    )
    if ended is not None:
        audit.record(session, Entry(person=ended, verb="login.ended"), at=at)


def end_logins(session: Session, key: int, *, at: datetime, but: str = "") -> int:
    """End the sessions of a person, all but one, and give how many they were."""
    ended = session.scalars(
        update(LoginRow)
        .where(
            LoginRow.person_id == key,
            LoginRow.ended_at.is_(None),
            LoginRow.token_hash != digest(but),
        )
        .values(ended_at=at)
        .returning(LoginRow.id)
    )
    return len(ended.all())


def end_other_logins(session: Session, token: str, *, by: Actor, at: datetime) -> int:
    """End one's own sessions elsewhere; give how many they were."""
    ended = end_logins(session, by.person, at=at, but=token)
    entry = Entry(person=by.person, verb="login.others_ended", detail=str(ended))
    audit.record(session, entry, at=at)
    return ended
