"""Alembic environment: runs the steps on the connection it is given."""

from __future__ import annotations

from alembic import context

from trainer.migrations.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transaction_per_migration=False,
)
# The caller's transaction is the only one: a step is taken whole or not at all.
context.run_migrations()
