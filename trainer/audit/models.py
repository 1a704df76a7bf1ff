"""Tables of the audit; entries are added, never changed.

They leave in one way only: the oldest ones, once a file holds them, see
:mod:`trainer.audit.service.archiving`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class AuditRow(Base):
    """One act; see :class:`trainer.audit.domain.chain.Sealed`.

    Nothing is a foreign key: an entry outlives what it speaks of. The number is
    given by whoever writes, one more than the last: two who fork the chain would
    give the same one, and the key refuses the second. Each filter of the list has
    its index, with the number, in whose order the list stands.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_at", "at", "id"),
        Index("ix_audit_entry_person", "person_id", "id"),
        Index("ix_audit_entry_verb", "verb", "id"),
        Index("ix_audit_entry_kind", "kind", "id"),
        Index("ix_audit_entry_object", "object", "id"),
        Index("ix_audit_entry_address", "address", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int]
    verb: Mapped[str]
    kind: Mapped[str]
    object: Mapped[str]
    detail: Mapped[str]
    before_digest: Mapped[str]
    after_digest: Mapped[str]
    address: Mapped[str | None]
    request: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class ExportRow(Base):
    """A table that somebody took away; the audit keeps the digest of this row.

    ``reason`` is in the person's words, so it stays out of the chain, whose entries
    nobody can take names out of.
    """

    __tablename__ = "audit_export"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(index=True)
    at: Mapped[datetime]
    what: Mapped[str]
    reason: Mapped[str]
    asked: Mapped[str]
    rows: Mapped[int]
    file_digest: Mapped[str]
