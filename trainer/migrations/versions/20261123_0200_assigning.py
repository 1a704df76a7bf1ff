"""Rules of assigned courses, and waivers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import trainer.kit.db

revision = "20261123_0200"
down_revision = "20261123_0100"

MOMENT = trainer.kit.db.UtcDateTime


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "assign_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("edit", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT(), nullable=False),
        sa.CheckConstraint(
            "days BETWEEN -365 AND 365", name=op.f("ck_assign_rule_days_possible")
        ),
        sa.CheckConstraint(
            "until IS NULL OR until >= since",
            name=op.f("ck_assign_rule_ends_after_begin"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_assign_rule_made_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assign_rule")),
        sa.UniqueConstraint(
            "made_by", "once", name=op.f("uq_assign_rule_made_by_once")
        ),
    )
    _parts()
    _waivers()


def downgrade() -> None:
    """Take them back."""
    op.drop_index("ix_course_waiver_of_person", table_name="course_waiver")
    op.drop_index(
        op.f("ix_assign_rule_person_person_id"), table_name="assign_rule_person"
    )
    for table in (
        *("course_waiver", "assign_rule_person", "assign_rule_part"),
        "assign_rule",
    ):
        op.drop_table(table)


def _parts() -> None:
    op.create_table(
        "assign_rule_part",
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rule_id"],
            ["assign_rule.id"],
            name=op.f("fk_assign_rule_part_rule_id_assign_rule"),
        ),
        sa.PrimaryKeyConstraint(
            "rule_id", "part", "value", name=op.f("pk_assign_rule_part")
        ),
    )
    op.create_table(
        "assign_rule_person",
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_assign_rule_person_person_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"],
            ["assign_rule.id"],
            name=op.f("fk_assign_rule_person_rule_id_assign_rule"),
        ),
        sa.PrimaryKeyConstraint(
            "rule_id", "person_id", name=op.f("pk_assign_rule_person")
        ),
    )
    op.create_index(
        op.f("ix_assign_rule_person_person_id"), "assign_rule_person", ["person_id"]
    )


def _waivers() -> None:
    op.create_table(
        "course_waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", MOMENT(), nullable=True),
        sa.CheckConstraint(
            "(ended_by IS NULL) = (ended_at IS NULL)",
            name=op.f("ck_course_waiver_ended_by_somebody"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["person.id"], name=op.f(f"fk_course_waiver_{column}_person")
            )
            for column in ("person_id", "made_by", "ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_waiver")),
        sa.UniqueConstraint(
            "made_by", "once", name=op.f("uq_course_waiver_made_by_once")
        ),
    )
    op.create_index(
        "ix_course_waiver_of_person", "course_waiver", ["person_id", "course"]
    )
