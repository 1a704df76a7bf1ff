"""The plans, the log of cases and the notes of mentoring."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import trainer.kit.db

revision = "20261123_0400"
down_revision = "20261123_0300"

MOMENT = trainer.kit.db.UtcDateTime


def upgrade() -> None:
    """Create the tables."""
    _plan()
    _step()
    _case()
    _note()


def downgrade() -> None:
    """Take them back."""
    op.drop_table("mentoring_note")
    op.drop_index(op.f("ix_cosigned_case_sighting_id"), table_name="cosigned_case")
    op.drop_table("cosigned_case")
    op.drop_index("ix_mentoring_step_line", table_name="mentoring_step")
    op.drop_table("mentoring_step")
    op.drop_table("mentoring_plan")


def _foreign(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def _plan() -> None:
    figures = ("shadow", "cosign", "sample", "cases", "in_a_row", "spot", "share")
    op.create_table(
        "mentoring_plan",
        sa.Column("secondment_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in figures),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT(), nullable=False),
        sa.CheckConstraint(
            "in_a_row <= cases", name=op.f("ck_mentoring_plan_row_possible")
        ),
        sa.CheckConstraint(
            "share BETWEEN 10 AND 100", name=op.f("ck_mentoring_plan_share_possible")
        ),
        _foreign("mentoring_plan", "secondment_id", "secondment"),
        _foreign("mentoring_plan", "by", "person"),
        sa.PrimaryKeyConstraint(
            "secondment_id", "line", name=op.f("pk_mentoring_plan")
        ),
    )


def _step() -> None:
    op.create_table(
        "mentoring_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secondment_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT(), nullable=False),
        _foreign("mentoring_step", "secondment_id", "secondment"),
        _foreign("mentoring_step", "by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_step")),
    )
    op.create_index(
        "ix_mentoring_step_line", "mentoring_step", ["secondment_id", "line"]
    )


def _case() -> None:
    op.create_table(
        "cosigned_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secondment_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("business", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("entered_at", MOMENT(), nullable=False),
        sa.Column("withdrawn_at", MOMENT(), nullable=True),
        sa.Column("sighting_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "number >= 1", name=op.f("ck_cosigned_case_counted_from_one")
        ),
        _foreign("cosigned_case", "secondment_id", "secondment"),
        _foreign("cosigned_case", "sighting_id", "sighting"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cosigned_case")),
        sa.UniqueConstraint(
            "secondment_id",
            "line",
            "number",
            name=op.f("uq_cosigned_case_secondment_id_line_number"),
        ),
        sa.UniqueConstraint(
            "secondment_id",
            "once",
            name=op.f("uq_cosigned_case_secondment_id_once"),
        ),
    )
    op.create_index(
        op.f("ix_cosigned_case_sighting_id"), "cosigned_case", ["sighting_id"]
    )


def _note() -> None:
    op.create_table(
        "mentoring_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secondment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("written_at", MOMENT(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", MOMENT(), nullable=True),
        _foreign("mentoring_note", "secondment_id", "secondment"),
        _foreign("mentoring_note", "answered_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_note")),
        sa.UniqueConstraint(
            "secondment_id",
            "once",
            name=op.f("uq_mentoring_note_secondment_id_once"),
        ),
    )
