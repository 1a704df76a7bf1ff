"""Addresses of mail that an administrator enters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261123_0600"
down_revision = "20261123_0500"

NAME = "fk_notice_address_given_by_person"


def upgrade() -> None:
    """Add who entered an address; nobody but its owner has so far."""
    with op.batch_alter_table("notice_address") as table:
        table.add_column(sa.Column("given_by", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f(NAME), "person", ["given_by"], ["id"])


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("notice_address") as table:
        table.drop_constraint(op.f(NAME), type_="foreignkey")
        table.drop_column("given_by")
