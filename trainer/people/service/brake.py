"""A brake on guessing: a few wrong passwords, then a wait; each time a longer one.

It counts for one login (somebody guesses its password) and for one network address
(somebody tries one password on many logins). The place is taken before the password
counts and given back by the right one, in one statement each, so that thirty guesses
at once get no more answers than five.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlalchemy import Insert
from sqlalchemy import and_
from sqlalchemy import case
from sqlalchemy import delete
from sqlalchemy import literal
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from trainer.kit.db import UtcDateTime
from trainer.kit.db import is_sqlite
from trainer.people.domain.logins import FAILURE_WINDOW
from trainer.people.domain.logins import MOST_FAILURES
from trainer.people.domain.logins import REMEMBERED
from trainer.people.domain.logins import WAITS
from trainer.people.domain.logins import wait_after
from trainer.people.models import LoginBrakeRow
from trainer.people.queries import address_key
from trainer.people.queries import login_key


def take(session: Session, login: str, *, at: datetime) -> bool:
    """Count an attempt on a login; tell whether its answer may be given."""
    return _take(session, login_key(login), MOST_FAILURES, at)


def take_address(session: Session, address: str, *, at: datetime, most: int) -> bool:
    """Count an attempt from an address; tell whether its answer may be given.

    Args:
        session: A session.
        address: Network address; an empty one is not counted.
        at: Now.
        most: Wrong passwords within the window; then it waits.
    """
    return not address or _take(session, address_key(address), most, at)


def give_back(session: Session, address: str) -> None:
    """Take one attempt from an address back: its password was right."""
    row = LoginBrakeRow
    session.execute(
        update(row)
        .where(row.key == address_key(address), row.failures > 0)
        .values(failures=row.failures - 1)
    )


def remaining(session: Session, key: str, *, at: datetime) -> timedelta:
    """Give how long a key still waits, from what is counted now."""
    row = session.get(LoginBrakeRow, key, populate_existing=True)
    return row.since + wait_after(row.rounds) - at if row else timedelta()


def is_filled(session: Session, key: str, most: int) -> bool:
    """Tell whether the last attempt taken was the last one of its round."""
    row = session.get(LoginBrakeRow, key, populate_existing=True)
    return row is not None and row.failures == most


def release(session: Session, login: str, *, at: datetime) -> None:
    """Forget the failures of a login, and those of others that are long past."""
    row = LoginBrakeRow
    idle = and_(
        row.rounds == 0,
        row.failures < MOST_FAILURES,
        row.since <= at - FAILURE_WINDOW,
    )
    past = (
        select(row.key)
        .where(or_(idle, row.since <= at - REMEMBERED))
        .with_for_update(skip_locked=True)  # never wait here for another login
    )
    gone = or_(row.key == login_key(login), row.key.in_(past))
    session.execute(delete(row).where(gone))


def forget(session: Session, keys: Iterable[str]) -> bool:
    """Forget what is counted for some keys; tell whether there was anything."""
    row = LoginBrakeRow
    gone = delete(row).where(row.key.in_(list(keys))).returning(row.key)
    return bool(session.scalars(gone).all())


def _take(session: Session, key: str, most: int, at: datetime) -> bool:
    return session.execute(_counted(session, key, most, at)).first() is not None


def _counted(session: Session, key: str, most: int, at: datetime) -> Insert:
    """Count one more in the round that runs, or begin a new round when it is over."""
    row = LoginBrakeRow
    locked = row.failures >= most
    over = or_(
        and_(~locked, row.since <= at - FAILURE_WINDOW), and_(locked, _waited(at))
    )
    insert = sqlite.insert if is_sqlite(session) else postgresql.insert
    return (
        insert(row)
        .values(key=key, failures=1, since=at, rounds=0)
        .on_conflict_do_update(
            index_elements=[row.key],
            set_={
                "failures": case((over, 1), else_=row.failures + 1),
                "since": case((over, literal(at, UtcDateTime)), else_=row.since),
                "rounds": case(
                    (row.since <= at - REMEMBERED, 0),
                    (and_(over, locked), row.rounds + 1),
                    else_=row.rounds,
                ),
            },
            where=or_(over, row.failures < most),
        )
        .returning(row.failures)
    )


def _waited(at: datetime) -> ColumnElement[bool]:
    """Say that the lock of a round is over."""
    row, last = LoginBrakeRow, len(WAITS) - 1
    return or_(
        *(
            and_(row.rounds == n if n < last else row.rounds >= n, row.since <= at - w)
            for n, w in enumerate(WAITS)
        )
    )
