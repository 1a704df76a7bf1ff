"""Rosters: imports that wait or can be taken back, and exports with their reason."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import trainer.kit.db

revision = "20261122_0830"
down_revision = "20261122_0810"


def upgrade() -> None:
    """Create the tables."""
    moment = trainer.kit.db.UtcDateTime
    op.create_table(
        "roster_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("edit", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", moment(), nullable=False),
        sa.Column("applied_by", sa.Integer(), nullable=True),
        sa.Column("applied_at", moment(), nullable=True),
        sa.Column("undone_at", moment(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("journal", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_roster_import_made_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["applied_by"],
            ["person.id"],
            name=op.f("fk_roster_import_applied_by_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
    )
    op.create_index(op.f("ix_roster_import_made_at"), "roster_import", ["made_at"])


def downgrade() -> None:
    """Take them back."""
    op.drop_index(op.f("ix_roster_import_made_at"), "roster_import")
    op.drop_table("roster_import")
