"""Which citations must be checked again, over some days, in a few questions.

However many texts there are and however many days are looked at, the number of
statements stays the same, and of each row only what decides is loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.publishing.domain.calendar import Calendar
from trainer.publishing.domain.calendar import Claim
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.review import Stale
from trainer.publishing.domain.revision import Reference
from trainer.publishing.models import ConfirmationRow
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import ReferenceRow
from trainer.publishing.models import RevisionRow
from trainer.publishing.models import SectionRow
from trainer.publishing.queries.references import reference_of
from trainer.publishing.queries.revisions import audiences
from trainer.publishing.queries.revisions import revisions


@dataclass(frozen=True, slots=True)
class _Known:
    """What decides whether a citation is stale.

    ``hashes`` are the digests of the cited sections by revision and section,
    ``accepted`` those that citations were found true against since approval.
    """

    calendar: Calendar
    hashes: Mapping[tuple[int, str], str]
    accepted: Mapping[int, Collection[str]]


def stale(
    session: Session, on: date, *, reader: Actor, until: date | None = None
) -> list[Stale]:
    """Give the citations, of texts in force, that must be checked again.

    Args:
        session: A session.
        on: First day looked at.
        reader: Who asks.
        until: Last day looked at; None is ``on``. A citation that goes stale
            within these days is given once, as of the first such day.
    """
    until = until or on
    known = _Known(_calendar(session, reader), _hashes(session), _accepted(session))
    found = [
        (reference, day, now_hash)
        for slug, reference in _references(session, until)
        for day, now_hash in _first_stale(slug, reference, known, (on, until))
    ]
    texts = revisions(
        session, {reference.revision for reference, _, _ in found}, reader=reader
    )
    return [
        Stale(
            revision=texts[reference.revision],
            reference=reference,
            since=known.calendar.since(reference.target, day),
            now_hash=now_hash,
        )
        for reference, day, now_hash in found
    ]


def _first_stale(
    slug: str, reference: Reference, known: _Known, days: tuple[date, date]
) -> list[tuple[date, str | None]]:
    """Give the first day on which a citation is stale, with the digest then."""
    turns = known.calendar.turns((slug, reference.target), *days)
    for day in (days[0], *turns):
        if known.calendar.held(slug, day) != reference.revision:
            continue
        target = known.calendar.led_to(reference.target, day)
        now_hash = _digest(known, target, reference.section)
        accepted = {reference.checked_hash, *known.accepted.get(reference.id, ())}
        if now_hash is None or now_hash not in accepted:
            return [(day, now_hash)]
    return []


def _digest(known: _Known, target: int | None, section: str) -> str | None:
    """Give what a citation is checked against; None when it leads nowhere."""
    if target is None:
        return None
    return known.hashes.get((target, section)) if section else ""


def _calendar(session: Session, reader: Actor) -> Calendar:
    if not reader.may(Permission.READ):
        return Calendar(())
    rows = session.execute(
        select(
            RevisionRow.id,
            DocumentRow.slug,
            RevisionRow.number,
            RevisionRow.effective_from,
            RevisionRow.effective_to,
            RevisionRow.supersedes,
            RevisionRow.audience.in_(audiences(reader)),
        )
        .join(DocumentRow, DocumentRow.id == RevisionRow.document_id)
        .where(RevisionRow.status == Status.APPROVED)
    )
    return Calendar(
        Claim(
            key=key,
            slug=slug,
            number=number or 0,
            effective_from=start,
            effective_to=end,
            supersedes=supersedes,
            is_seen=bool(is_seen),
        )
        for key, slug, number, start, end, supersedes, is_seen in rows
    )


def _references(session: Session, until: date) -> list[tuple[str, Reference]]:
    """Give the citations of what may hold until a day, with their own document."""
    rows = session.execute(
        select(
            DocumentRow.slug,
            ReferenceRow.id,
            ReferenceRow.revision_id,
            ReferenceRow.item,
            ReferenceRow.words,
            ReferenceRow.target,
            ReferenceRow.section,
            ReferenceRow.checked_hash,
        )
        .join(RevisionRow, RevisionRow.id == ReferenceRow.revision_id)
        .join(DocumentRow, DocumentRow.id == RevisionRow.document_id)
        .where(
            RevisionRow.status == Status.APPROVED, RevisionRow.effective_from <= until
        )
        .order_by(ReferenceRow.id)
    )
    return [(row.slug, reference_of(row)) for row in rows]


def _hashes(session: Session) -> dict[tuple[int, str], str]:
    """Give the digests of all sections that somebody cites."""
    rows = session.execute(
        select(SectionRow.revision_id, SectionRow.section_id, SectionRow.tree_hash)
        .join(RevisionRow, RevisionRow.id == SectionRow.revision_id)
        .join(DocumentRow, DocumentRow.id == RevisionRow.document_id)
        .join(
            ReferenceRow,
            and_(
                ReferenceRow.target == DocumentRow.slug,
                ReferenceRow.section == SectionRow.section_id,
            ),
        )
        .where(RevisionRow.status == Status.APPROVED)
        .distinct()
    )
    return {(revision, section): digest for revision, section, digest in rows}


def _accepted(session: Session) -> dict[int, set[str]]:
    """Give the digests that citations were found true against since approval."""
    rows = session.execute(
        select(ConfirmationRow.reference_id, ConfirmationRow.hash).where(
            ConfirmationRow.reference_id.is_not(None)
        )
    )
    accepted: dict[int, set[str]] = defaultdict(set)
    for key, digest in rows:
        accepted[key or 0].add(digest)
    return accepted
