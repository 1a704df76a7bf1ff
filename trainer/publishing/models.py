"""Tables of publishing."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class DocumentRow(Base):
    """What stays the same for ever; never deleted."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    created_by: Mapped[int]
    created_at: Mapped[datetime]


class RevisionRow(Base):
    """One text of a document; written once approved, never changed after."""

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("effective_to > effective_from", name="ends_after_start"),
        CheckConstraint(
            "status NOT IN ('approved', 'withdrawn')"
            " OR (number IS NOT NULL AND approved_by IS NOT NULL"
            " AND approved_at IS NOT NULL)",
            name="approved_by_somebody",
        ),
        Index("ix_revision_in_force", "status", "document_id", "effective_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int | None]
    status: Mapped[str]
    text: Mapped[str] = mapped_column(deferred=True, deferred_raiseload=True)
    content_hash: Mapped[str]
    edit: Mapped[int]
    facets: Mapped[dict[str, Any]]
    created_by: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    approved_by: Mapped[int | None]
    approved_at: Mapped[datetime | None]

    # The header, column for column; see publishing.domain.header.
    title: Mapped[str]
    line: Mapped[str]
    owner: Mapped[str]
    deputy: Mapped[str | None]
    audience: Mapped[str]
    review_every_days: Mapped[int]
    issued_on: Mapped[date | None]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    supersedes: Mapped[date | None]
    evidence: Mapped[str]
    source: Mapped[str]
    verified_by: Mapped[str | None]
    verified_on: Mapped[date | None]
    sample: Mapped[bool]
    document_number: Mapped[str | None]
    change_kind: Mapped[str | None]
    change_note: Mapped[str | None]
    decided_by: Mapped[str | None]
    transition: Mapped[str | None]


class RevisionEventRow(Base):
    """One step in the life of a revision; append-only."""

    __tablename__ = "revision_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    act: Mapped[str]
    by: Mapped[int]
    at: Mapped[datetime]
    note: Mapped[str]
    content_hash: Mapped[str]


class SectionRow(Base):
    """A section of a revision, with the HTML made when it was saved."""

    __tablename__ = "section_version"

    revision_id: Mapped[int] = mapped_column(
        ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True
    )
    section_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    level: Mapped[int]
    label: Mapped[str]
    heading: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    hash: Mapped[str]
    tree_hash: Mapped[str]
    line: Mapped[int]


class SectionMeaningRow(Base):
    """What the approver said a changed section means."""

    __tablename__ = "section_meaning"

    revision_id: Mapped[int] = mapped_column(
        ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True
    )
    section_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]


class ReferenceRow(Base):
    """A citation, with the hash of its target when the text was approved.

    The target is named, not keyed: a text may be drafted before what it cites.
    ``checked_hash`` is empty while the text is a draft.
    """

    __tablename__ = "reference"
    __table_args__ = (Index("ix_reference_target", "target", "section"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(
        ForeignKey("revision.id", ondelete="CASCADE"), index=True
    )
    item: Mapped[str]
    words: Mapped[str]
    target: Mapped[str]
    section: Mapped[str]
    checked_hash: Mapped[str]


class ConfirmationRow(Base):
    """Somebody looked and found a text still true; append-only.

    ``reference_id`` is empty when the whole text was looked through (periodic
    review), else the citation that was confirmed against ``hash``.
    """

    __tablename__ = "confirmation"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), index=True)
    reference_id: Mapped[int | None] = mapped_column(ForeignKey("reference.id"))
    hash: Mapped[str]
    by: Mapped[int]
    at: Mapped[datetime]
    note: Mapped[str]
