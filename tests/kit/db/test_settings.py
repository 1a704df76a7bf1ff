"""How each of the two databases is opened; docs/security.md says why."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from trainer.audit.domain import Entry
from trainer.audit.service import record
from trainer.kit import db

ON_SQLITE = {
    "journal_mode": "wal",
    "busy_timeout": 5000,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
}
ON_POSTGRESQL = {
    "statement_timeout": "5s",
    "lock_timeout": "3s",
    "idle_in_transaction_session_timeout": "15s",
}
FULL = 2


def told(session: Session, question: str) -> object:
    return session.execute(text(question)).scalar_one()


def test_the_database_is_opened_as_decided(engine: Engine) -> None:
    with db.reading(engine) as session:
        if db.is_sqlite(session):
            found = {name: told(session, f"PRAGMA {name}") for name in ON_SQLITE}
            assert found == ON_SQLITE
        else:
            found = {name: told(session, f"SHOW {name}") for name in ON_POSTGRESQL}
            assert found == ON_POSTGRESQL


def test_a_commit_survives_a_power_cut(engine: Engine) -> None:
    with db.writing(engine) as session:
        if db.is_sqlite(session):
            assert told(session, "PRAGMA synchronous") == FULL
        else:
            assert told(session, "SHOW synchronous_commit") == "on"


def test_a_writer_takes_its_lock_before_it_reads(engine: Engine) -> None:
    """Else a transaction that reads first fails at once when another has written."""
    with db.writing(engine) as first, db.reading(engine) as other:
        if not db.is_sqlite(first):
            return  # PostgreSQL locks rows
        told(first, "SELECT 1")
        told(other, "PRAGMA busy_timeout = 0")
        with pytest.raises(OperationalError, match="locked"):
            other.execute(text("DELETE FROM audit_entry"))


def test_a_moment_without_its_zone_is_refused(session: Session) -> None:
    entry = Entry(person=1, verb="thing.done")
    with pytest.raises(StatementError, match="naive datetime"):
        record(session, entry, at=datetime(2026, 1, 1))  # noqa: DTZ001  (the point)
