"""Reads for the administrator: who cannot log in, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core import paging
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.paging import Part
from trainer.core.wording import N_
from trainer.people.domain import passwords
from trainer.people.domain.access import Access
from trainer.people.domain.access import Barred
from trainer.people.domain.access import LockedAddress
from trainer.people.domain.logins import MOST_FAILURES
from trainer.people.domain.logins import WAITS
from trainer.people.domain.logins import LoginRules
from trainer.people.domain.logins import unused_before
from trainer.people.domain.logins import wait_after
from trainer.people.models import LoginBrakeRow
from trainer.people.models import PersonRow
from trainer.people.queries.accounts import account_rows
from trainer.people.queries.accounts import person_of
from trainer.people.queries.logins import ADDRESS
from trainer.people.queries.logins import login_key
from trainer.people.queries.logins import open_logins


def access(
    session: Session, key: int, at: datetime, rules: LoginRules, *, reader: Actor
) -> Access:
    """Give how one person may log in, to an administrator.

    Raises:
        NotFoundError: there is no such account.
    """
    reader.must(Permission.ADMINISTER)
    row = session.execute(account_rows().where(PersonRow.id == key)).first()
    if row is None:
        raise NotFoundError(N_("没有这个账号"))
    found: PersonRow = row.PersonRow
    locks = _locks(session, at, LoginBrakeRow.key == login_key(found.login))
    return Access(
        person=person_of(row),
        logins=tuple(open_logins(session, key, at, rules)),
        used_at=found.used_at,
        unused=_is_unused(found, at, rules),
        locked_until=locks.get(login_key(found.login)),
        password_ends=passwords.ends_at(found.password_set_at, rules.password_days),
        bound=found.sso_subject is not None,
    )


def unused(
    session: Session, at: datetime, rules: LoginRules, *, part: int, reader: Actor
) -> Part[Barred]:
    """Give a part of the accounts nobody has used for too long, longest first."""
    reader.must(Permission.ADMINISTER)
    since = func.coalesce(PersonRow.used_at, PersonRow.created_at).label("since")
    limit = unused_before(at, rules)
    if limit is None:
        return Part((), part, 0)
    rows = session.execute(
        select(PersonRow, since, func.count().over().label("total"))
        .where(PersonRow.active, since <= limit)
        .order_by(since, PersonRow.login)
        .limit(paging.SIZE)
        .offset(paging.offset(part))
    ).all()
    total = rows[0].total if rows else 0
    return Part(tuple(_barred(row.PersonRow) for row in rows), part, total)


def locked(session: Session, at: datetime, *, reader: Actor) -> list[Barred]:
    """Give the accounts that wait after wrong passwords, by login."""
    reader.must(Permission.ADMINISTER)
    locks = _locks(session, at)
    if not locks:
        return []
    rows = session.scalars(
        select(PersonRow).where(PersonRow.active).order_by(PersonRow.login)
    )
    return [
        _barred(row, until)
        for row in rows
        if (until := locks.get(login_key(row.login))) is not None
    ]


def locked_addresses(
    session: Session, at: datetime, rules: LoginRules, *, reader: Actor
) -> list[LockedAddress]:
    """Give the network addresses that wait after wrong passwords, in order."""
    reader.must(Permission.ADMINISTER)
    only = LoginBrakeRow.key.startswith(ADDRESS)
    locks = _locks(session, at, only, most=rules.address_failures)
    return [
        LockedAddress(address=key.removeprefix(ADDRESS), locked_until=until)
        for key, until in sorted(locks.items())
    ]


def barred_now(
    session: Session, people: Iterable[int], at: datetime, rules: LoginRules
) -> dict[int, Barred]:
    """Give which of some people cannot log in now, by key; for lists of accounts."""
    locks = _locks(session, at)
    rows = session.scalars(
        select(PersonRow).where(PersonRow.id.in_(list(people)), PersonRow.active)
    )
    found = ((row, locks.get(login_key(row.login))) for row in rows)
    return {
        row.id: _barred(row, until)
        for row, until in found
        if until is not None or _is_unused(row, at, rules)
    }


def _locks(
    session: Session,
    at: datetime,
    *only: ColumnElement[bool],
    most: int = MOST_FAILURES,
) -> dict[str, datetime]:
    """Give until when each locked key waits."""
    row = LoginBrakeRow
    rows = session.scalars(
        select(row).where(row.failures >= most, row.since > at - WAITS[-1], *only)
    )
    ends = {row.key: row.since + wait_after(row.rounds) for row in rows}
    return {key: until for key, until in ends.items() if until > at}


def _is_unused(row: PersonRow, at: datetime, rules: LoginRules) -> bool:
    limit = unused_before(at, rules)
    return row.active and limit is not None and (row.used_at or row.created_at) <= limit


def _barred(row: PersonRow, until: datetime | None = None) -> Barred:
    return Barred(
        person=row.id,
        login=row.login,
        name=row.name,
        used_at=row.used_at,
        locked_until=until,
    )
