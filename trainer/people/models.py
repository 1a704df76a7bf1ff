"""Tables of people: accounts, posts, logins. Accounts are closed, never deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class PersonRow(Base):
    """An account."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    must_change_password: Mapped[bool]
    active: Mapped[bool]
    created_at: Mapped[datetime]


class PersonRoleRow(Base):
    """A role of a person."""

    __tablename__ = "person_role"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class PostRow(Base):
    """A post that owns content."""

    __tablename__ = "post"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class PersonPostRow(Base):
    """A post that a person holds."""

    __tablename__ = "person_post"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    post_code: Mapped[str] = mapped_column(ForeignKey("post.code"), primary_key=True)


class LoginRow(Base):
    """One login of one person, from entering the password to its end.

    The browser holds the token; the table holds its digest, so that a stolen
    copy of the database opens no session.
    """

    __tablename__ = "login"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class LoginBrakeRow(Base):
    """Wrong passwords for one login since a moment; see ``people.service.brake``.

    The key is a digest: people type their password into the wrong field.
    """

    __tablename__ = "login_brake"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    since: Mapped[datetime]
