"""Reads of articles: cards as of a business date."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.knowledge.domain.article import Facets
from trainer.knowledge.domain.card import Basis
from trainer.knowledge.domain.card import Card
from trainer.knowledge.domain.kinds import ArticleKind
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Reference
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.timeline import InForce
from trainer.publishing.domain.timeline import Span
from trainer.publishing.domain.timeline import last_day
from trainer.publishing.domain.timeline import nearest_number
from trainer.publishing.domain.timeline import number_on
from trainer.publishing.domain.timeline import span_for
from trainer.publishing.domain.timeline import spans


def card_on(session: Session, slug: str, on: date, *, reader: Actor) -> Card:
    """Give the card of an article for a business date.

    When nothing is in force on the day, the nearest revision is shown, labelled:
    the next one to come, else the last one that held.

    Raises:
        NotFoundError: there is no such article for this reader.
    """
    revisions = publishing.approved(session, reader=reader, slug=slug)
    shown = [r for r in revisions if r.kind in set(ArticleKind)]
    if not shown:
        raise NotFoundError(N_("没有这篇内容，或者它还没有发布；请用搜索框查找"))
    laid = spans(shown)
    number = number_on(shown, on) or nearest_number(laid, on) or shown[-1].number
    chosen = next(r for r in shown if r.number == number)
    return _card(session, chosen, laid, on, reader=reader)


def card_of_version(
    session: Session, slug: str, number: int, on: date, *, reader: Actor
) -> Card:
    """Give the card of one version of an article, whenever it holds.

    Raises:
        NotFoundError: there is no such version of an article for this reader.
    """
    chosen = publishing.version(session, slug, number, reader=reader)
    if chosen.kind not in set(ArticleKind):
        raise NotFoundError(N_("没有这篇文章；请用搜索框查找"))
    revisions = publishing.approved(session, reader=reader, slug=slug)
    return _card(session, chosen, spans(revisions), on, reader=reader)


def _card(
    session: Session, chosen: Revision, laid: list[Span], on: date, *, reader: Actor
) -> Card:
    span = span_for(laid, chosen.number or 0, on)
    later = [s.start for s in laid if s.start > on]
    return Card(
        revision=chosen,
        facets=Facets.of(chosen.facets),
        status=span.status(on) if span else InForce.EXPIRED,
        since=span.start if span else chosen.effective_from,
        until=last_day(span) if span else None,
        coming=min(later, default=None),
        sections=publishing.sections(session, chosen),
        basis=_basis(session, chosen, on, reader=reader),
    )


def _basis(
    session: Session, chosen: Revision, on: date, *, reader: Actor
) -> tuple[Basis, ...]:
    """Give each citation once, in the order of the text."""
    first: dict[tuple[str, str], Reference] = {}
    for reference in publishing.references_of(session, chosen):
        first.setdefault((reference.target, reference.section), reference)
    day = max(on, chosen.effective_from)
    targets = publishing.targets_on(session, first, day, reader=reader)
    unsure = publishing.outdated(session, first.values(), targets)
    return tuple(
        cite(address, target, changed=reference.id in unsure)
        for address, reference in first.items()
        if (target := targets.get(address))
    )


def cite(
    address: tuple[str, str], target: publishing.Target, *, changed: bool
) -> Basis:
    """Arrange what a citation leads to for the card."""
    return Basis(
        slug=address[0],
        section=address[1],
        title=target.revision.header.title,
        section_name=target.section.name if target.section else "",
        is_policy=target.revision.kind == ArticleKind.POLICY,
        effective_from=target.revision.effective_from,
        changed=changed,
    )
