"""The one way into the audit.

Entries are told in the course of a transaction and written at its very end, in one
go: the lock that keeps the chain whole is then the last one the transaction takes,
so writers wait for each other as briefly as can be and never in a circle.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from trainer.audit import queries
from trainer.audit.domain.chain import PURPOSE
from trainer.audit.domain.chain import Sealed
from trainer.audit.domain.chain import seal
from trainer.audit.domain.entry import Entry
from trainer.audit.domain.exporting import Export
from trainer.audit.domain.exporting import digest_of
from trainer.audit.domain.verbs import EXPORTED
from trainer.audit.models import AuditRow
from trainer.audit.models import ExportRow
from trainer.core.actor import Actor
from trainer.core.reasons import must_give_reason
from trainer.kit import db

PLACE = 4799
"""Number of the advisory lock of the chain; taken last, by :func:`_write` only."""


def record(session: Session, entry: Entry, *, at: datetime) -> None:
    """Tell of an act in its transaction: both are kept, or neither.

    Raises:
        ValueError: the moment has no zone.
        RuntimeError: the session only reads.
    """
    if at.tzinfo is None:
        raise ValueError("naive datetime")
    db.before_commit(session, _write)
    queries.waiting(session).append((entry, at))


def looked(session: Session, look: Entry, *, at: datetime) -> None:
    """Tell of a look at another person's data; repeated within the hour it is one.

    It is kept before the answer is given. A page asks
    :func:`trainer.audit.queries.has_looked` first, while it reads anyway, and opens
    a transaction only for a new look.
    """
    if not queries.has_looked(session, look, at=at):
        record(session, look, at=at)


def exported(session: Session, export: Export, *, by: Actor, at: datetime) -> None:
    """Keep that somebody takes a table away, and why; before it is handed out.

    Raises:
        ReasonTooShortError: it says nothing.
    """
    must_give_reason(export.reason)
    row = ExportRow(
        person_id=by.person,
        at=at,
        what=export.what,
        reason=export.reason,
        asked=export.asked,
        rows=export.rows,
        file_digest=export.digest,
    )
    session.add(row)
    session.flush()
    entry = Entry(
        person=by.person,
        verb=EXPORTED,
        object=f"export/{row.id}",
        detail=export.what,
        after=digest_of(export),
    )
    record(session, entry, at=at)


def _write(session: Session) -> None:
    """Put what this transaction has told behind the end of the chain."""
    db.queue_up(session, PLACE)
    last = queries.head(session)
    key = db.key_for(PURPOSE, session.get_bind())
    origin = db.origin_of(session)
    written = []
    for entry, at in queries.waiting(session):
        sealed = seal(key, last, entry, at=at, origin=origin)
        written.append(row_of(sealed))
        last = sealed.link
    session.execute(insert(AuditRow), written)
    queries.waiting(session).clear()


def row_of(sealed: Sealed) -> dict[str, object]:
    """Give the row that keeps an entry."""
    entry, origin = sealed.entry, sealed.origin
    return {
        "id": sealed.number,
        "at": sealed.at,
        "person_id": entry.person,
        "verb": entry.verb,
        "kind": sealed.kind,
        "object": entry.object,
        "detail": entry.detail,
        "before_digest": entry.before,
        "after_digest": entry.after,
        "address": origin.address,
        "request": origin.request,
        "previous_hash": sealed.previous,
        "hash": sealed.hash,
    }
