"""Who cites whom, and whether the cited clause is still what it was.

Stale is computed: the digest of the section in force differs from the one the
citation was last checked against. Nothing is marked, so nothing is forgotten.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.publishing.domain.manuscript import Citation
from trainer.publishing.domain.revision import Reference
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.revision import SectionHead
from trainer.publishing.models import ConfirmationRow
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import ReferenceRow
from trainer.publishing.models import RevisionRow
from trainer.publishing.models import SectionRow
from trainer.publishing.queries.revisions import all_approved
from trainer.publishing.queries.revisions import in_force
from trainer.publishing.queries.revisions import revision

HEAD = (
    SectionRow.section_id,
    SectionRow.label,
    SectionRow.heading,
    SectionRow.tree_hash,
)
"""The columns of a :class:`SectionHead`, in its order."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a citation leads to on a day; ``section`` is None for a whole text."""

    revision: Revision
    section: SectionHead | None

    @property
    def hash(self) -> str:
        """Digest the citation is checked against; empty for a whole text."""
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
    if missing := slugs - set(held):
        held |= _first_to_come(session, missing, on, reader)
    heads = _heads(session, {r.id for r in held.values()}, {s for _, s in wanted})
    return {
        (slug, section): Target(target, heads.get((target.id, section)))
        for slug, section in wanted
        if (target := held.get(slug)) and (not section or (target.id, section) in heads)
    }


def _heads(
    session: Session, keys: Collection[int], sections: Collection[str]
) -> dict[tuple[int, str], SectionHead]:
    """Give some sections of some revisions, by key of the revision and id."""
    rows = session.execute(
        select(SectionRow.revision_id, *HEAD).where(
            SectionRow.revision_id.in_(keys), SectionRow.section_id.in_(sections)
        )
    )
    return {(key, head[0]): SectionHead(*head) for key, *head in rows}


def _first_to_come(
    session: Session, slugs: Collection[str], on: date, reader: Actor
) -> dict[str, Revision]:
    """Give what will hold on the first day of documents that begin after a day."""
    first: dict[str, Revision] = {}
    for later in all_approved(session, reader=reader, slugs=slugs):
        if later.effective_from <= on:
            continue
        known = first.setdefault(later.slug, later)
        if known.effective_from == later.effective_from:
            first[later.slug] = later  # a correction of the same day
    return first


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
    return tuple(reference_of(row) for row in rows)


def same_citations(
    session: Session, key: int, *, reader: Actor
) -> tuple[Reference, ...]:
    """Give a citation and the others of the same text that lead to the same clause.

    Raises:
        NotFoundError: there is none, or its text is not for this reader.
    """
    row = session.get(ReferenceRow, key)
    if row is None:
        raise NotFoundError(N_("没有这条引用"))
    known = references_of(session, revision(session, row.revision_id, reader=reader))
    address = (row.target, row.section)
    return tuple(r for r in known if (r.target, r.section) == address)


def citing(
    session: Session,
    slug: str,
    on: date,
    *,
    reader: Actor,
    sections: Collection[str] | None = None,
) -> list[tuple[Revision, Reference]]:
    """Give who, in force on a day, cites a document (or some of its sections)."""
    query = select(ReferenceRow, DocumentRow.slug).where(ReferenceRow.target == slug)
    if sections is not None:
        query = query.where(ReferenceRow.section.in_(sections))
    query = query.join(RevisionRow, RevisionRow.id == ReferenceRow.revision_id)
    query = query.join(DocumentRow, DocumentRow.id == RevisionRow.document_id)
    rows = session.execute(query.order_by(ReferenceRow.id)).all()
    by = {slug for _, slug in rows}
    held = {r.id: r for r in in_force(session, on, reader=reader, slugs=by)}
    return [
        (held[row.revision_id], reference_of(row))
        for row, _ in rows
        if row.revision_id in held
    ]


def outdated(
    session: Session,
    references: Collection[Reference],
    targets: Mapping[tuple[str, str], Target],
) -> dict[int, Target | None]:
    """Give the citations whose target was never found true as it stands.

    Args:
        session: A session.
        references: Some citations.
        targets: What they lead to on a day, see :func:`targets_on`.

    Returns:
        By key of the reference, in the order given, the target; None is gone.
    """
    accepted = _accepted(session, references)
    unsure = {}
    for reference in references:
        target = targets.get((reference.target, reference.section))
        if target is None or target.hash not in accepted[reference.id]:
            unsure[reference.id] = target
    return unsure


def wordings(
    session: Session, references: Collection[Reference], *, reader: Actor
) -> dict[tuple[str, str, str], int]:
    """Tell which version is the last to have each wording of the cited sections.

    Returns:
        By slug, section and digest (as in ``checked_hash``) the version's number.
    """
    revisions = {
        r.id: r
        for r in all_approved(
            session, reader=reader, slugs={r.target for r in references}
        )
    }
    rows = session.execute(
        select(SectionRow.revision_id, SectionRow.section_id, SectionRow.tree_hash)
        .where(
            SectionRow.revision_id.in_(revisions),
            SectionRow.section_id.in_({r.section for r in references}),
        )
        .order_by(SectionRow.revision_id)
    )
    return {
        (revisions[key].slug, section, digest): revisions[key].number or 0
        for key, section, digest in rows
    }


def _accepted(
    session: Session, references: Collection[Reference]
) -> dict[int, set[str]]:
    """Give the digests each citation was ever found true against."""
    accepted = {r.id: {r.checked_hash} for r in references}
    confirmed = session.execute(
        select(ConfirmationRow.reference_id, ConfirmationRow.hash).where(
            ConfirmationRow.reference_id.in_(accepted)
        )
    )
    for key, digest in confirmed:
        accepted[key or 0].add(digest)
    return accepted


def reference_of(row: ReferenceRow | Row[*tuple[Any, ...]]) -> Reference:
    """Give a row, or one that has its columns, as readers get it."""
    return Reference(
        id=row.id,
        revision=row.revision_id,
        item=row.item,
        words=row.words,
        target=row.target,
        section=row.section,
        checked_hash=row.checked_hash,
    )
