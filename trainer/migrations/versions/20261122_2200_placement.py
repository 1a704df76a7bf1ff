"""Placement tests: what came of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_2200"
down_revision = "20261122_2100"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "placement",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempt.id"],
            name=op.f("fk_placement_attempt_id_attempt"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_placement")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("placement")
