"""The card of a text that is still being written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from datetime import timedelta

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.knowledge.domain.article import Facets
from trainer.knowledge.domain.card import Card
from trainer.knowledge.queries.cards import cite
from trainer.publishing import queries as publishing
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.manuscript import Manuscript
from trainer.publishing.domain.manuscript import tree_hashes
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.revision import StoredSection
from trainer.publishing.domain.timeline import InForce


def preview_card(
    session: Session,
    slug: str,
    prepared: tuple[Manuscript, Mapping[str, str]],
    *,
    reader: Actor,
    at: datetime,
) -> Card:
    """Give the card of a text that is not saved, as of its first day.

    Args:
        session: A session.
        slug: The article, empty when it has no identity yet.
        prepared: The text, and the safe HTML of its sections by id.
        reader: Who asks.
        at: Now.
    """
    manuscript, html = prepared
    header = manuscript.header
    cited = dict.fromkeys((c.target, c.section) for c in manuscript.citations)
    day = header.effective_from
    targets = publishing.targets_on(session, cited, day, reader=reader)
    return Card(
        revision=_unsaved(manuscript, slug, reader, at),
        facets=Facets.of(manuscript.facets),
        status=InForce.NOW,
        since=day,
        until=header.effective_to and header.effective_to - timedelta(1),
        coming=None,
        sections=_sections(manuscript, html),
        basis=tuple(cite(a, t, changed=False) for a in cited if (t := targets.get(a))),
    )


def _sections(
    manuscript: Manuscript, html: Mapping[str, str]
) -> tuple[StoredSection, ...]:
    """Give sections the shape of those that are kept."""
    trees = tree_hashes(manuscript.sections)
    return tuple(
        StoredSection(
            revision=0,
            position=position,
            html=html[section.id],
            hash=section.hash,
            tree_hash=trees[section.id],
            **asdict(section),
        )
        for position, section in enumerate(manuscript.sections)
    )


def _unsaved(manuscript: Manuscript, slug: str, by: Actor, at: datetime) -> Revision:
    """Give a text the shape of a revision that nobody has saved."""
    return Revision(
        id=0,
        document=0,
        slug=slug,
        kind=manuscript.kind,
        number=None,
        status=Status.DRAFT,
        header=manuscript.header,
        facets=manuscript.facets,
        content_hash=manuscript.content_hash,
        edit=0,
        created_by=by.person,
        created_at=at,
        updated_at=at,
        approved_by=None,
        approved_at=None,
    )
