"""Sightings: what was seen of somebody at work, by whom, and what was taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import trainer.kit.db

revision = "20261122_2100"
down_revision = "20261122_2000"

MOMENT = trainer.kit.db.UtcDateTime


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column("business", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT(), nullable=False),
        sa.Column("taken_back_by", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", MOMENT(), nullable=True),
        sa.Column("taken_back_why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_sighting_person_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting")),
        sa.UniqueConstraint("token", name=op.f("uq_sighting_token")),
    )
    op.create_index("ix_sighting_person", "sighting", ["person_id", "happened_on"])
    op.create_index("ix_sighting_batch", "sighting", ["batch"])


def downgrade() -> None:
    """Take it back."""
    op.drop_table("sighting")
