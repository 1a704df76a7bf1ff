"""Rules of read duties, and receipts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import trainer.kit.db

revision = "20261122_2400"
down_revision = "20261122_2200"

MOMENT = trainer.kit.db.UtcDateTime


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "duty_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("edit", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT(), nullable=False),
        sa.CheckConstraint(
            "days BETWEEN 1 AND 90", name=op.f("ck_duty_rule_days_possible")
        ),
        sa.CheckConstraint(
            "until IS NULL OR until > since",
            name=op.f("ck_duty_rule_ends_after_begin"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_duty_rule_made_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_rule")),
        sa.UniqueConstraint("made_by", "once", name=op.f("uq_duty_rule_made_by_once")),
    )
    op.create_table(
        "duty_rule_part",
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rule_id"],
            ["duty_rule.id"],
            name=op.f("fk_duty_rule_part_rule_id_duty_rule"),
        ),
        sa.PrimaryKeyConstraint(
            "rule_id", "part", "value", name=op.f("pk_duty_rule_part")
        ),
    )
    _receipt()


def downgrade() -> None:
    """Take them back."""
    op.drop_index(op.f("ix_receipt_revision_id"), table_name="receipt")
    for table in ("receipt", "duty_rule_part", "duty_rule"):
        op.drop_table(table)


def _receipt() -> None:
    op.create_table(
        "receipt",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("read_at", MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_receipt_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_receipt_revision_id_revision"),
        ),
        sa.PrimaryKeyConstraint("person_id", "revision_id", name=op.f("pk_receipt")),
    )
    op.create_index(op.f("ix_receipt_revision_id"), "receipt", ["revision_id"])
