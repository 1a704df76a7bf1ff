"""Logins: begun by a password, used, ended."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.people.domain.browsers import LONGEST_AGENT
from trainer.people.domain.logins import DEFAULT_RULES
from trainer.people.domain.logins import MOST_FAILURES
from trainer.people.domain.logins import NO_VISIT
from trainer.people.domain.logins import SEEN_EVERY
from trainer.people.domain.logins import Ended
from trainer.people.domain.logins import LoginFailedError
from trainer.people.domain.logins import LoginRules
from trainer.people.domain.logins import Means
from trainer.people.domain.logins import OnlyAdministratorsError
from trainer.people.domain.logins import TooManyFailuresError
from trainer.people.domain.logins import TooManyFromAddressError
from trainer.people.domain.logins import UnusedAccountError
from trainer.people.domain.logins import Visit
from trainer.people.domain.logins import WorkOverError
from trainer.people.domain.logins import unused_before
from trainer.people.domain.roles import Role
from trainer.people.models import LoginRow
from trainer.people.models import PersonRoleRow
from trainer.people.models import PersonRow
from trainer.people.models import SecondmentRow
from trainer.people.queries import address_key
from trainer.people.queries import digest
from trainer.people.queries import login_key
from trainer.people.queries.secondments import not_over
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
    visit: Visit = NO_VISIT,
    rules: LoginRules = DEFAULT_RULES,
) -> str | TrainerError:
    """Begin a session.

    Args:
        session: A session.
        checked: The login with its checked password.
        at: Now.
        visit: Where the request came from.
        rules: What the installation has set.

    Returns:
        The token of the session, or why there is none. A refusal is given and
        not raised, because the failure that was counted must be kept.
    """
    row = session.get(PersonRow, checked.person) if checked.person else None
    refusal = _refusal(session, checked, row, at, visit, rules)
    if refusal is None and row is not None:
        brake.give_back(session, visit.address)
        brake.release(session, checked.login, at=at)
        return begin(session, row, Means.PASSWORD, at=at, visit=visit)
    refusal = refusal or LoginFailedError()
    entry = Entry(
        person=row.id if row else 0,
        verb="login.refused",
        object="" if row else f"login/{digest(checked.login)[:12]}",
        detail=type(refusal).__name__,
    )
    audit.record(session, entry, at=at)
    if not isinstance(refusal, TooManyFailuresError | TooManyFromAddressError):
        _note_locks(session, checked, row, at, visit, rules)
    return refusal


def _refusal(
    session: Session,
    checked: Checked,
    row: PersonRow | None,
    at: datetime,
    visit: Visit,
    rules: LoginRules,
) -> TrainerError | None:
    """Take a place of the address and the login; tell why it is no login.

    The address comes first: who may not ask locks nobody out by asking.
    """
    most = rules.address_failures
    if not brake.take_address(session, visit.address, at=at, most=most):
        key = address_key(visit.address)
        return TooManyFromAddressError(brake.remaining(session, key, at=at))
    if not brake.take(session, checked.login, at=at):
        brake.give_back(session, visit.address)  # nothing was learned by asking
        key = login_key(checked.login)
        return TooManyFailuresError(brake.remaining(session, key, at=at))
    if not rules.everybody and not _administers(session, checked.person):
        return OnlyAdministratorsError()
    if row is None or not _holds(checked, row):
        return LoginFailedError() if rules.everybody else OnlyAdministratorsError()
    return kept_out(session, row, at, rules)


def _holds(checked: Checked, row: PersonRow) -> bool:
    """Tell whether the check still counts: nothing changed in between."""
    return checked.matches and row.active and row.password_hash == checked.kept


def _administers(session: Session, person: int | None) -> bool:
    query = select(PersonRoleRow.role).where(
        PersonRoleRow.person_id == person,
        PersonRoleRow.role == Role.ADMINISTRATOR,
    )
    return session.scalars(query).first() is not None


def kept_out(
    session: Session, row: PersonRow, at: datetime, rules: LoginRules
) -> TrainerError | None:
    """Tell why somebody who has proved who he is is not let in all the same.

    An account nobody has used for long must be opened again; whose last secondment
    has ended is gone. An administrator stays, else a site could lose its last one.
    """
    limit = unused_before(at, rules)
    if limit is not None and (row.used_at or row.created_at) <= limit:
        return UnusedAccountError(rules.unused_days)
    if _has_left(session, row.id, at) and not _administers(session, row.id):
        return WorkOverError()
    return None


def _has_left(session: Session, person: int, at: datetime) -> bool:
    """Tell whether somebody was sent, and neither works nor will work any more."""
    here = func.count().filter(not_over(day_of(at)))
    held = select(func.count(), here).where(SecondmentRow.person_id == person)
    ever, still = session.execute(held).one()
    return bool(ever) and not still


def _note_locks(
    session: Session,
    checked: Checked,
    row: PersonRow | None,
    at: datetime,
    visit: Visit,
    rules: LoginRules,
) -> None:
    """Audit a lock that this failure has closed."""
    if brake.is_filled(session, login_key(checked.login), MOST_FAILURES):
        locked = f"person/{row.id}" if row else f"login/{digest(checked.login)[:12]}"
        entry = Entry(person=0, verb="login.locked", object=locked)
        audit.record(session, entry, at=at)
    if brake.is_filled(session, address_key(visit.address), rules.address_failures):
        entry = Entry(person=0, verb="login.address_locked")
        audit.record(session, entry, at=at)


def begin(
    session: Session,
    row: PersonRow,
    means: Means,
    *,
    at: datetime,
    visit: Visit,
    hint: str = "",
) -> str:
    """Begin a session for somebody who has proved who he is; give its token."""
    detail = "" if means is Means.PASSWORD else means.value
    entry = Entry(person=row.id, verb="login.begun", detail=detail)
    audit.record(session, entry, at=at)
    log_out(session, visit.instead_of, at=at)
    token = secrets.token_urlsafe(32)
    row.used_at = at
    session.add(
        LoginRow(
            token_hash=digest(token),
            person_id=row.id,
            began_at=at,
            seen_at=at,
            address=visit.address,
            agent=visit.agent[:LONGEST_AGENT],
            means=means,
            hint=hint,
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


def log_out(session: Session, token: str, *, at: datetime) -> Ended | None:
    """End a session; give what it was, None when it had ended before."""
    row = session.scalars(
        select(LoginRow)
        .where(LoginRow.token_hash == digest(token), LoginRow.ended_at.is_(None))
        .with_for_update()
    ).first()
    if row is None:
        return None
    ended = Ended(means=Means(row.means), hint=row.hint)
    row.ended_at, row.hint = at, ""
    audit.record(session, Entry(person=row.person_id, verb="login.ended"), at=at)
    return ended


def end_logins(session: Session, key: int, *, at: datetime, but: str = "") -> int:
    """End the sessions of a person, all but one, and give how many they were."""
    ended = session.scalars(
        update(LoginRow)
        .where(
            LoginRow.person_id == key,
            LoginRow.ended_at.is_(None),
            LoginRow.token_hash != digest(but),
        )
        .values(ended_at=at, hint="")
        .returning(LoginRow.id)
    )
    return len(ended.all())


def end_login(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """End one of one's own sessions.

    Raises:
        NotFoundError: there is none, it has ended, or it is somebody else's.
    """
    ended = session.scalar(
        update(LoginRow)
        .where(
            LoginRow.id == key,
            LoginRow.person_id == by.person,
            LoginRow.ended_at.is_(None),
        )
        .values(ended_at=at, hint="")
        .returning(LoginRow.id)
    )
    if ended is None:
        raise NotFoundError(N_("这处登录已经退出"))
    entry = Entry(person=by.person, verb="login.one_ended", object=f"login/{key}")
    audit.record(session, entry, at=at)


def end_other_logins(session: Session, token: str, *, by: Actor, at: datetime) -> int:
    """End one's own sessions elsewhere; give how many they were."""
    ended = end_logins(session, by.person, at=at, but=token)
    entry = Entry(person=by.person, verb="login.others_ended", detail=str(ended))
    audit.record(session, entry, at=at)
    return ended
