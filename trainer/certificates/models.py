"""Tables of certificates and honours: what was issued and confirmed, not its worth."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class CertificateRow(Base):
    """A certificate that was issued; only revoking changes a row.

    There is one for each thing it can rest on (``rests_on``, see
    :class:`trainer.certificates.domain.certificates.Ground`). Numbers of a year have
    no gaps. No name is kept: it is the account's, and goes with it.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("year", "serial"),
        UniqueConstraint("code"),
        UniqueConstraint("person_id", "kind", "subject", "rests_on"),
        CheckConstraint("kind IN ('line', 'course')", name="known_kind"),
        CheckConstraint("serial >= 1", name="serial_from_one"),
        CheckConstraint(
            "(revoked_by IS NULL) = (revoked_at IS NULL)", name="revoked_by_somebody"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    serial: Mapped[int]
    code: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    subject: Mapped[str]
    rests_on: Mapped[int]
    issued_on: Mapped[date]
    until: Mapped[date | None]
    approved_by: Mapped[int]
    issued_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime | None]
    revoked_why: Mapped[str]


class HonourRow(Base):
    """An honour that a person has confirmed; only revoking changes a row.

    ``quarter`` is written ``2026-Q3``; ``counted`` is how many of what it was for.
    """

    __tablename__ = "honour"
    __table_args__ = (
        UniqueConstraint("person_id", "rule", "quarter"),
        CheckConstraint(
            "(revoked_by IS NULL) = (revoked_at IS NULL)", name="revoked_by_somebody"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    rule: Mapped[str]
    quarter: Mapped[str]
    counted: Mapped[dict[str, Any]]
    words: Mapped[str]
    given_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime | None]
    revoked_why: Mapped[str]


class HonourBoundRow(Base):
    """How much an honour asks for, where the centre has set it."""

    __tablename__ = "honour_bound"

    rule: Mapped[str] = mapped_column(primary_key=True)
    least: Mapped[int]
    set_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime]
