"""A brake on guessing: a few wrong passwords for one login, then a wait.

The place is taken before the password counts and given back by the right one, in
one statement each, so that thirty guesses at once get no more answers than five.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Insert
from sqlalchemy import case
from sqlalchemy import delete
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from trainer.kit.db import is_sqlite
from trainer.people.domain.logins import FAILURE_WINDOW
from trainer.people.domain.logins import MOST_FAILURES
from trainer.people.models import LoginBrakeRow
from trainer.people.queries import digest


def take(session: Session, login: str, *, at: datetime) -> bool:
    """Count an attempt; tell whether its answer may be given."""
    return session.execute(_counted(session, _key(login), at)).first() is not None


def release(session: Session, login: str, *, at: datetime) -> None:
    """Forget the failures of a login, and those of others that are long past."""
    past = (
        select(LoginBrakeRow.key)
        .where(LoginBrakeRow.since <= at - FAILURE_WINDOW)
        .with_for_update(skip_locked=True)  # never wait here for another login
    )
    gone = or_(LoginBrakeRow.key == _key(login), LoginBrakeRow.key.in_(past))
    session.execute(delete(LoginBrakeRow).where(gone))


def _counted(session: Session, key: str, at: datetime) -> Insert:
    row = LoginBrakeRow
    past = row.since <= at - FAILURE_WINDOW
    insert = sqlite.insert if is_sqlite(session) else postgresql.insert
    return (
        insert(row)
        .values(key=key, failures=1, since=at)
        .on_conflict_do_update(
            index_elements=[row.key],
            set_={
                "failures": case((past, 1), else_=row.failures + 1),
                "since": case((past, at), else_=row.since),
            },
            where=or_(past, row.failures < MOST_FAILURES),
        )
        .returning(row.failures)
    )


def _key(login: str) -> str:
    return digest(login.casefold())
