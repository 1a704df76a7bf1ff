"""Single sections: some of known texts, and those with a wording somebody cites."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.revision import StoredSection
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import RevisionRow
from trainer.publishing.models import SectionRow
from trainer.publishing.queries.revisions import section_of
from trainer.publishing.queries.revisions import seen_by


def some_sections(
    session: Session, places: Collection[tuple[int, str]]
) -> dict[tuple[int, str], StoredSection]:
    """Give some sections by key of the revision and id; what is not there is left out.

    The revisions are ones the caller was given.
    """
    rows = session.scalars(
        select(SectionRow).where(
            SectionRow.revision_id.in_({key for key, _ in places}),
            SectionRow.section_id.in_({section for _, section in places}),
        )
    )
    found = {(row.revision_id, row.section_id): section_of(row) for row in rows}
    return {place: found[place] for place in places if place in found}


def worded(
    session: Session, wordings: Collection[tuple[str, str, str]], *, reader: Actor
) -> dict[tuple[str, str, str], StoredSection]:
    """Give sections by slug, id and digest, the digest that citations are bound to."""
    rows = session.execute(
        seen_by(reader)
        .with_only_columns(DocumentRow.slug, SectionRow)
        .join(SectionRow, SectionRow.revision_id == RevisionRow.id)
        .where(
            RevisionRow.status == Status.APPROVED,
            DocumentRow.slug.in_({slug for slug, _, _ in wordings}),
            SectionRow.section_id.in_({section for _, section, _ in wordings}),
            SectionRow.tree_hash.in_({digest for _, _, digest in wordings}),
        )
    )
    return {
        (slug, row.section_id, row.tree_hash): section_of(row) for slug, row in rows
    }
