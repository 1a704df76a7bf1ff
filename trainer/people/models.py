"""Tables of people. Rows others point to are closed or retired, never deleted.

What each column of a person holds, why and how long, is in docs/personal-data.md.
"""

from __future__ import annotations

from datetime import date
from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import text
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class OrganisationRow(Base):
    """The centre, or a bank that lends people."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    active: Mapped[bool]


class SiteRow(Base):
    """A place of work."""

    __tablename__ = "site"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    active: Mapped[bool]


class SeatRow(Base):
    """A seat at a site, with its channel."""

    __tablename__ = "seat"
    __table_args__ = (Index("uq_seat_name", "site_id", "name", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    name: Mapped[str]
    channel: Mapped[str]
    active: Mapped[bool]


class PersonRow(Base):
    """An account; ``erased_at`` is when its owner's particulars were removed.

    ``used_at`` is when somebody last logged in, or an administrator opened it again;
    empty until then.
    """

    __tablename__ = "person"
    __table_args__ = (Index("uq_person_sso_subject", "sso_subject", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    phone: Mapped[str]
    password_hash: Mapped[str]
    password_set_at: Mapped[datetime]
    must_change_password: Mapped[bool]
    sso_subject: Mapped[str | None]
    used_at: Mapped[datetime | None]
    active: Mapped[bool]
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class PersonRoleRow(Base):
    """A role of a person."""

    __tablename__ = "person_role"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class SupervisedSiteRow(Base):
    """A site whose people somebody supervises."""

    __tablename__ = "supervised_site"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), primary_key=True)


class SupervisedOrganisationRow(Base):
    """A bank whose people somebody supervises."""

    __tablename__ = "supervised_organisation"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id"), primary_key=True
    )


class PostRow(Base):
    """A post that owns content."""

    __tablename__ = "post"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class PersonPostRow(Base):
    """A post that a person holds, or deputises in."""

    __tablename__ = "person_post"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    post_code: Mapped[str] = mapped_column(ForeignKey("post.code"), primary_key=True)
    deputy: Mapped[bool]


class SecondmentRow(Base):
    """A person's work at a site; at most one of each person has no end yet."""

    __tablename__ = "secondment"
    __table_args__ = (
        CheckConstraint("planned_to IS NULL OR planned_to > begins_on", name="planned"),
        CheckConstraint("ends_on IS NULL OR ends_on >= begins_on", name="ended"),
        Index(
            "uq_secondment_open",
            "person_id",
            unique=True,
            sqlite_where=text("ends_on IS NULL"),
            postgresql_where=text("ends_on IS NULL"),
        ),
        Index("ix_secondment_site", "site_id", "begins_on"),
        Index("ix_secondment_organisation", "organisation_id", "begins_on"),
        Index("ix_secondment_mentor", "mentor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    post_code: Mapped[str | None] = mapped_column(ForeignKey("post.code"))
    begins_on: Mapped[date]
    planned_to: Mapped[date | None]
    ends_on: Mapped[date | None]
    reason: Mapped[str]
    end_reason: Mapped[str]
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SecondmentLineRow(Base):
    """A business line served during a secondment."""

    __tablename__ = "secondment_line"

    secondment_id: Mapped[int] = mapped_column(
        ForeignKey("secondment.id"), primary_key=True
    )
    line: Mapped[str] = mapped_column(primary_key=True)


class PastPasswordRow(Base):
    """A password somebody had, so that it is not chosen again at once."""

    __tablename__ = "past_password"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    password_hash: Mapped[str]
    until: Mapped[datetime]


class LoginRow(Base):
    """One login of one person, from entering the password to its end.

    The browser holds the token; the table holds its digest, so that a stolen
    copy of the database opens no session. ``address`` and ``agent`` let the owner
    recognise it. ``hint`` is by what the provider of single sign-on knows the
    session; it is emptied when the session ends.
    """

    __tablename__ = "login"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str]
    agent: Mapped[str]
    means: Mapped[str]
    hint: Mapped[str]


class LoginBrakeRow(Base):
    """Wrong passwords since a moment; see ``people.service.brake``.

    For one login or one network address. The key of a login is a digest: people type
    their password into the wrong field. ``rounds`` are the locks before this round.
    """

    __tablename__ = "login_brake"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    since: Mapped[datetime]
    rounds: Mapped[int]


class SignOnStateRow(Base):
    """The state of a single sign-on that has come back; it does not count again."""

    __tablename__ = "sign_on_state"

    key: Mapped[str] = mapped_column(primary_key=True)
    used_at: Mapped[datetime]


class TokenRow(Base):
    """An API token of a business system; the table holds its digest only."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    system: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class TokenScopeRow(Base):
    """Something an API token may do."""

    __tablename__ = "api_token_scope"

    token_id: Mapped[int] = mapped_column(ForeignKey("api_token.id"), primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)


class RosterImportRow(Base):
    """A roster that was uploaded.

    ``content`` (its rows) and ``journal`` (what it changed, so that it can be taken
    back) hold personal data, are wiped seven days after the upload, and NULL from
    then on. ``counts`` holds numbers only.
    """

    __tablename__ = "roster_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    edit: Mapped[int]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(index=True)
    applied_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]]
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    journal: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
