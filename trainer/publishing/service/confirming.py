"""Somebody looked and found a text still true."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.audit.domain import digest
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.publishing import queries
from trainer.publishing.models import ConfirmationRow
from trainer.publishing.models import ReferenceRow


def confirm_reference(
    session: Session, key: int, seen: str, note: str, *, by: Actor, at: datetime
) -> None:
    """Record that a citation is still true against the wording now in force.

    Args:
        session: A session.
        key: Key of the reference.
        seen: Digest of the target that was looked at.
        note: What the person wrote, may be empty.
        by: Who looked.
        at: Now.
    """
    by.must(Permission.EDIT)
    row = session.get(ReferenceRow, key)
    if row is None:
        raise NotFoundError(N_("没有这条引用"))
    session.add(
        ConfirmationRow(
            revision_id=row.revision_id,
            reference_id=row.id,
            hash=seen,
            by=by.person,
            at=at,
            note=note,
        )
    )
    _note(session, "reference", row.id, digest(seen), by=by, at=at)


def confirm_text(
    session: Session, key: int, note: str, *, by: Actor, at: datetime
) -> None:
    """Record that a whole text was looked through and is still true."""
    by.must(Permission.EDIT)
    revision = queries.revision(session, key, reader=by)
    session.add(
        ConfirmationRow(
            revision_id=revision.id,
            hash=revision.content_hash,
            by=by.person,
            at=at,
            note=note,
        )
    )
    _note(session, "revision", revision.id, revision.content_hash, by=by, at=at)


def _note(
    session: Session, kind: str, key: int, seen: str, *, by: Actor, at: datetime
) -> None:
    """Tell the audit what was looked at, as it was then."""
    entry = Entry(
        person=by.person,
        verb=f"{kind}.confirmed",
        object=f"{kind}/{key}",
        after=seen,
    )
    audit.record(session, entry, at=at)
