"""Plays by two, and meetings with who was there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import trainer.kit.db

revision = "20261122_2000"
down_revision = "20261122_1930"

MOMENT = trainer.kit.db.UtcDateTime
PEOPLE = ("clerk_id", "citizen_id", "observer_id")


def upgrade() -> None:
    """Create the tables."""
    _live()
    _live_parts()
    _meeting()
    _attendance()


def downgrade() -> None:
    """Take them back."""
    for table in ("attendance", "meeting_item", "meeting"):
        op.drop_table(table)
    op.drop_table("live_mark")
    op.drop_table("live_step")
    for column in PEOPLE:
        op.drop_index(op.f(f"ix_live_play_{column}"), table_name="live_play")
    op.drop_table("live_play")


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_person")
    return sa.ForeignKeyConstraint([column], ["person.id"], name=name)


def _live() -> None:
    op.create_table(
        "live_play",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("situation", sa.String(), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=False) for column in PEOPLE),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("walked_at", MOMENT(), nullable=True),
        sa.Column("judged_at", MOMENT(), nullable=True),
        sa.Column("ended_at", MOMENT(), nullable=True),
        sa.Column("score", sa.String(), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("voided_at", MOMENT(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'finished', 'called_off', 'voided')",
            name=op.f("ck_live_play_known_state"),
        ),
        sa.CheckConstraint(
            "clerk_id <> citizen_id AND clerk_id <> observer_id",
            name=op.f("ck_live_play_clerk_is_judged"),
        ),
        sa.CheckConstraint(
            "(state = 'open') = (ended_at IS NULL)",
            name=op.f("ck_live_play_ended_or_open"),
        ),
        sa.CheckConstraint(
            "(state IN ('finished', 'voided')) = (score IS NOT NULL)",
            name=op.f("ck_live_play_scored"),
        ),
        sa.CheckConstraint(
            "(state = 'voided') = (voided_by IS NOT NULL)",
            name=op.f("ck_live_play_voided_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_live_play_revision_id_revision"),
        ),
        *(_person("live_play", c) for c in (*PEOPLE, "made_by", "voided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_play")),
        sa.UniqueConstraint("made_by", "once", name=op.f("uq_live_play_made_by_once")),
    )
    for column in PEOPLE:
        op.create_index(op.f(f"ix_live_play_{column}"), "live_play", [column])


def _of_live(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_live_id_live_play")
    return sa.ForeignKeyConstraint(["live_id"], ["live_play.id"], name=name)


def _live_parts() -> None:
    op.create_table(
        "live_step",
        sa.Column("live_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("taken_back", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT(), nullable=False),
        sa.CheckConstraint(
            "(choice = '') = (note <> '')", name=op.f("ck_live_step_choice_or_note")
        ),
        _of_live("live_step"),
        sa.PrimaryKeyConstraint("live_id", "number", name=op.f("pk_live_step")),
    )
    op.create_table(
        "live_mark",
        sa.Column("live_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT(), nullable=False),
        sa.CheckConstraint("level >= 0", name=op.f("ck_live_mark_level_from_zero")),
        _of_live("live_mark"),
        sa.PrimaryKeyConstraint("live_id", "line", name=op.f("pk_live_mark")),
    )


def _meeting() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("edit", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", MOMENT(), nullable=False),
        sa.Column("counted_by", sa.Integer(), nullable=True),
        sa.Column("counted_at", MOMENT(), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(counted_by IS NULL) = (counted = 0)",
            name=op.f("ck_meeting_counted_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_meeting_site_id_site")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_meeting_revision_id_revision"),
        ),
        _person("meeting", "made_by"),
        _person("meeting", "counted_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("made_by", "once", name=op.f("uq_meeting_made_by_once")),
    )
    op.create_index("ix_meeting_of_site", "meeting", ["site_id", "on"])
    op.create_table(
        "meeting_item",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.CheckConstraint(
            "position BETWEEN 1 AND 3", name=op.f("ck_meeting_item_three_items")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_meeting_item_meeting_id_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["revision.id"],
            name=op.f("fk_meeting_item_revision_id_revision"),
        ),
        sa.PrimaryKeyConstraint("meeting_id", "position", name=op.f("pk_meeting_item")),
    )


def _attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_attendance_meeting_id_meeting"),
        ),
        _person("attendance", "person_id"),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_attendance")),
    )
    op.create_index(op.f("ix_attendance_person_id"), "attendance", ["person_id"])
