"""Tables of notices: what was told to whom, by mail where, and which days are free."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class NoticeRow(Base):
    """Something somebody was told of a task: once of each kind.

    ``what`` and ``why`` are sentences as ``core.keeping_words`` writes them.
    ``about_id`` is whose task it is, NULL for one's own. ``mail_on`` is the day whose
    mail carries it, NULL when none does.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "key", "kind"),
        Index("ix_notice_unseen", "person_id", "seen_at"),
        Index("ix_notice_of_mail", "person_id", "mail_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    key: Mapped[str]
    kind: Mapped[str]
    on: Mapped[date]
    what: Mapped[dict[str, Any]]
    why: Mapped[dict[str, Any]]
    endpoint: Mapped[str]
    values: Mapped[list[Any]] = mapped_column(JSON)
    due: Mapped[date | None]
    about_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    mail_on: Mapped[date | None]


class MailRow(Base):
    """The mail of a person and a day: there is one at most.

    The state is written before it is sent and after. What stays at ``sending`` may
    have gone out, so it is never sent again.
    """

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_state", "day", "state"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    state: Mapped[str]
    tries: Mapped[int]
    tried_at: Mapped[datetime | None]
    message_id: Mapped[str]
    error: Mapped[str]


class NoticeAddressRow(Base):
    """Where somebody gets mail, and whether he wants any.

    ``given_by`` is the administrator who entered it; NULL is he himself, and then
    nobody else changes it.
    """

    __tablename__ = "notice_address"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    address: Mapped[str]
    wants_mail: Mapped[bool]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]


class CalendarDayRow(Base):
    """A day that differs from its weekday."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]
    note: Mapped[str]
