"""Showings: which error-prone items were shown, and what became of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import trainer.kit.db

revision = "20261122_1800"
down_revision = "20261122_1700"

MOMENT = trainer.kit.db.UtcDateTime


def upgrade() -> None:
    """Create the tables."""
    _showings()
    _items()


def _showings() -> None:
    op.create_table(
        "showing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("business", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("given_at", MOMENT(), nullable=False),
        sa.CheckConstraint(
            "(source = 'api') = (token_id IS NOT NULL)",
            name=op.f("ck_showing_token_of_a_system"),
        ),
        sa.ForeignKeyConstraint(
            ["token_id"], ["api_token.id"], name=op.f("fk_showing_token_id_api_token")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_showing_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showing")),
        sa.UniqueConstraint("digest", name=op.f("uq_showing_digest")),
    )
    op.create_index("ix_showing_given_at", "showing", ["given_at"])
    op.create_index("ix_showing_of_person", "showing", ["person_id", "given_at"])


def _items() -> None:
    op.create_table(
        "showing_item",
        sa.Column("showing_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("shown_at", MOMENT(), nullable=True),
        sa.Column("ticked_at", MOMENT(), nullable=True),
        sa.Column("ignored_at", MOMENT(), nullable=True),
        sa.Column("useful_at", MOMENT(), nullable=True),
        sa.Column("returned_at", MOMENT(), nullable=True),
        sa.CheckConstraint(
            "ticked_at IS NULL OR ignored_at IS NULL",
            name=op.f("ck_showing_item_ticked_or_ignored"),
        ),
        sa.ForeignKeyConstraint(
            ["showing_id"],
            ["showing.id"],
            name=op.f("fk_showing_item_showing_id_showing"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_showing_item_revision_id_revision"),
        ),
        sa.PrimaryKeyConstraint("showing_id", "position", name=op.f("pk_showing_item")),
    )
    op.create_index("ix_showing_item_of_list", "showing_item", ["slug", "item"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("showing_item")
    op.drop_table("showing")
