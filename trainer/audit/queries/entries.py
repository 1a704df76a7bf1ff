"""Reads of the chain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from typing import Any

from sqlalchemy import Select
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit.domain.archive import Head
from trainer.audit.domain.chain import GENESIS
from trainer.audit.domain.chain import Link
from trainer.audit.domain.chain import Sealed
from trainer.audit.domain.entry import Entry
from trainer.audit.domain.verbs import ARCHIVED
from trainer.audit.models import AuditRow
from trainer.core.origin import Origin

WAITING = "audit.waiting"
"""Where a session keeps the entries that are written at its end."""

SAME_LOOK = timedelta(hours=1)
"""Looks of one person at one thing within this time are one entry."""

Waiting = list[tuple[Entry, datetime]]


def waiting(session: Session) -> Waiting:
    """Give the list of those entries of this transaction that are not written yet."""
    found: Waiting = session.info.setdefault(WAITING, [])
    return found


def entries(session: Session, *, after: int = 0, limit: int = 1000) -> list[Entry]:
    """Give entries in the order of their numbers, those of this transaction last.

    For those who look at what a use case has recorded; pages use :func:`.listed`.

    Args:
        session: A session.
        after: Leave out entries up to this number.
        limit: The most entries to give.
    """
    kept = [sealed.entry for sealed in sealed_after(session, after, limit=limit)]
    last = head(session).number
    coming = [entry for entry, _ in waiting(session)][max(0, after - last) :]
    return [*kept, *coming][:limit]


def head(session: Session) -> Link:
    """Give the end of the chain, what the next entry follows."""
    newest = select(AuditRow.id, AuditRow.hash).order_by(AuditRow.id.desc()).limit(1)
    row = session.execute(newest).first()
    return Link(row.id, row.hash) if row else GENESIS


def span(session: Session) -> tuple[int, int]:
    """Give the first and the last number there is, zeros when there is none."""
    row = session.execute(select(func.min(AuditRow.id), func.max(AuditRow.id))).one()
    return row[0] or 0, row[1] or 0


def sealed_at(session: Session, number: int) -> Sealed | None:
    """Give the entry with a number."""
    row = session.execute(rows().where(AuditRow.id == number)).first()
    return sealed_of(row) if row else None


def sealed_after(
    session: Session, after: int, *, limit: int, last: int | None = None
) -> list[Sealed]:
    """Give entries behind a number, in order, not beyond the number ``last``."""
    query = rows().where(AuditRow.id > after).order_by(AuditRow.id).limit(limit)
    if last is not None:
        query = query.where(AuditRow.id <= last)
    return [sealed_of(row) for row in session.execute(query)]


def archived_to(session: Session) -> Link | None:
    """Give the last entry that has been archived, None before the first archive."""
    newest = rows().where(AuditRow.verb == ARCHIVED).order_by(AuditRow.id.desc())
    row = session.execute(newest.limit(1)).first()
    if row is None:
        return None
    act = sealed_of(row).entry
    return Link(int(act.object.partition("/")[2]), act.after)


def archive_act(session: Session, number: int) -> Entry | None:
    """Give the act that archived everything up to an entry, None when it is gone."""
    acts = rows().where(AuditRow.object == f"audit/{number}", AuditRow.verb == ARCHIVED)
    row = session.execute(acts.order_by(AuditRow.id).limit(1)).first()
    return sealed_of(row).entry if row else None


def last_before(session: Session, moment: datetime) -> Sealed | None:
    """Give the entry up to which all are older than a moment.

    Numbers decide, not clocks: one old entry behind a young one stays with it.
    """
    youngest = select(func.min(AuditRow.id)).where(AuditRow.at >= moment)
    first = session.scalar(youngest)
    query = rows().order_by(AuditRow.id.desc()).limit(1)
    if first is not None:
        query = query.where(AuditRow.id < first)
    row = session.execute(query).first()
    return sealed_of(row) if row else None


def head_of_archive(session: Session, last: int) -> Head:
    """Give what an archive of everything up to a number begins with."""
    kept = AuditRow.id <= last
    first = session.execute(rows().where(kept).order_by(AuditRow.id).limit(1)).one()
    oldest = sealed_of(first)
    entries = session.scalar(select(func.count()).where(kept)) or 0
    return Head(Link(oldest.number - 1, oldest.previous), entries)


def has_looked(session: Session, look: Entry, *, at: datetime) -> bool:
    """Tell whether somebody's look at a thing is kept already."""
    kept = select(AuditRow.id).where(
        AuditRow.object == look.object,
        AuditRow.person_id == look.person,
        AuditRow.verb == look.verb,
        AuditRow.detail == look.detail,
        AuditRow.at > at - SAME_LOOK,
    )
    coming = any(entry == look for entry, _ in waiting(session))
    return coming or session.scalars(kept.limit(1)).first() is not None


_COLUMNS: tuple[Any, ...] = (
    AuditRow.id,
    AuditRow.at,
    AuditRow.person_id,
    AuditRow.verb,
    AuditRow.kind,
    AuditRow.object,
    AuditRow.detail,
    AuditRow.before_digest,
    AuditRow.after_digest,
    AuditRow.address,
    AuditRow.request,
    AuditRow.previous_hash,
    AuditRow.hash,
)


def rows() -> Select[Any]:
    """Begin a question for entries; five million of them are no mapped objects."""
    return select(*_COLUMNS)


def sealed_of(row: Sequence[Any]) -> Sealed:
    """Give a row of :func:`rows` as readers get it."""
    number, at, person, verb, kind, thing, detail, before, after, *rest = row
    address, request, previous, own = rest
    return Sealed(
        number=number,
        at=at,
        entry=Entry(
            person=person,
            verb=verb,
            object=thing,
            detail=detail,
            before=before,
            after=after,
        ),
        kind=kind,
        origin=Origin(address or "", request),
        previous=previous,
        hash=own,
    )
