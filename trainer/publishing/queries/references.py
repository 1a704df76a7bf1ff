"""Who cites whom, and whether the cited clause is still what it was.

Stale is computed: the digest of the section in force differs from the one the
citation was last checked against. Nothing is marked, so nothing is forgotten.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.publishing.domain.manuscript import Citation
from trainer.publishing.domain.review import Stale
from trainer.publishing.domain.revision import Reference
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.revision import StoredSection
from trainer.publishing.domain.timeline import spans
from trainer.publishing.models import ConfirmationRow
from trainer.publishing.models import ReferenceRow
from trainer.publishing.queries.revisions import all_approved
from trainer.publishing.queries.revisions import in_force
from trainer.publishing.queries.revisions import sections_of


@dataclass(frozen=True, slots=True)
class Target:
    """What a citation leads to on a day; ``section`` is None for a whole text."""

    revision: Revision
    section: StoredSection | None

    @property
    def hash(self) -> str:
        """What the citation is checked against; empty for a whole text."""
        return self.section.tree_hash if self.section else ""


def targets_on(
    session: Session,
    addresses: Iterable[tuple[str, str]],
    on: date,
    *,
    reader: Actor,
) -> dict[tuple[str, str], Target]:
    """Resolve ``(slug, section)`` pairs as of a day; what is missing is left out.

    A document whose first day is later than ``on`` resolves as of that first day.
    """
    wanted = set(addresses)
    slugs = {slug for slug, _ in wanted}
    held = {r.slug: r for r in in_force(session, on, reader=reader, slugs=slugs)}
    for later in all_approved(session, reader=reader, slugs=slugs - set(held)):
        if later.effective_from > on:
            held.setdefault(later.slug, later)
    stored = sections_of(session, held.values())
    found: dict[tuple[str, str], Target] = {}
    for slug, section in wanted:
        target = held.get(slug)
        if target is None:
            continue
        by_id = {s.id: s for s in stored[target.id]}
        if not section:
            found[slug, section] = Target(target, None)
        elif section in by_id:
            found[slug, section] = Target(target, by_id[section])
    return found


def dangling(
    session: Session, citations: Collection[Citation], on: date, *, reader: Actor
) -> list[Citation]:
    """Give the citations that lead nowhere as of a day."""
    pairs = {(c.target, c.section) for c in citations}
    found = targets_on(session, pairs, on, reader=reader)
    return [c for c in citations if (c.target, c.section) not in found]


def references_of(session: Session, revision: Revision) -> tuple[Reference, ...]:
    """Give the citations of a revision, in their order."""
    rows = session.scalars(
        select(ReferenceRow)
        .where(ReferenceRow.revision_id == revision.id)
        .order_by(ReferenceRow.id)
    )
    return tuple(_reference(row) for row in rows)


def citing(
    session: Session,
    slug: str,
    on: date,
    *,
    reader: Actor,
    sections: Collection[str] | None = None,
) -> list[tuple[Revision, Reference]]:
    """Give who, in force on a day, cites a document (or some of its sections)."""
    held = {r.id: r for r in in_force(session, on, reader=reader)}
    query = select(ReferenceRow).where(
        ReferenceRow.target == slug, ReferenceRow.revision_id.in_(held)
    )
    if sections is not None:
        query = query.where(ReferenceRow.section.in_(sections))
    rows = session.scalars(query.order_by(ReferenceRow.id))
    return [(held[row.revision_id], _reference(row)) for row in rows]


def stale(session: Session, on: date, *, reader: Actor) -> list[Stale]:
    """Give the citations, of texts in force on a day, that must be checked again."""
    held = {r.id: r for r in in_force(session, on, reader=reader)}
    rows = list(
        session.scalars(
            select(ReferenceRow)
            .where(ReferenceRow.revision_id.in_(held))
            .order_by(ReferenceRow.id)
        )
    )
    targets = targets_on(
        session, {(row.target, row.section) for row in rows}, on, reader=reader
    )
    accepted = _accepted(session, rows)
    starts = _starts(session, {row.target for row in rows}, reader)
    found = []
    for row in rows:
        target = targets.get((row.target, row.section))
        if target is not None and target.hash in accepted[row.id]:
            continue
        found.append(
            Stale(
                revision=held[row.revision_id],
                reference=_reference(row),
                since=_since(starts.get(row.target, []), on),
                now_hash=target.hash if target else None,
            )
        )
    return found


def _accepted(session: Session, rows: Collection[ReferenceRow]) -> dict[int, set[str]]:
    """Give the digests each citation was ever found true against."""
    accepted = {row.id: {row.checked_hash} for row in rows}
    confirmed = session.execute(
        select(ConfirmationRow.reference_id, ConfirmationRow.hash).where(
            ConfirmationRow.reference_id.in_(accepted)
        )
    )
    for key, digest in confirmed:
        accepted[key or 0].add(digest)
    return accepted


def _starts(
    session: Session, slugs: Collection[str], reader: Actor
) -> dict[str, list[date]]:
    """Give the days on which another wording of each document begins to hold."""
    revisions: dict[str, list[Revision]] = {}
    for revision in all_approved(session, reader=reader, slugs=slugs):
        revisions.setdefault(revision.slug, []).append(revision)
    return {slug: [s.start for s in spans(rs)] for slug, rs in revisions.items()}


def _since(starts: Collection[date], on: date) -> date | None:
    return max((start for start in starts if start <= on), default=None)


def _reference(row: ReferenceRow) -> Reference:
    return Reference(
        id=row.id,
        revision=row.revision_id,
        item=row.item,
        words=row.words,
        target=row.target,
        section=row.section,
        checked_hash=row.checked_hash,
    )
