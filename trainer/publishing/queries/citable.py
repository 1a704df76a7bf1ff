"""What an author may cite: articles in force, and the sections of one of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.publishing.queries.kinds import TextKinds
from trainer.publishing.queries.references import targets_on
from trainer.publishing.queries.revisions import in_force
from trainer.publishing.queries.revisions import revision_on
from trainer.publishing.queries.revisions import sections as sections_of


def articles(
    session: Session, on: date, *, reader: Actor, kinds: TextKinds
) -> dict[str, str]:
    """Give the titles of the articles in force on a day by slug, in order of title."""
    readable = [code for code, kind in kinds.items() if kind.is_article]
    held = in_force(session, on, reader=reader, kinds=readable)
    found = [(revision.header.title, revision.slug) for revision in held]
    return {slug: title for title, slug in sorted(found)}


def sections(session: Session, slug: str, on: date, *, reader: Actor) -> dict[str, str]:
    """Give the names of the sections of an article by id; of none, nothing."""
    if not slug:
        return {}
    try:
        held = revision_on(session, slug, on, reader=reader)
    except NotFoundError:
        return {}
    return {s.id: s.name for s in sections_of(session, held)}


def clause_names(
    session: Session, cites: Collection[str], on: date, *, reader: Actor
) -> dict[str, str]:
    """Give what cited clauses are called, by ``slug#section``; what is gone is not."""
    pairs = {cite: cite.partition("#") for cite in cites}
    wanted = {(slug, section) for slug, _, section in pairs.values()}
    targets = targets_on(session, wanted, on, reader=reader)
    return {
        f"{slug}#{section}": f"《{target.revision.header.title}》{target.section.name}"
        for (slug, section), target in targets.items()
        if target.section
    }
