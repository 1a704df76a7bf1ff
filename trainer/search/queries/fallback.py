"""Answering from the database when the index is broken: slower, and by count only."""

from __future__ import annotations

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.kit import markup
from trainer.kit.index import bigrams
from trainer.kit.index import normalise
from trainer.kit.index import tokens
from trainer.knowledge.domain.kinds import ArticleKind
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.revision import StoredSection
from trainer.search.domain.address import Address
from trainer.search.domain.results import Asked
from trainer.search.domain.results import Results
from trainer.search.domain.understanding import Understood
from trainer.search.queries.showing import Placed
from trainer.search.queries.showing import shown

TITLE = 3.0
"""What a pair of characters in the title counts, next to 1 in a section."""


def from_database(
    session: Session,
    understood: Understood,
    asked: Asked,
    *,
    reader: Actor,
) -> Results:
    """Find articles in force by counting which pairs of characters they share."""
    wanted = _weights(understood)
    held = [
        revision
        for revision in publishing.in_force(
            session, asked.on, reader=reader, kinds=set(ArticleKind)
        )
        if asked.line in {"", revision.header.line}
        and asked.kind in {"", revision.kind}
    ]
    stored = publishing.sections_of(session, held)
    found = [
        best
        for revision in held
        if (best := _best(revision, stored[revision.id], wanted))
    ]
    found.sort(key=lambda placed: (-placed.score, placed.address.slug))
    return Results(
        asked=asked,
        found=shown(session, found[: asked.limit], understood, asked.on, reader=reader),
        total=len(found),
        unfiltered=len(found),
        text=understood.text,
        meanings=understood.meanings,
        expanded=understood.expanded,
        degraded=True,
    )


def _weights(understood: Understood) -> dict[str, float]:
    """Give what is counted: pairs of characters, else single ones, and Latin words."""
    text = understood.text
    terms = bigrams(text) or tokens(text)
    weights = dict.fromkeys(terms, 1.0)
    for also in understood.also:
        for pair in bigrams(also.word):
            weights[pair] = max(also.weight, weights.get(pair, 0.0))
    return weights


def _best(
    revision: Revision, sections: tuple[StoredSection, ...], wanted: dict[str, float]
) -> Placed | None:
    """Give the section of a revision that shares most, None when none shares any."""
    named = (revision.header.title, *revision.facets.get("phrases", ()))
    own = TITLE * _count(" ".join(named), wanted)
    scores = [
        (_count(f"{section.name} {markup.plain(section.text)}", wanted), section.id)
        for section in sections
    ]
    most, section = max(scores, default=(0.0, ""), key=lambda pair: pair[0])
    if not own + most or revision.number is None:
        return None
    address = Address(
        revision.slug, revision.number, revision.effective_from, section if most else ""
    )
    return Placed(address, revision.effective_to, own + most)


def _count(text: str, wanted: dict[str, float]) -> float:
    plain = normalise(text)
    return sum(weight for term, weight in wanted.items() if term in plain)
