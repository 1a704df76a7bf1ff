"""Revisions and their sections; the only way to a text is through who is asking.

:func:`in_force` is the one function that says which revision holds on a day; it
serves search, pages, export, print and quizzes alike, so a draft cannot leak.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy import Select
from sqlalchemy import and_
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.publishing.domain.header import Audience
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.header import DecidingDate
from trainer.publishing.domain.header import Evidence
from trainer.publishing.domain.header import Header
from trainer.publishing.domain.lifecycle import Act
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.revision import Event
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.revision import SectionMeaning
from trainer.publishing.domain.revision import StoredSection
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import RevisionEventRow
from trainer.publishing.models import RevisionRow
from trainer.publishing.models import SectionMeaningRow
from trainer.publishing.models import SectionRow

ENUMS = {
    "audience": Audience,
    "evidence": Evidence,
    "change_kind": ChangeKind,
    "decided_by": DecidingDate,
}


def in_force(
    session: Session,
    on: date,
    *,
    reader: Actor,
    slugs: Collection[str] | None = None,
    kinds: Collection[str] | None = None,
) -> list[Revision]:
    """Give what holds on a day, for this reader, in order of slug.

    Args:
        session: A session.
        on: The business date.
        reader: Who asks; what is not for him does not exist.
        slugs: Only these documents; None is all.
        kinds: Only these kinds; None is all.
    """
    query = seen_by(reader, kinds).where(RevisionRow.id.in_(chosen_on(on, slugs)))
    return _read(session, query.order_by(DocumentRow.slug))


def owned(
    session: Session, posts: Collection[str], on: date, *, reader: Actor
) -> list[Revision]:
    """Give what holds on a day and belongs to some posts, by title."""
    held = seen_by(reader).where(RevisionRow.id.in_(chosen_on(on)))
    query = held.where(RevisionRow.owner.in_(posts))
    return _read(session, query.order_by(RevisionRow.title))


def chosen_on(on: date, slugs: Collection[str] | None = None) -> Select[int]:
    """Begin the one rule of what holds on a day: the keys of those revisions.

    With ``slugs`` only those documents are ranked, however many there are.
    """
    rank = func.row_number().over(
        partition_by=RevisionRow.document_id,
        order_by=(RevisionRow.effective_from.desc(), RevisionRow.number.desc()),
    )
    held = select(RevisionRow.id, rank.label("rank")).where(
        RevisionRow.status == Status.APPROVED,
        RevisionRow.effective_from <= on,
        or_(RevisionRow.effective_to.is_(None), RevisionRow.effective_to > on),
    )
    if slugs is not None:
        known = select(DocumentRow.id).where(DocumentRow.slug.in_(slugs))
        held = held.where(RevisionRow.document_id.in_(known))
    ranked = held.subquery()
    return select(ranked.c.id).where(ranked.c.rank == 1)


def revision_on(
    session: Session,
    slug: str,
    on: date,
    *,
    reader: Actor,
    kinds: Collection[str] | None = None,
) -> Revision:
    """Give the revision of a document that holds on a day.

    Raises:
        NotFoundError: nothing holds on that day, or not for this reader.
    """
    found = in_force(session, on, reader=reader, slugs=[slug], kinds=kinds)
    if not found:
        raise NotFoundError(N_("{on} 没有生效的内容：{slug}", on=on, slug=slug))
    return found[0]


def approved(session: Session, *, reader: Actor, slug: str) -> list[Revision]:
    """Give the approved revisions of a document, oldest first."""
    query = seen_by(reader).where(
        DocumentRow.slug == slug, RevisionRow.status == Status.APPROVED
    )
    return _read(session, query.order_by(*_AGE))


def all_approved(
    session: Session,
    *,
    reader: Actor,
    slugs: Collection[str] | None = None,
    kinds: Collection[str] | None = None,
) -> list[Revision]:
    """Give the approved revisions of all documents, by slug, oldest first."""
    query = seen_by(reader, kinds).where(RevisionRow.status == Status.APPROVED)
    if slugs is not None:
        query = query.where(DocumentRow.slug.in_(slugs))
    return _read(session, query.order_by(DocumentRow.slug, *_AGE))


def versions(session: Session, *, reader: Actor, slug: str) -> list[Revision]:
    """Give every revision of a document this reader may know of, newest first."""
    query = seen_by(reader).where(DocumentRow.slug == slug)
    shown = _read(session, query.order_by(RevisionRow.id.desc()))
    if not shown:
        raise NotFoundError(N_("没有这篇内容：{slug}", slug=slug))
    return shown


def version(session: Session, slug: str, number: int, *, reader: Actor) -> Revision:
    """Give revision ``number`` (from 1) of a document.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    query = seen_by(reader).where(
        DocumentRow.slug == slug, RevisionRow.number == number
    )
    return _one(
        session, query, N_("“{slug}”没有第 {number} 版", slug=slug, number=number)
    )


