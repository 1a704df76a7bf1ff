"""Competence: authorisations, calibrations, and the cache of what is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import trainer.kit.db

revision = "20261122_1930"
down_revision = "20261122_1800"

MOMENT = trainer.kit.db.UtcDateTime


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "authorisation_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_authorisation_event_person_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorisation_event")),
        sa.UniqueConstraint(
            "person_id",
            "line",
            "number",
            name=op.f("uq_authorisation_event_person_id_line_number"),
        ),
    )
    op.create_table(
        "calibration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT(), nullable=False),
        sa.Column("facts", sa.Integer(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration")),
    )
    op.create_table(
        "competence_record",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("calibration", sa.Integer(), nullable=False),
        sa.Column("changes", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("fact", sa.Integer(), nullable=False),
        sa.Column("day", sa.Double(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_competence_record_person_id_person"),
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_competence_record")),
    )


def downgrade() -> None:
    """Take them back."""
    op.drop_table("competence_record")
    op.drop_table("calibration")
    op.drop_table("authorisation_event")
