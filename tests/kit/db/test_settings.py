"""How each of the two databases is opened; docs/security.md says why."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from tests.factories import NOON
from trainer.kit import db
from trainer.kit.index import outbox

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


def test_a_moment_without_its_zone_is_refused(engine: Engine) -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001  (the point)

    def announce() -> None:
        with db.writing(engine) as session:
            outbox.announce(session, "rent-withdrawal", at=naive)

    with pytest.raises(StatementError, match="naive datetime"):
        announce()


def test_what_is_to_be_done_last_is_done_once_and_last(engine: Engine) -> None:
    done: list[object] = []

    def last(session: Session) -> None:
        done.append(outbox.last_generation(session))

    with db.writing(engine) as session:
        db.before_commit(session, last)
        db.before_commit(session, last)
        outbox.announce(session, "rent-withdrawal", at=NOON)
        assert done == []
    assert done == [1]


def test_what_is_undone_has_no_last_step(engine: Engine) -> None:
    done: list[object] = []

    def fail() -> None:
        with db.writing(engine) as session:
            db.before_commit(session, done.append)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with db.writing(engine) as session:
        db.before_commit(session, done.append)
        session.rollback()
    assert done == []


def test_a_session_that_only_reads_promises_nothing(engine: Engine) -> None:
    with db.reading(engine) as session, pytest.raises(RuntimeError):
        db.before_commit(session, lambda _: None)


def test_each_purpose_and_each_secret_has_its_own_key(engine: Engine) -> None:
    other = db.open_engine("sqlite://", "another secret")
    keys = {db.key_for(p, e) for p in ("audit", "exports") for e in (engine, other)}
    assert len(keys) == 4
    assert db.key_for("audit", other) in keys
    with db.writing(engine) as session:
        assert db.key_for("audit", session.get_bind()) == db.key_for("audit", engine)
    other.dispose()
