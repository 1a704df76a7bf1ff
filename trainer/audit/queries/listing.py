"""Reads for the auditor's pages; nobody else gets an answer here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy import false
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit.domain.chain import PURPOSE
from trainer.audit.domain.chain import Sealed
from trainer.audit.domain.chain import is_intact
from trainer.audit.domain.exporting import Export
from trainer.audit.domain.exporting import digest_of
from trainer.audit.domain.listing import SIZE
from trainer.audit.domain.listing import Listed
from trainer.audit.domain.listing import Wanted
from trainer.audit.domain.verbs import EXPORTED
from trainer.audit.models import AuditRow
from trainer.audit.models import ExportRow
from trainer.audit.queries.entries import rows
from trainer.audit.queries.entries import sealed_at
from trainer.audit.queries.entries import sealed_of
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import start_of
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit.db import key_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An entry with what its page says besides.

    ``intact``: it is as it was written, taken alone; ``export`` is what was noted of
    the table, where the act is an export.
    """

    sealed: Sealed
    intact: bool
    export: Export | None


def listed(
    session: Session, wanted: Wanted, *, reader: Actor, limit: int = SIZE
) -> Listed:
    """Give the newest of the entries that are wanted.

    Raises:
        DeniedError: the reader is no auditor.
    """
    reader.must(Permission.AUDIT)
    conditions = list(_wanted(wanted))
    if wanted.since or wanted.until:
        conditions += _between(session, wanted)
    newest = rows().where(*conditions).order_by(AuditRow.id.desc())
    found = [sealed_of(row) for row in session.execute(newest.limit(limit + 1))]
    older = found[limit - 1].number if len(found) > limit else None
    return Listed(tuple(found[:limit]), older)


def entry(session: Session, number: int, *, reader: Actor) -> Shown:
    """Give one entry.

    Raises:
        DeniedError: the reader is no auditor.
        NotFoundError: there is none with this number.
    """
    reader.must(Permission.AUDIT)
    sealed = sealed_at(session, number)
    if sealed is None:
        raise NotFoundError(N_("没有这一条；太早的记录可能已经归档"))
    export = _export(session, sealed)
    intact = is_intact(key_for(PURPOSE, session.get_bind()), sealed) and (
        export is None or digest_of(export) == sealed.entry.after
    )
    return Shown(sealed=sealed, intact=intact, export=export)


def _wanted(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.people is not None:
        yield AuditRow.person_id.in_(wanted.people) if wanted.people else false()
    if wanted.before is not None:
        yield AuditRow.id < wanted.before
    for column, value in (
        (AuditRow.verb, wanted.verb),
        (AuditRow.kind, wanted.kind),
        (AuditRow.object, wanted.object),
        (AuditRow.address, wanted.address),
    ):
        if value:
            yield column == value


def _between(session: Session, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Say which days, and between which numbers they lie.

    The list stands in the order of numbers; without their bounds a day of last year
    would be looked for among everything since.
    """
    days: list[ColumnElement[bool]] = []
    if wanted.since:
        days.append(AuditRow.at >= start_of(wanted.since))
    if wanted.until:
        days.append(AuditRow.at < start_of(wanted.until))
    bounds = select(func.min(AuditRow.id), func.max(AuditRow.id)).where(*days)
    first, last = session.execute(bounds).one()
    if first is None:
        return [false()]
    return [*days, AuditRow.id >= first, AuditRow.id <= last]


def _export(session: Session, sealed: Sealed) -> Export | None:
    key = sealed.entry.object.partition("/")[2]
    if sealed.entry.verb != EXPORTED or not key.isdecimal():
        return None
    row = session.get(ExportRow, int(key))
    if row is None:
        return None
    return Export(
        what=row.what,
        reason=row.reason,
        asked=row.asked,
        rows=row.rows,
        digest=row.file_digest,
    )
