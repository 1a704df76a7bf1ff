"""Single sign-on: how a login began, used states, accounts nobody uses, locks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import trainer.kit.db

revision = "20261122_0810"
down_revision = "20261122_0800"


def upgrade() -> None:
    """Add the table and the columns; every login so far began with a password."""
    moment = trainer.kit.db.UtcDateTime()
    op.create_table(
        "sign_on_state",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("used_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_on_state")),
    )
    op.add_column("person", sa.Column("used_at", moment, nullable=True))
    op.execute(
        "UPDATE person SET used_at ="
        " (SELECT max(began_at) FROM login WHERE login.person_id = person.id)"
    )
    for name, default in (("means", "password"), ("hint", "")):
        column = sa.Column(name, sa.String(), nullable=False, server_default=default)
        op.add_column("login", column)
    rounds = sa.Column("rounds", sa.Integer(), nullable=False, server_default="0")
    op.add_column("login_brake", rounds)


def downgrade() -> None:
    """Take everything back."""
    op.drop_column("login_brake", "rounds")
    for name in ("hint", "means"):
        op.drop_column("login", name)
    op.drop_column("person", "used_at")
    op.drop_table("sign_on_state")
