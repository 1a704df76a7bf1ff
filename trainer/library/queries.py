"""Reads of packs: what a pack must fit to."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.library.domain.claims import Claim
from trainer.library.domain.claims import Known
from trainer.publishing import queries as publishing
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.revision import Revision
from trainer.publishing.models import SectionRow

THERE = frozenset(Status) - {Status.DISCARDED, Status.WITHDRAWN}


def known(session: Session, *, reader: Actor) -> Known:
    """Give what the database holds that a pack must fit to."""
    approved = publishing.all_approved(session, reader=reader)
    # Only the ids: a corpus of laws has many megabytes of sections.
    rows = session.execute(
        select(SectionRow.revision_id, SectionRow.section_id).where(
            SectionRow.revision_id.in_([revision.id for revision in approved])
        )
    )
    sections: dict[int, set[str]] = {}
    for revision, section in rows:
        sections.setdefault(revision, set()).add(section)
    return Known(
        vocabulary=publishing.vocabulary(session),
        claims=tuple(_claim(r, frozenset(sections.get(r.id, ()))) for r in approved),
        hashes=hashes(session, reader=reader),
        kinds={revision.slug: revision.kind for revision in approved},
    )


def hashes(session: Session, *, reader: Actor) -> frozenset[tuple[str, str]]:
    """Give slug and digest of every text that is there, drafts included."""
    held = publishing.with_status(session, THERE, reader=reader)
    return frozenset((revision.slug, revision.content_hash) for revision in held)


def waiting(
    session: Session, keys: Collection[tuple[str, str]], *, reader: Actor
) -> list[Revision]:
    """Give the drafts that are the same text as one of a pack, oldest first.

    Args:
        session: A session.
        keys: Slug and digest of the texts of the pack.
        reader: Who asks.
    """
    drafts = publishing.with_status(session, {Status.DRAFT}, reader=reader)
    found = [r for r in drafts if (r.slug, r.content_hash) in keys]
    return sorted(found, key=lambda revision: revision.id)


def _claim(revision: Revision, sections: frozenset[str]) -> Claim:
    return Claim(
        slug=revision.slug,
        name=f"“{revision.slug}”第 {revision.number} 版",
        number=revision.number or 0,
        effective_from=revision.effective_from,
        effective_to=revision.effective_to,
        supersedes=revision.supersedes,
        sections=sections,
    )
