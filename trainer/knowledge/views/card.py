"""Pages of articles: the answer card and the full text, as of a business date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.knowledge import queries
from trainer.knowledge.domain.card import Card
from trainer.knowledge.views.blueprint import bp


@dataclass(frozen=True, slots=True)
class CardPage(Page):
    """One article as it is in force on a business date."""

    template = "knowledge/card.html"
    card: Card
    on: date


@bp.get("/<slug>")
def article(slug: str) -> str:
    """Show the wording for the business date."""
    on = current.business_date()
    with current.reading() as session:
        card = queries.card_on(session, slug, on, reader=current.actor())
    return render(CardPage(card, on))


@bp.get("/<slug>/versions/<int:number>")
def version(slug: str, number: int) -> str:
    """Show one version, whenever it holds."""
    on = current.business_date()
    with current.reading() as session:
        reader = current.actor()
        card = queries.card_of_version(session, slug, number, on, reader=reader)
    return render(CardPage(card, on))
