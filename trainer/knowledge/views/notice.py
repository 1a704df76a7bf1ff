"""一次性告知单: tick what is missing, print one sheet; nothing is asked or kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import segno
from flask import redirect
from flask import request
from flask import url_for
from werkzeug.wrappers import Response

from trainer.kit import markup
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.knowledge import queries
from trainer.knowledge.domain.card import Card
from trainer.knowledge.domain.notice import LISTS
from trainer.knowledge.domain.notice import Notice
from trainer.knowledge.domain.notice import notice_of
from trainer.knowledge.views.blueprint import bp


@dataclass(frozen=True, slots=True)
class NoticePage(Page):
    """What may stand on the sheet, to tick."""

    template = "knowledge/notice.html"
    card: Card
    on: date
    notice: Notice


@dataclass(frozen=True, slots=True)
class SheetPage(Page):
    """The sheet itself; ``code`` is a picture that leads to the version it is from."""

    template = "knowledge/notice_sheet.html"
    card: Card
    on: date
    notice: Notice
    today: date
    code: str


@bp.get("/<slug>/notice")
def notice(slug: str) -> str:
    """Show what may stand on the sheet."""
    card, on = _card(slug)
    return render(NoticePage(card, on, notice_of(card, markup.plain)))


@bp.get("/<slug>/notice/sheet")
def notice_sheet(slug: str) -> str | Response:
    """Show the sheet, ready to print."""
    card, on = _card(slug)
    number = card.revision.number
    if request.args.get("version", type=int) != number:
        # What was ticked belongs to another wording; ask again.
        return redirect(url_for(".notice", slug=slug, on=on))
    ticked = {
        (name, place)
        for name in LISTS
        for place in request.args.getlist(name, type=int)
    }
    everything = notice_of(card, markup.plain)
    chosen = everything.picked(ticked, plain="plain" in request.args)
    address = url_for(".version", slug=slug, number=number, on=on, _external=True)
    code = segno.make(address, error="m", micro=False).svg_data_uri(scale=3, border=1)
    return render(SheetPage(card, on, chosen, current.today(), code))


def _card(slug: str) -> tuple[Card, date]:
    on = current.business_date()
    with current.reading() as session:
        return queries.card_on(session, slug, on, reader=current.actor()), on
