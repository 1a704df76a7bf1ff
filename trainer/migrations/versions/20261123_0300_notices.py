"""Notices, mail, the calendar, and runs of jobs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import trainer.kit.db

revision = "20261123_0300"
down_revision = "20261123_0200"

MOMENT = trainer.kit.db.UtcDateTime


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "job_beat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seen_at", MOMENT(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_beat")),
    )
    _job_run()
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_day")),
    )
    _notice()
    _mail()


def downgrade() -> None:
    """Take them back."""
    op.drop_index("ix_mail_state", table_name="mail")
    for name in ("ix_notice_of_mail", "ix_notice_unseen"):
        op.drop_index(name, table_name="notice")
    op.drop_index("ix_job_run_due", table_name="job_run")
    for table in (
        *("notice_address", "mail", "notice"),
        *("calendar_day", "job_run", "job_beat"),
    ):
        op.drop_table(table)


def _job_run() -> None:
    op.create_table(
        "job_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT(), nullable=False),
        sa.Column("due_at", MOMENT(), nullable=False),
        sa.Column("began_at", MOMENT(), nullable=True),
        sa.Column("ended_at", MOMENT(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_run")),
        sa.UniqueConstraint("name", "key", name=op.f("uq_job_run_name_key")),
    )
    op.create_index("ix_job_run_due", "job_run", ["state", "due_at"])


def _notice() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("made_at", MOMENT(), nullable=False),
        sa.Column("seen_at", MOMENT(), nullable=True),
        sa.Column("mail_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notice_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["about_id"], ["person.id"], name=op.f("fk_notice_about_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "person_id", "key", "kind", name=op.f("uq_notice_person_id_key_kind")
        ),
    )
    op.create_index("ix_notice_unseen", "notice", ["person_id", "seen_at"])
    op.create_index("ix_notice_of_mail", "notice", ["person_id", "mail_on"])


def _mail() -> None:
    op.create_table(
        "mail",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", MOMENT(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_mail_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "day", name=op.f("pk_mail")),
    )
    op.create_index("ix_mail_state", "mail", ["day", "state"])
    op.create_table(
        "notice_address",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("wants_mail", sa.Boolean(), nullable=False),
        sa.Column("changed_at", MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_notice_address_person_id_person"),
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notice_address")),
    )
