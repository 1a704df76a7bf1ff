"""Pages of articles: the answer card and the full text, as of a business date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from werkzeug.wrappers import Response

from trainer.core.errors import NotFoundError
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.knowledge import queries
from trainer.knowledge.domain.card import Card
from trainer.knowledge.views.blueprint import bp
from trainer.knowledge.views.kinds import own_page


@dataclass(frozen=True, slots=True)
class CardPage(Page):
    """One article as it is in force on a business date."""

    template = "knowledge/card.html"
    card: Card
    on: date


@bp.get("/<slug>")
def article(slug: str) -> str | Response:
    """Show the wording for the business date; what is no article has its own page."""
    on = current.business_date()
    try:
        with current.reading() as session:
            card = queries.card_on(session, slug, on, reader=current.actor())
    except NotFoundError as missing:
        return own_page(slug, None, missing)
    return render(CardPage(card, on))


@bp.get("/<slug>/versions/<int:number>")
def version(slug: str, number: int) -> str | Response:
    """Show one version, whenever it holds."""
    on, reader = current.business_date(), current.actor()
    try:
        with current.reading() as session:
            card = queries.card_of_version(session, slug, number, on, reader=reader)
    except NotFoundError as missing:
        return own_page(slug, number, missing)
    return render(CardPage(card, on))
