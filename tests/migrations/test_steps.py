"""The migrations lead exactly to the models, and every step can be taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy import inspect

from tests.databases import Databases
from trainer import migrations
from trainer.migrations.tables import METADATA

STEPS = [
    step.revision
    for step in ScriptDirectory.from_config(migrations.config()).walk_revisions()
]


@pytest.fixture
def empty(databases: Databases) -> Iterator[Engine]:
    engine = databases.empty()
    yield engine
    engine.dispose()


def test_the_last_step_leads_to_the_models(empty: Engine) -> None:
    migrations.upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []


@pytest.mark.parametrize("step", STEPS)
def test_every_step_can_be_taken_back(empty: Engine, step: str) -> None:
    migrations.upgrade(empty, step)
    there = set(inspect(empty).get_table_names())
    migrations.downgrade(empty, "-1")
    assert set(inspect(empty).get_table_names()) != there
    migrations.upgrade(empty, step)
    assert set(inspect(empty).get_table_names()) == there


def test_a_database_of_another_step_is_refused(empty: Engine) -> None:
    with pytest.raises(migrations.SchemaError, match="trainer db upgrade"):
        migrations.must_be_current(empty)
