"""Quizzes: attempts, what was asked in them, and how it was judged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import trainer.kit.db

revision = "20261122_1400"
down_revision = "20261122_0830"

MOMENT = trainer.kit.db.UtcDateTime


def upgrade() -> None:
    """Create the tables."""
    _attempts()
    _papers()
    _rulings()
    _judgements()


def _attempts() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("quiz", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("navigation", sa.String(), nullable=False),
        sa.Column("review", sa.String(), nullable=False),
        sa.Column("limit_seconds", sa.Integer(), nullable=True),
        sa.Column("closes_at", MOMENT(), nullable=True),
        sa.Column("due_at", MOMENT(), nullable=True),
        sa.Column("pass_percent", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("began_at", MOMENT(), nullable=False),
        sa.Column("ended_at", MOMENT(), nullable=True),
        sa.Column("graded_at", MOMENT(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("edit", sa.Integer(), nullable=False),
        sa.Column("full", sa.String(), nullable=False),
        sa.Column("earned", sa.String(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_attempt_number_from_one")),
        sa.CheckConstraint(
            "state IN ('in_progress', 'overdue', 'submitted', 'graded', 'abandoned')",
            name=op.f("ck_attempt_known_state"),
        ),
        sa.CheckConstraint(
            "(state = 'in_progress') = (ended_at IS NULL)",
            name=op.f("ck_attempt_ended_or_open"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_attempt_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_attempt_revision_id_revision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint(
            "person_id", "quiz", "number", name=op.f("uq_attempt_person_id_quiz_number")
        ),
    )
    op.create_index("ix_attempt_due", "attempt", ["state", "due_at"])
    op.create_index("ix_attempt_of_quiz", "attempt", ["quiz", "ended_at"])


def _papers() -> None:
    op.create_table(
        "paper_item",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("competency", sa.String(), nullable=False),
        sa.Column("marks", sa.String(), nullable=False),
        sa.Column("drawn", sa.JSON(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("saved_at", MOMENT(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("share", sa.String(), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("checked_at", MOMENT(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempt.id"],
            name=op.f("fk_paper_item_attempt_id_attempt"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_paper_item_revision_id_revision"),
        ),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_paper_item")),
    )
    op.create_index("ix_paper_item_question", "paper_item", ["bank", "item"])


def _rulings() -> None:
    op.create_table(
        "ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT(), nullable=False),
        sa.CheckConstraint(
            "act IN ('void', 'full', 'accept', 'restore')",
            name=op.f("ck_ruling_known_act"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
    )
    op.create_index("ix_ruling_of_question", "ruling", ["bank", "item", "wording"])


def _judgements() -> None:
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ruling_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["attempt.id"],
            name=op.f("fk_judgement_attempt_id_attempt"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["ruling_id"], ["ruling.id"], name=op.f("fk_judgement_ruling_id_ruling")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    op.create_index("ix_judgement_of_item", "judgement", ["attempt_id", "position"])


def downgrade() -> None:
    """Take them back."""
    op.drop_index("ix_judgement_of_item", "judgement")
    op.drop_table("judgement")
    op.drop_index("ix_ruling_of_question", "ruling")
    op.drop_table("ruling")
    op.drop_index("ix_paper_item_question", "paper_item")
    op.drop_table("paper_item")
    op.drop_index("ix_attempt_of_quiz", "attempt")
    op.drop_index("ix_attempt_due", "attempt")
    op.drop_table("attempt")
