"""What a question may cite: articles in force, and the sections of one of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.publishing import queries as publishing
from trainer.quizzes.domain import KINDS


def articles(session: Session, on: date, *, reader: Actor) -> dict[str, str]:
    """Give the titles of what may be cited on a day by slug, in order of title."""
    held = publishing.in_force(session, on, reader=reader)
    found = [(r.header.title, r.slug) for r in held if r.kind not in KINDS]
    return {slug: title for title, slug in sorted(found)}


def sections(session: Session, slug: str, on: date, *, reader: Actor) -> dict[str, str]:
    """Give the names of the sections of an article by id; of none, nothing."""
    if not slug:
        return {}
    try:
        held = publishing.revision_on(session, slug, on, reader=reader)
    except NotFoundError:
        return {}
    return {s.id: s.name for s in publishing.sections(session, held)}


def clause_names(
    session: Session, cites: Collection[str], on: date, *, reader: Actor
) -> dict[str, str]:
    """Give what cited clauses are called, by ``slug#section``; what is gone is not."""
    pairs = {cite: cite.partition("#") for cite in cites}
    wanted = {(slug, section) for slug, _, section in pairs.values()}
    targets = publishing.targets_on(session, wanted, on, reader=reader)
    return {
        f"{slug}#{section}": f"《{target.revision.header.title}》{target.section.name}"
        for (slug, section), target in targets.items()
        if target.section
    }
