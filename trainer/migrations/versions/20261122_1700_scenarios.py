"""Scenarios: who played which text, and what was chosen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import trainer.kit.db

revision = "20261122_1700"
down_revision = "20261122_1600"

MOMENT = trainer.kit.db.UtcDateTime


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "play",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("situation", sa.String(), nullable=False),
        sa.Column("shows", sa.Boolean(), nullable=False),
        sa.Column("timed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("began_at", MOMENT(), nullable=False),
        sa.Column("ended_at", MOMENT(), nullable=True),
        sa.Column("replays", sa.Integer(), nullable=True),
        sa.Column("copied", sa.Integer(), nullable=False),
        sa.Column("score", sa.String(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_play_number_from_one")),
        sa.CheckConstraint(
            "state IN ('open', 'ended', 'abandoned')", name=op.f("ck_play_known_state")
        ),
        sa.CheckConstraint(
            "(state = 'open') = (ended_at IS NULL)", name=op.f("ck_play_ended_or_open")
        ),
        sa.CheckConstraint(
            "(state = 'ended') = (score IS NOT NULL)", name=op.f("ck_play_scored")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_play_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_play_revision_id_revision")
        ),
        sa.ForeignKeyConstraint(
            ["replays"], ["play.id"], name=op.f("fk_play_replays_play")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_play")),
        sa.UniqueConstraint(
            "person_id", "slug", "number", name=op.f("uq_play_person_id_slug_number")
        ),
    )
    op.create_table(
        "play_step",
        sa.Column("play_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("at", MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["play_id"],
            ["play.id"],
            name=op.f("fk_play_step_play_id_play"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("play_id", "number", name=op.f("pk_play_step")),
    )


def downgrade() -> None:
    """Take them back."""
    op.drop_table("play_step")
    op.drop_table("play")
