"""What to read next: articles that the best one rests on, or that rest on it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.knowledge.domain.kinds import ArticleKind
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.search.domain.results import Results

MOST = 5


def related(session: Session, results: Results, *, reader: Actor) -> list[Revision]:
    """Give articles in force that cite the first one found or are cited by it.

    Those already found are left out. Risks come first: they are what a clerk
    forgets to ask for.
    """
    if not results.found:
        return []
    first = results.found[0]
    on = results.asked.on
    citing = publishing.citing(session, first.slug, on, reader=reader)
    held = publishing.in_force(session, on, reader=reader, slugs=[first.slug])
    cited = [
        reference.target
        for revision in held
        for reference in publishing.references_of(session, revision)
    ]
    shown = {found.slug for found in results.found}
    slugs = dict.fromkeys([*(r.slug for r, _ in citing), *cited])
    wanted = [slug for slug in slugs if slug not in shown]
    found = publishing.in_force(
        session, on, reader=reader, slugs=wanted, kinds=set(ArticleKind)
    )
    order = {slug: place for place, slug in enumerate(wanted)}
    found.sort(key=lambda r: (r.kind != ArticleKind.RISK, order[r.slug]))
    return found[:MOST]
