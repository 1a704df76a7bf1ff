"""People: organisations, sites, seats, secondments, scopes, tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import trainer.kit.db

revision = "20261122_0740"
down_revision = "20261122_0440"


def upgrade() -> None:
    """Create the tables, and extend accounts, posts and logins."""
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("code", name=op.f("uq_site_code")),
        sa.UniqueConstraint("name", name=op.f("uq_site_name")),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", trainer.kit.db.UtcDateTime(), nullable=False),
        sa.Column("expires_at", trainer.kit.db.UtcDateTime(), nullable=False),
        sa.Column("used_at", trainer.kit.db.UtcDateTime(), nullable=True),
        sa.Column("revoked_at", trainer.kit.db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_api_token_made_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_table(
        "past_password",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("until", trainer.kit.db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_past_password_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_password")),
    )
    with op.batch_alter_table("past_password", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_past_password_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_seat_site_id_site")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index("uq_seat_name", ["site_id", "name"], unique=True)

    op.create_table(
        "supervised_organisation",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_supervised_organisation_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_supervised_organisation_person_id_person"),
        ),
        sa.PrimaryKeyConstraint(
            "person_id", "organisation_id", name=op.f("pk_supervised_organisation")
        ),
    )
    op.create_table(
        "supervised_site",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_supervised_site_person_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_supervised_site_site_id_site")
        ),
        sa.PrimaryKeyConstraint(
            "person_id", "site_id", name=op.f("pk_supervised_site")
        ),
    )
    op.create_table(
        "api_token_scope",
        sa.Column("token_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["token_id"],
            ["api_token.id"],
            name=op.f("fk_api_token_scope_token_id_api_token"),
        ),
        sa.PrimaryKeyConstraint("token_id", "scope", name=op.f("pk_api_token_scope")),
    )
    op.create_table(
        "secondment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("post_code", sa.String(), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("planned_to", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= begins_on", name=op.f("ck_secondment_ended")
        ),
        sa.CheckConstraint(
            "planned_to IS NULL OR planned_to > begins_on",
            name=op.f("ck_secondment_planned"),
        ),
        sa.ForeignKeyConstraint(
            ["mentor_id"], ["person.id"], name=op.f("fk_secondment_mentor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_secondment_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_secondment_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["post_code"], ["post.code"], name=op.f("fk_secondment_post_code_post")
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seat.id"], name=op.f("fk_secondment_seat_id_seat")
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_secondment_site_id_site")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"],
            ["person.id"],
            name=op.f("fk_secondment_successor_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secondment")),
    )
    with op.batch_alter_table("secondment", schema=None) as batch_op:
        batch_op.create_index("ix_secondment_mentor", ["mentor_id"], unique=False)
        batch_op.create_index(
            "ix_secondment_organisation", ["organisation_id", "begins_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_secondment_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            "ix_secondment_site", ["site_id", "begins_on"], unique=False
        )
        batch_op.create_index(
            "uq_secondment_open",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        )

    op.create_table(
        "secondment_line",
        sa.Column("secondment_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["secondment_id"],
            ["secondment.id"],
            name=op.f("fk_secondment_line_secondment_id_secondment"),
        ),
        sa.PrimaryKeyConstraint(
            "secondment_id", "line", name=op.f("pk_secondment_line")
        ),
    )
    for name in ("address", "agent"):
        op.add_column(
            "login", sa.Column(name, sa.String(), nullable=False, server_default="")
        )
    _extend_person()
    op.add_column(
        "person_post",
        sa.Column("deputy", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def _extend_person() -> None:
    """Add columns in place: SQLite would drop the table others point to."""
    moment = trainer.kit.db.UtcDateTime()
    op.add_column(
        "person", sa.Column("phone", sa.String(), nullable=False, server_default="")
    )
    op.add_column(
        "person",
        sa.Column(
            "password_set_at", moment, nullable=False, server_default="1970-01-01"
        ),
    )
    op.execute("UPDATE person SET password_set_at = created_at")
    op.add_column("person", sa.Column("sso_subject", sa.String(), nullable=True))
    op.create_index("uq_person_sso_subject", "person", ["sso_subject"], unique=True)
    op.add_column("person", sa.Column("erased_at", moment, nullable=True))


def downgrade() -> None:
    """Take everything back."""
    op.drop_column("person_post", "deputy")
    op.drop_index("uq_person_sso_subject", "person")
    for name in ("erased_at", "sso_subject", "password_set_at", "phone"):
        op.drop_column("person", name)
    for name in ("agent", "address"):
        op.drop_column("login", name)
    op.drop_table("secondment_line")
    with op.batch_alter_table("secondment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_secondment_open",
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        )
        batch_op.drop_index("ix_secondment_site")
        batch_op.drop_index(batch_op.f("ix_secondment_person_id"))
        batch_op.drop_index("ix_secondment_organisation")
        batch_op.drop_index("ix_secondment_mentor")

    op.drop_table("secondment")
    op.drop_table("api_token_scope")
    op.drop_table("supervised_site")
    op.drop_table("supervised_organisation")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index("uq_seat_name")

    op.drop_table("seat")
    with op.batch_alter_table("past_password", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_past_password_person_id"))

    op.drop_table("past_password")
    op.drop_table("api_token")
    op.drop_table("site")
    op.drop_table("organisation")
