"""The migrations lead exactly to the models, and every step can be taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy import inspect
from sqlalchemy import text

from tests.databases import Databases
from tests.factories import NOON
from trainer import migrations
from trainer.audit import queries as audit
from trainer.audit import service as audit_service
from trainer.audit.domain import Entry
from trainer.kit import db
from trainer.migrations.tables import METADATA
from trainer.people.models import PersonRow

STEPS = [
    step.revision
    for step in ScriptDirectory.from_config(migrations.config()).walk_revisions()
]


@pytest.fixture
def empty(databases: Databases) -> Iterator[Engine]:
    engine = databases.empty()
    yield engine
    databases.drop(engine)


def test_the_last_step_leads_to_the_models(empty: Engine) -> None:
    migrations.upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []


@pytest.mark.parametrize("step", STEPS)
def test_every_step_can_be_taken_back(empty: Engine, step: str) -> None:
    migrations.upgrade(empty, step)
    there = columns(empty)
    migrations.downgrade(empty, "-1")
    assert columns(empty) != there
    migrations.upgrade(empty, step)
    assert columns(empty) == there


def columns(engine: Engine) -> set[tuple[str, str]]:
    """Give every table with every column of it."""
    found = inspect(engine).get_multi_columns()
    return {(table, c["name"]) for (_, table), rows in found.items() for c in rows}


def test_a_database_of_another_step_is_refused(empty: Engine) -> None:
    with pytest.raises(migrations.SchemaError, match="trainer db upgrade"):
        migrations.must_be_current(empty)


def test_the_rows_of_an_older_step_are_kept(empty: Engine) -> None:
    migrations.upgrade(empty, "20261122_0440")
    with empty.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO person (id, login, name, password_hash, active,"
                " must_change_password, created_at) VALUES"
                " (7, 'clerk', '李（虚构）', 'x', true, false, '2026-11-01 08:00:00')"
            )
        )
        connection.execute(
            text("INSERT INTO person_role (person_id, role) VALUES (7, 'clerk')")
        )
    migrations.upgrade(empty)
    with db.reading(empty) as session:
        kept = session.get(PersonRow, 7)
        assert kept is not None
        assert kept.password_set_at == kept.created_at
        assert (kept.phone, kept.erased_at) == ("", None)
    migrations.downgrade(empty, "20261122_0440")
    with empty.connect() as connection:
        query = text("SELECT role FROM person_role WHERE person_id = 7")
        assert connection.execute(query).scalar() == "clerk"


def test_the_audit_of_an_older_step_is_kept_and_chained(empty: Engine) -> None:
    """With the gaps its numbers have, and in the order of the numbers."""
    migrations.upgrade(empty, "20261122_0740")
    row = (
        "INSERT INTO audit_entry (id, at, person_id, verb, object, detail,"
        " before_digest, after_digest, address) VALUES"
        " ({}, '2026-11-01 08:00:00.000000', 7, '{}', '{}', '', '', '', {})"
    )
    with empty.begin() as connection:
        connection.execute(text(row.format(3, "login.begun", "", "'10.0.0.9'")))
        connection.execute(text(row.format(1, "account.opened", "person/7", "NULL")))
    migrations.upgrade(empty)
    with db.writing(empty) as session:
        audit_service.record(session, Entry(person=7, verb="login.ended"), at=NOON)
    with db.reading(empty) as session:
        kept = audit.sealed_after(session, 0, limit=9)
    assert [one.number for one in kept] == [1, 3, 4]
    assert [one.kind for one in kept] == ["person", "login", "login"]
    assert [one.origin.address for one in kept] == ["", "10.0.0.9", "console"]
    assert audit_service.prove(empty, kept[-1].link).fault is None
    migrations.downgrade(empty, "20261122_0740")
    migrations.upgrade(empty)
    proof = audit_service.prove(empty, None)
    assert (proof.checked, proof.fault) == (3, None)
