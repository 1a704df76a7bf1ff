"""Table of the audit; rows are added, never changed or deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class AuditRow(Base):
    """One act; see :class:`trainer.audit.domain.Entry`.

    Nothing is a foreign key: an entry outlives what it speaks of, and the number
    of an entry is never given twice.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_object", "object"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int]
    verb: Mapped[str]
    object: Mapped[str]
    detail: Mapped[str]
    before_digest: Mapped[str]
    after_digest: Mapped[str]
    address: Mapped[str | None]
