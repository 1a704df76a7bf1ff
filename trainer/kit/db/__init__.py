"""One engine, one declarative base, one place where a write ends.

SQLite is opened for what a service window does to it: write-ahead log, foreign
keys on, writers take their lock at ``BEGIN`` (a transaction that reads first and
writes later fails at once under load otherwise), commits survive a power cut.
"""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON
from sqlalchemy import Connection
from sqlalchemy import DateTime
from sqlalchemy import Engine
from sqlalchemy import MetaData
from sqlalchemy import create_engine
from sqlalchemy import event
from sqlalchemy import inspect
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from trainer.core.errors import BusyError
from trainer.core.errors import TrainerError
from trainer.core.origin import CONSOLE
from trainer.core.origin import Origin
from trainer.core.wording import N_

WRITES = "trainer_writes"
"""Execution option of a connection whose transaction is going to write."""

SECRET = "trainer_secret"  # noqa: S105  (the name of an option)
"""Execution option of every engine: the secret that keys are derived from."""

ORIGIN, LAST = "origin", "last"
"""What a writing session knows: where it comes from, and what to do at its end."""

LastStep = Callable[[Session], None]

PRAGMAS = (
    "journal_mode = WAL",
    "busy_timeout = 5000",
    "foreign_keys = ON",
    "secure_delete = ON",
    "trusted_schema = OFF",
)
POSTGRES_LIMITS = (
    "-c statement_timeout=5000 -c lock_timeout=3000"
    " -c idle_in_transaction_session_timeout=15000"
)
CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class StorageFullError(TrainerError):
    """The disk is full; reading goes on."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime, on SQLite and PostgreSQL alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002  (SQLAlchemy's signature)
    ) -> datetime | None:
        """Refuse naive values; store UTC without offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002  (SQLAlchemy's signature)
    ) -> datetime | None:
        """Give back an aware UTC value."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map = {  # noqa: RUF012  (SQLAlchemy's own name)
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
    }


def open_engine(url: str, secret: str) -> Engine:
    """Open a database.

    Args:
        url: SQLAlchemy's address, SQLite or PostgreSQL.
        secret: The installation's; what is sealed with it is proved with it, see
            :func:`key_for`.
    """
    options = {SECRET: secret}
    if url.startswith("sqlite"):
        engine = create_engine(
            url,
            connect_args={"check_same_thread": False},
            execution_options=options,
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_timeout=5,
        connect_args={"options": POSTGRES_LIMITS},
        execution_options=options,
    )


def key_for(purpose: str, bind: Engine | Connection) -> bytes:
    """Derive the key of one purpose from the secret the database was opened with."""
    secret: str = bind.get_execution_options()[SECRET]
    return hmac.digest(secret.encode(), purpose.encode(), "sha256")


def is_set_up(engine: Engine) -> bool:
    """Tell whether the database has tables; a missing SQLite file stays missing."""
    file = engine.url.database or ""
    if engine.dialect.name == "sqlite" and not Path(file).exists():
        return False
    return inspect(engine).has_table("alembic_version")


def sqlite_url(path: Path) -> str:
    """Give the address of a SQLite file."""
    return f"sqlite:///{path}"


def _prepare_sqlite(
    connection: DBAPIConnection,
    _record: ConnectionPoolEntry,
) -> None:
    connection.isolation_level = None  # we begin ourselves
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    if writes:
        connection.exec_driver_sql("PRAGMA synchronous = FULL")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a session that only reads; whatever it changed is thrown away."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


@contextmanager
def writing(engine: Engine, origin: Origin = CONSOLE) -> Iterator[Session]:
    """Open the one transaction of a write: commits on exit, rolls back on error.

    Args:
        engine: The database.
        origin: Where the act comes from; pages use ``kit.web.current.writing``,
            which knows.

    Raises:
        BusyError: another writer holds the database for longer than 5 seconds.
        StorageFullError: the disk is full; nothing was written.
    """
    bound = engine.execution_options(**{WRITES: True})
    info = {ORIGIN: origin, LAST: []}
    try:
        with (
            Session(bound, expire_on_commit=False, info=info) as session,
            session.begin(),
        ):
            yield session
            _take_last_steps(session)
    except OperationalError as error:
        raise _told(error) from error


def before_commit(session: Session, step: LastStep) -> None:
    """Have something done last in a transaction; asked again, it is done once.

    Everything else is written by then. So a lock that the step takes is the last
    one of its transaction, and whoever holds it waits for nobody.

    Raises:
        RuntimeError: the session only reads and would keep nothing.
    """
    steps: list[LastStep] | None = session.info.get(LAST)
    if steps is None:
        raise RuntimeError("a session that only reads keeps nothing")
    if step not in steps:
        steps.append(step)


def origin_of(session: Session) -> Origin:
    """Give where the transaction of a writing session comes from."""
    origin: Origin = session.info[ORIGIN]
    return origin


def _take_last_steps(session: Session) -> None:
    steps: list[LastStep] = session.info[LAST]
    if steps and session.in_transaction():  # not when it was rolled back by hand
        session.flush()
        for step in steps:
            step(session)


def is_sqlite(session: Session) -> bool:
    """Tell which of the two databases this is."""
    return session.get_bind().dialect.name == "sqlite"


def insert_missing(
    session: Session, table: type[Base], rows: Sequence[Mapping[str, object]]
) -> None:
    """Insert rows; those that a unique key knows already stay as they are."""
    insert = sqlite.insert if is_sqlite(session) else postgresql.insert
    if rows:
        session.execute(insert(table.__table__).on_conflict_do_nothing(), rows)  # type: ignore[arg-type]  # a table, not any selectable


def queue_up(session: Session, place: int) -> None:
    """Make writers of one place wait for each other until their commit.

    SQLite has one writer anyway; on PostgreSQL this is an advisory lock, needed
    where the order of numbers must be the order of commits.
    """
    if not is_sqlite(session):
        session.execute(text("SELECT pg_advisory_xact_lock(:place)"), {"place": place})


def _told(error: OperationalError) -> Exception:
    """Find the sentence for a database that cannot write now."""
    cause = error.orig
    code = cause.sqlite_errorname if isinstance(cause, sqlite3.Error) else ""
    state = getattr(cause, "sqlstate", "")
    if code in {"SQLITE_FULL", "SQLITE_IOERR_WRITE"} or state == "53100":
        return StorageFullError(N_("磁盘空间不足，没有保存；请联系管理员清理后再试"))
    if code in {"SQLITE_BUSY", "SQLITE_LOCKED"} or state in {"55P03", "57014"}:
        return BusyError(N_("系统正忙，没有保存；请稍候几秒再试一次"))
    return error
