"""Certificates and honours."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import trainer.kit.db

revision = "20261123_0500"
down_revision = "20261123_0400"

MOMENT = trainer.kit.db.UtcDateTime


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("rests_on", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.Column("issued_at", MOMENT(), nullable=False),
        *_revoking(),
        sa.CheckConstraint(
            "kind IN ('line', 'course')", name=op.f("ck_certificate_known_kind")
        ),
        sa.CheckConstraint("serial >= 1", name=op.f("ck_certificate_serial_from_one")),
        *_of_people("certificate", "person_id", "issued_by", "revoked_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("code", name=op.f("uq_certificate_code")),
        sa.UniqueConstraint(
            *("person_id", "kind", "subject", "rests_on"),
            name=op.f("uq_certificate_person_id_kind_subject_rests_on"),
        ),
        sa.UniqueConstraint("year", "serial", name=op.f("uq_certificate_year_serial")),
    )
    _honour()


def downgrade() -> None:
    """Take them back."""
    for table in ("honour_bound", "honour", "certificate"):
        op.drop_table(table)


def _honour() -> None:
    op.create_table(
        "honour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("counted", sa.JSON(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("given_at", MOMENT(), nullable=False),
        *_revoking(),
        *_of_people("honour", "person_id", "given_by", "revoked_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honour")),
        sa.UniqueConstraint(
            *("person_id", "rule", "quarter"),
            name=op.f("uq_honour_person_id_rule_quarter"),
        ),
    )
    op.create_table(
        "honour_bound",
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", MOMENT(), nullable=False),
        *_of_people("honour_bound", "set_by"),
        sa.PrimaryKeyConstraint("rule", name=op.f("pk_honour_bound")),
    )


def _revoking() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("revoked_by", sa.Integer(), nullable=True),
        sa.Column("revoked_at", MOMENT(), nullable=True),
        sa.Column("revoked_why", sa.String(), nullable=False),
    ]


def _of_people(table: str, *columns: str) -> list[sa.schema.SchemaItem]:
    """Point some columns to people; what was revoked, was by somebody."""
    found: list[sa.schema.SchemaItem] = [
        sa.ForeignKeyConstraint(
            [column], ["person.id"], name=op.f(f"fk_{table}_{column}_person")
        )
        for column in columns
    ]
    if "revoked_by" in columns:
        found.append(
            sa.CheckConstraint(
                "(revoked_by IS NULL) = (revoked_at IS NULL)",
                name=op.f(f"ck_{table}_revoked_by_somebody"),
            )
        )
    return found
