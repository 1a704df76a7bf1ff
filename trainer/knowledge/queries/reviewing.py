"""What an approver must see before a text is put in force."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.kit import markup
from trainer.knowledge.domain.comparison import compared
from trainer.knowledge.domain.desk import ReviewSheet
from trainer.knowledge.queries.desk import must_see_drafts
from trainer.knowledge.queries.desk import steps
from trainer.knowledge.queries.naming import clause_names
from trainer.knowledge.queries.naming import named
from trainer.publishing import queries as publishing
from trainer.publishing.domain.changes import compare
from trainer.publishing.domain.lifecycle import OPEN
from trainer.publishing.domain.manuscript import Section
from trainer.publishing.domain.manuscript import tree_hashes
from trainer.publishing.domain.revision import Reference
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.timeline import OverlapError
from trainer.publishing.domain.timeline import must_not_overlap


def review_sheet(
    session: Session, key: int, today: date, *, reader: Actor
) -> ReviewSheet:
    """Give everything that bears on approving a text.

    Raises:
        DeniedError: this reader knows of no drafts.
        NotFoundError: there is no such text.
    """
    must_see_drafts(reader)
    revision = publishing.revision(session, key, reader=reader)
    before = publishing.held_before(session, revision, reader=reader)
    stored = publishing.sections_of(session, [r for r in (before, revision) if r])
    old = [s.section for s in stored[before.id]] if before else []
    new = [s.section for s in stored[revision.id]]
    headers = (before.header, revision.header) if before else None
    first_day = revision.effective_from
    return ReviewSheet(
        revision=revision,
        before=before,
        comparison=compared(compare(old, new), markup.plain, headers),
        citing=_citing(session, revision, changed_trees(old, new), reader),
        dangling=_dangling(session, revision, reader),
        steps=steps(session, revision, reader=reader),
        overlap=_overlap(session, revision, reader),
        is_past=first_day < today,
        is_author=reader.person in publishing.authors(session, revision),
    )


def changed_trees(old: list[Section], new: list[Section]) -> frozenset[str]:
    """Give the sections that changed, or one below them did, or that are gone.

    Who cites a clause also rests on its items.
    """
    now = tree_hashes(new)
    return frozenset(
        id_ for id_, digest in tree_hashes(old).items() if now.get(id_) != digest
    )


def _citing(
    session: Session, revision: Revision, changed: frozenset[str], reader: Actor
) -> tuple[tuple[Revision, Reference], ...]:
    """Give who cites a section that changes, its clause called by its name."""
    slug, on = revision.slug, revision.effective_from
    found = publishing.citing(session, slug, on, reader=reader, sections=changed)
    others = [(other, reference) for other, reference in found if other.slug != slug]
    cited = [reference for _, reference in others]
    names = clause_names(session, cited, on, reader=reader)
    return tuple((other, named(reference, names)) for other, reference in others)


def _dangling(
    session: Session, revision: Revision, reader: Actor
) -> tuple[Reference, ...]:
    references = publishing.references_of(session, revision)
    found = publishing.targets_on(
        session,
        {(r.target, r.section) for r in references},
        revision.effective_from,
        reader=reader,
    )
    return tuple(r for r in references if (r.target, r.section) not in found)


def _overlap(session: Session, revision: Revision, reader: Actor) -> str:
    """Say why an open text's days collide with another version's; empty if not."""
    if revision.status not in OPEN:
        return ""
    others = publishing.approved(session, reader=reader, slug=revision.slug)
    try:
        must_not_overlap(revision, others)
    except OverlapError as error:
        return error.message
    return ""
