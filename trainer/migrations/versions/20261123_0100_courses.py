"""What is done for the steps of courses: receipts and signatures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import trainer.kit.db

revision = "20261123_0100"
down_revision = "20261122_2400"

MOMENT = trainer.kit.db.UtcDateTime


def upgrade() -> None:
    """Create the tables."""
    _read()
    _signed()


def downgrade() -> None:
    """Take them back."""
    op.drop_index("ix_course_step_signed_of", table_name="course_step_signed")
    for table in ("course_step_signed", "course_step_read"):
        op.drop_table(table)


def _read() -> None:
    table = "course_step_read"
    unique = ("person_id", "course", "step", "revision_id", "on")
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("read_at", MOMENT(), nullable=False),
        sa.CheckConstraint(
            "asked BETWEEN 0 AND 3", name=op.f(f"ck_{table}_asked_possible")
        ),
        _person(table, "person_id"),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f(f"fk_{table}_revision_id_revision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(*unique, name=op.f(f"uq_{table}_{'_'.join(unique)}")),
    )


def _signed() -> None:
    table = "course_step_signed"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=False),
        sa.Column("signed_at", MOMENT(), nullable=False),
        sa.Column("taken_back_by", sa.Integer(), nullable=True),
        sa.Column("taken_back_at", MOMENT(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "signed_by <> person_id", name=op.f(f"ck_{table}_signed_by_another")
        ),
        sa.CheckConstraint(
            "(taken_back_by IS NULL) = (taken_back_at IS NULL)"
            " AND (taken_back_by IS NULL) = (reason = '')",
            name=op.f(f"ck_{table}_taken_back_with_reason"),
        ),
        *(_person(table, key) for key in ("person_id", "signed_by", "taken_back_by")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(
        "ix_course_step_signed_of",
        "course_step_signed",
        ["person_id", "course", "step"],
    )


def _person(table: str, key: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{key}_person")
    return sa.ForeignKeyConstraint([key], ["person.id"], name=name)
