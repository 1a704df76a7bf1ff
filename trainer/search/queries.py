"""Finding: from a question to articles in force, with what is coming and gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.kit import markup
from trainer.kit.index import OPEN_END
from trainer.kit.index import Hit
from trainer.kit.index import Query
from trainer.kit.index import Scope
from trainer.kit.index import Searcher
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.revision import StoredSection
from trainer.publishing.domain.timeline import InForce
from trainer.search.domain.address import MASKS
from trainer.search.domain.address import Address
from trainer.search.domain.address import number_of
from trainer.search.domain.results import Asked
from trainer.search.domain.results import Found
from trainer.search.domain.results import Results

LONGEST_PASSAGE = 120
"""Characters of a passage that stands for a missing one-sentence answer."""


def search(
    session: Session, searcher: Searcher, asked: Asked, *, reader: Actor
) -> Results:
    """Find the articles that answer a question on its business date.

    What holds on the day comes first; then what is coming or gone, labelled.

    Raises:
        IndexBrokenError: there is no index that can be read.
    """
    query = Query.of(asked.words)
    now = searcher.search(query, _scope(asked, reader), limit=asked.limit, per_group=1)
    hits = list(now.best)
    if len(hits) < asked.limit:
        held = {hit.group for hit in hits}
        ever = searcher.search(
            query, _scope(asked, reader, ever=True), limit=asked.limit, per_group=1
        )
        others = [hit for hit in ever.best if hit.group not in held]
        hits += others[: asked.limit - len(hits)]
    return Results(
        asked=asked,
        found=tuple(_found(session, hits, asked.on, reader=reader)),
        total=now.groups,
        generation=now.generation,
    )


def _scope(asked: Asked, reader: Actor, *, ever: bool = False) -> Scope:
    return Scope(
        on=None if ever else number_of(asked.on),
        audience=sum(MASKS[audience] for audience in publishing.audiences(reader)),
        kinds=frozenset({asked.kind}) if asked.kind else None,
        lines=frozenset({asked.line}) if asked.line else None,
    )


def _found(
    session: Session, hits: list[Hit], on: date, *, reader: Actor
) -> Iterable[Found]:
    """Fetch what is shown of each hit; one that is gone meanwhile is left out."""
    slugs = {hit.group for hit in hits}
    revisions = {
        (r.slug, r.number): r
        for r in publishing.all_approved(session, reader=reader, slugs=slugs)
    }
    wanted = [Address.of(hit.key) for hit in hits]
    chosen = [r for a in wanted if (r := revisions.get((a.slug, a.number)))]
    sections = publishing.sections_of(session, chosen)
    rank = 0
    for hit, address in zip(hits, wanted, strict=True):
        revision = revisions.get((address.slug, address.number))
        if revision is None:
            continue
        rank += 1
        yield _one(rank, hit, address, revision, sections[revision.id], on)


def _one(
    rank: int,
    hit: Hit,
    address: Address,
    revision: Revision,
    sections: tuple[StoredSection, ...],
    on: date,
) -> Found:
    by_id = {section.id: section for section in sections}
    section = by_id.get(address.section)
    name = section.name if section else ""
    title = revision.header.title
    place = f"《{title}》{name}" if name else f"《{title}》"
    return Found(
        rank=rank,
        slug=revision.slug,
        title=title,
        number=address.number,
        kind=revision.kind,
        line=revision.header.line,
        section=address.section,
        section_name=name,
        status=_status(hit, on),
        effective_from=address.start,
        effective_to=_day(hit.valid_to),
        answer=_answer(by_id.get("answer") or section),
        citation=f"{place} 第 {address.number} 版 {address.start} 起施行",
        unverified=revision.header.is_unverified,
        sample=revision.header.sample,
        score=round(hit.score, 4),
    )


def _answer(section: StoredSection | None) -> str:
    if section is None:
        return ""
    words = " ".join(markup.plain(section.text).split())
    return words if len(words) <= LONGEST_PASSAGE else words[:LONGEST_PASSAGE] + "…"


def _status(hit: Hit, on: date) -> InForce:
    if number_of(on) < hit.valid_from:
        return InForce.FUTURE
    return InForce.NOW if number_of(on) < hit.valid_to else InForce.EXPIRED


def _day(number: int) -> date | None:
    return None if number == OPEN_END else date.fromisoformat(str(number))