def revision(session: Session, key: int, *, reader: Actor) -> Revision:
    """Give a revision, draft or not, by its key.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    return _one(
        session, seen_by(reader).where(RevisionRow.id == key), N_("没有这份稿件")
    )


def revisions(
    session: Session, keys: Collection[int], *, reader: Actor
) -> dict[int, Revision]:
    """Give several revisions by key; what is not for this reader is left out."""
    query = seen_by(reader).where(RevisionRow.id.in_(keys))
    return {found.id: found for found in _read(session, query)}


def with_status(
    session: Session,
    statuses: Collection[Status],
    *,
    reader: Actor,
    kinds: Collection[str] | None = None,
) -> list[Revision]:
    """Give the revisions in these statuses, longest waiting first."""
    query = seen_by(reader, kinds).where(RevisionRow.status.in_(statuses))
    return _read(session, query.order_by(RevisionRow.updated_at, RevisionRow.id))


def held_before(
    session: Session, revision: Revision, *, reader: Actor
) -> Revision | None:
    """Give what holds on the first day of a revision as long as it is not approved."""
    held = in_force(
        session, revision.effective_from, reader=reader, slugs=[revision.slug]
    )
    return next((other for other in held if other.id != revision.id), None)


def text(session: Session, revision: Revision) -> str:
    """Give the text of a revision, byte for byte as it was saved."""
    return session.scalars(
        select(RevisionRow.text).where(RevisionRow.id == revision.id)
    ).one()


def texts(session: Session, revisions: Collection[Revision]) -> dict[int, str]:
    """Give the texts of several revisions by key, in one question."""
    keys = [revision.id for revision in revisions]
    rows = session.execute(
        select(RevisionRow.id, RevisionRow.text).where(RevisionRow.id.in_(keys))
    )
    return {key: written for key, written in rows}  # noqa: C416  (typed pairs)


def sections(session: Session, revision: Revision) -> tuple[StoredSection, ...]:
    """Give the sections of a revision in their order."""
    return sections_of(session, [revision])[revision.id]


def sections_of(
    session: Session, revisions: Collection[Revision]
) -> dict[int, tuple[StoredSection, ...]]:
    """Give the sections of several revisions by revision key, in one question."""
    found: dict[int, list[StoredSection]] = {r.id: [] for r in revisions}
    rows = session.scalars(
        select(SectionRow)
        .where(SectionRow.revision_id.in_(found))
        .order_by(SectionRow.revision_id, SectionRow.position)
    )
    for row in rows:
        found[row.revision_id].append(section_of(row))
    return {key: tuple(values) for key, values in found.items()}


def meanings(session: Session, revision: Revision) -> tuple[SectionMeaning, ...]:
    """Give what the approver said of each changed section."""
    rows = session.scalars(
        select(SectionMeaningRow).where(SectionMeaningRow.revision_id == revision.id)
    )
    return tuple(
        SectionMeaning(section=r.section_id, kind=ChangeKind(r.kind)) for r in rows
    )


def history(session: Session, revision: Revision) -> tuple[Event, ...]:
    """Give what was done to a revision, oldest first."""
    rows = session.scalars(
        select(RevisionEventRow)
        .where(RevisionEventRow.revision_id == revision.id)
        .order_by(RevisionEventRow.id)
    )
    return tuple(_event(row) for row in rows)


def last_events(
    session: Session, revisions: Collection[Revision], act: Act
) -> dict[int, Event]:
    """Give the last time something was done to each revision, by revision key."""
    rows = session.scalars(
        select(RevisionEventRow)
        .where(
            RevisionEventRow.revision_id.in_([r.id for r in revisions]),
            RevisionEventRow.act == act,
        )
        .order_by(RevisionEventRow.id)
    )
    return {row.revision_id: _event(row) for row in rows}


def authors(session: Session, revision: Revision) -> frozenset[int]:
    """Give everybody who wrote part of a revision."""
    rows = session.scalars(
        select(RevisionEventRow.by).where(
            RevisionEventRow.revision_id == revision.id,
            RevisionEventRow.act.in_([Act.CREATED, Act.EDITED]),
        )
    )
    return frozenset(rows)


def audiences(reader: Actor) -> list[Audience]:
    """Give the audiences a reader belongs to."""
    if reader.sees_drafts:
        return list(Audience)
    if reader.may(Permission.SUPERVISE):
        return [Audience.ALL, Audience.SUPERVISORS]
    return [Audience.ALL]


_AGE = (RevisionRow.effective_from, RevisionRow.number)


def seen_by(
    reader: Actor, kinds: Collection[str] | None = None
) -> Select[RevisionRow, DocumentRow]:
    """Begin every question: only what exists for this reader.

    Args:
        reader: Who asks.
        kinds: Only these kinds; None is all. A feature that owns kinds asks for
            those, so that the texts of another are none of its own.
    """
    seen: ColumnElement[bool] = RevisionRow.audience.in_(audiences(reader))
    if not reader.sees_drafts:
        seen = and_(seen, RevisionRow.status == Status.APPROVED)
    if not reader.may(Permission.READ):
        seen = and_(seen, RevisionRow.id.is_(None))
    return (
        select(RevisionRow, DocumentRow)
        .join(DocumentRow, DocumentRow.id == RevisionRow.document_id)
        .where(seen if kinds is None else and_(seen, DocumentRow.kind.in_(kinds)))
    )


def _read(session: Session, query: Select[RevisionRow, DocumentRow]) -> list[Revision]:
    return [value_of(row, document) for row, document in session.execute(query)]


def _one(
    session: Session, query: Select[RevisionRow, DocumentRow], missing: str
) -> Revision:
    found = _read(session, query)
    if not found:
        raise NotFoundError(missing)
    return found[0]


def _header(row: RevisionRow) -> Header:
    values = {f.name: getattr(row, f.name) for f in fields(Header)}
    for name, kind in ENUMS.items():
        if values[name] is not None:
            values[name] = kind(values[name])
    return Header(**values)


def value_of(row: RevisionRow, document: DocumentRow) -> Revision:
    """Give a row as readers get it."""
    return Revision(
        id=row.id,
        document=document.id,
        slug=document.slug,
        kind=document.kind,
        number=row.number,
        status=Status(row.status),
        header=_header(row),
        facets=row.facets,
        content_hash=row.content_hash,
        edit=row.edit,
        created_by=row.created_by,
        created_at=row.created_at,
        updated_at=row.updated_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
    )


def _event(row: RevisionEventRow) -> Event:
    return Event(act=Act(row.act), by=row.by, at=row.at, note=row.note)


def section_of(row: SectionRow) -> StoredSection:
    """Give a row as readers get it."""
    return StoredSection(
        revision=row.revision_id,
        id=row.section_id,
        position=row.position,
        level=row.level,
        label=row.label,
        heading=row.heading,
        text=row.text,
        html=row.html,
        hash=row.hash,
        tree_hash=row.tree_hash,
        line=row.line,
    )
