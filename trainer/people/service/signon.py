"""Single sign-on: from who somebody is elsewhere to a session here.

Nobody is created by logging in: an administrator opens accounts. The first time an
account is found by its 工号 and bound to the subject; from then on by the subject.
"""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.errors import TrainerError
from trainer.kit.db import is_sqlite
from trainer.people.domain.logins import DEFAULT_RULES
from trainer.people.domain.logins import LoginRules
from trainer.people.domain.logins import Means
from trainer.people.domain.logins import Visit
from trainer.people.domain.signon import BoundElsewhereError
from trainer.people.domain.signon import ClosedAccountError
from trainer.people.domain.signon import Identity
from trainer.people.domain.signon import NoLoginToldError
from trainer.people.domain.signon import StaleAttemptError
from trainer.people.domain.signon import UnknownAccountError
from trainer.people.models import PersonRow
from trainer.people.models import SignOnStateRow
from trainer.people.queries import digest
from trainer.people.service.logins import begin
from trainer.people.service.logins import kept_out

KEPT = timedelta(days=1)
"""A used state is remembered for so long; an attempt is stale much earlier."""


def sign_on(
    session: Session,
    told: Identity | TrainerError,
    state: str,
    *,
    at: datetime,
    visit: Visit,
    rules: LoginRules = DEFAULT_RULES,
) -> str | TrainerError:
    """Begin a session for who comes back from the provider.

    Args:
        session: A session.
        told: Who it is, or why the provider's answer did not count.
        state: The state that came back; it counts once.
        at: Now.
        visit: Where the request came from.
        rules: What the installation has set.

    Returns:
        The token of the session, or why there is none; a refusal is audited.
    """
    if isinstance(told, TrainerError):
        return _refused(session, told, None, at)
    if not _is_first(session, state, at):
        return _refused(session, StaleAttemptError(), None, at)
    row = _bound(session, told) or _by_login(session, told.login)
    refusal = (
        _refusal(session, row, at, rules) if told.login or row else NoLoginToldError()
    )
    if refusal is None and row is not None and row.sso_subject != told.subject:
        refusal = _bind(session, row, told, at)
    if refusal is not None or row is None:
        return _refused(session, refusal or UnknownAccountError(), row, at)
    return begin(session, row, Means.PROVIDER, at=at, visit=visit, hint=told.hint)


def sign_on_by_header(
    session: Session,
    login: str,
    *,
    at: datetime,
    visit: Visit,
    rules: LoginRules = DEFAULT_RULES,
) -> str | TrainerError:
    """Begin a session for whom the proxy in front of this site has named."""
    row = _by_login(session, login)
    refusal = _refusal(session, row, at, rules)
    if refusal is not None or row is None:
        return _refused(session, refusal or UnknownAccountError(), row, at)
    return begin(session, row, Means.HEADER, at=at, visit=visit)


def note_forged_header(session: Session, *, at: datetime) -> None:
    """Audit that somebody else than the proxy has named a person."""
    audit.record(session, Entry(person=0, verb="signon.header_ignored"), at=at)


def _bound(session: Session, told: Identity) -> PersonRow | None:
    query = select(PersonRow).where(PersonRow.sso_subject == told.subject)
    return session.scalars(query).first()


def _by_login(session: Session, login: str) -> PersonRow | None:
    query = select(PersonRow).where(func.lower(PersonRow.login) == login.lower())
    return session.scalars(query).first()


def _refusal(
    session: Session, row: PersonRow | None, at: datetime, rules: LoginRules
) -> TrainerError | None:
    if row is None:
        return UnknownAccountError()
    if not row.active:
        return ClosedAccountError()
    return kept_out(session, row, at, rules)


def _bind(
    session: Session, row: PersonRow, told: Identity, at: datetime
) -> TrainerError | None:
    """Bind an account that is bound to nobody yet; tell why it cannot be."""
    bound = session.scalar(
        update(PersonRow)
        .where(PersonRow.id == row.id, PersonRow.sso_subject.is_(None))
        .values(sso_subject=told.subject)
        .returning(PersonRow.id)
    )
    if bound is None:
        return BoundElsewhereError()
    entry = Entry(
        person=row.id,
        verb="signon.bound",
        object=f"person/{row.id}",
        after=digest(told.subject),
    )
    audit.record(session, entry, at=at)
    return None


def _refused(
    session: Session,
    refusal: TrainerError,
    row: PersonRow | None,
    at: datetime,
) -> TrainerError:
    entry = Entry(
        person=row.id if row else 0,
        verb="signon.refused",
        detail=type(refusal).__name__,
    )
    audit.record(session, entry, at=at)
    return refusal


def _is_first(session: Session, state: str, at: datetime) -> bool:
    """Use up a state; tell whether it had been used before. Old ones are cleared."""
    row = SignOnStateRow
    session.execute(delete(row).where(row.used_at < at - KEPT))
    insert = sqlite.insert if is_sqlite(session) else postgresql.insert
    used = (
        insert(row)
        .values(key=digest(state), used_at=at)
        .on_conflict_do_nothing()
        .returning(row.key)
    )
    return session.execute(used).first() is not None
