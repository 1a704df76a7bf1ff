"""Steps in the life of a revision: lock, check, advance, record."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.publishing.domain import lifecycle
from trainer.publishing.domain.lifecycle import Act
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import RevisionEventRow
from trainer.publishing.models import RevisionRow


def locked(session: Session, key: int) -> RevisionRow:
    """Fetch a revision so that nobody else changes it until the commit."""
    row = session.scalars(
        select(RevisionRow).where(RevisionRow.id == key).with_for_update()
    ).first()
    if row is None:
        raise NotFoundError(N_("没有这份稿件"))
    session.scalars(
        select(DocumentRow.id)
        .where(DocumentRow.id == row.document_id)
        .with_for_update()
    ).one()
    return row


def take(
    session: Session, key: int, act: Act, *, by: Actor, at: datetime, note: str = ""
) -> RevisionRow:
    """Take one step and record it."""
    row = locked(session, key)
    advance(session, row, act, by=by, at=at, note=note)
    return row


def advance(
    session: Session,
    row: RevisionRow,
    act: Act,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
) -> None:
    """Move a locked revision on, and record it."""
    row.status = lifecycle.step(Status(row.status), act)
    row.updated_at = at
    session.flush()
    record(session, row, act, by=by, at=at, note=note)


def record(
    session: Session,
    row: RevisionRow,
    act: Act,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
) -> None:
    """Write down who did what when."""
    session.add(
        RevisionEventRow(
            revision_id=row.id,
            act=act,
            by=by.person,
            at=at,
            note=note.strip(),
            content_hash=row.content_hash,
        )
    )
    entry = Entry(
        person=by.person,
        verb=f"revision.{act}",
        object=f"revision/{row.id}",
        after=row.content_hash,
    )
    audit.record(session, entry, at=at)


def slug_of(session: Session, row: RevisionRow) -> str:
    """Give the slug of the document of a revision."""
    return session.get_one(DocumentRow, row.document_id).slug


def must_give(reason: str, sentence: str) -> None:
    """Stop here unless a reason is given."""
    if not reason.strip():
        raise lifecycle.ReasonMissingError(sentence)
