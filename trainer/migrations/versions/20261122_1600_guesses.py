"""Facts say how easily they could have been guessed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_1600"
down_revision = "20261122_1400"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what is there keeps what is usual for its kind."""
    with op.batch_alter_table("fact") as table:
        table.add_column(sa.Column("guess", sa.Double(), nullable=True))
        table.create_check_constraint(
            op.f("ck_fact_guess_is_a_chance"), "guess >= 0 AND guess < 1"
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("fact") as table:
        table.drop_constraint(op.f("ck_fact_guess_is_a_chance"), type_="check")
        table.drop_column("guess")
