"""Answering a question: as a page, and as a part of a page while one types."""

from __future__ import annotations

import time
from dataclasses import dataclass

from flask import Blueprint
from flask import request
from sqlalchemy.orm import Session

from trainer.checklists.domain import CHECKLIST
from trainer.checklists.domain.tips import Tip
from trainer.core.actor import Permission
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.knowledge import queries as articles
from trainer.knowledge.domain.card import Card
from trainer.publishing.domain.revision import Revision
from trainer.search import queries
from trainer.search.domain.log import Searched
from trainer.search.domain.results import Results
from trainer.search.queries import Explained
from trainer.search.service import Note
from trainer.search.views import desk

LIVE_LIMIT = 7
"""Articles shown as one types."""

PAGE_LIMIT = 20
"""Articles on the page of results."""

LIVE_ITEMS, PAGE_ITEMS, ONLY_ITEMS = 3, 5, 30
"""Items of checklists as one types, on the page, and there when nothing else is."""


@dataclass(frozen=True, slots=True)
class ResultsPage(Page):
    """What was found; ``explained`` by slug for an editor who asks why."""

    template = "search/results.html"
    results: Results
    items: tuple[Tip, ...]
    related: tuple[Revision, ...]
    explained: dict[str, Explained]
    may_explain: bool


@dataclass(frozen=True, slots=True)
class LivePart(Page):
    """What was found so far, with the card of the first hit."""

    template = "search/live.html"
    results: Results
    items: tuple[Tip, ...]
    card: Card | None


@dataclass(frozen=True, slots=True)
class CardPart(Page):
    """The card of one hit."""

    template = "search/part.html"
    card: Card


def install(bp: Blueprint) -> None:
    """Add the pages to the blueprint."""
    bp.add_url_rule("/search", "results", results)
    bp.add_url_rule("/search/live", "live", live)
    bp.add_url_rule("/search/live/<slug>", "part", part)


def results() -> str:
    """Answer a question with a page; works without JavaScript."""
    desk.count()
    began = time.perf_counter()
    alone = request.args.get("kind") == CHECKLIST
    with current.reading() as session:
        question = desk.asked(PAGE_LIMIT, ONLY_ITEMS if alone else PAGE_ITEMS)
        found = desk.search(session, question)
        items = _items(session, found)
        related = tuple(queries.related(session, found, reader=current.actor()))
        explained = _explained(session, found)
    _note(found, (time.perf_counter() - began) * 1000)
    may_explain = current.actor().may(Permission.EDIT)
    return render(ResultsPage(found, items, related, explained, may_explain))


def live() -> str:
    """Answer a half-typed question with a part of a page."""
    desk.count()
    with current.reading() as session:
        found = desk.search(session, desk.asked(LIVE_LIMIT, LIVE_ITEMS))
        items = _items(session, found)
        card = _card(session, found.found[0].slug) if found.found else None
    return render(LivePart(found, items, card))


def part(slug: str) -> str:
    """Show the card of one hit as a part of a page."""
    desk.count()
    with current.reading() as session:
        return render(CardPart(_card(session, slug)))


def _items(session: Session, found: Results) -> tuple[Tip, ...]:
    return tuple(queries.items_beside(session, found, reader=current.actor()))


def _card(session: Session, slug: str) -> Card:
    on = current.business_date()
    return articles.card_on(session, slug, on, reader=current.actor())


def _explained(session: Session, found: Results) -> dict[str, Explained]:
    """Explain each hit to an editor who asks with ``?explain=1``."""
    if not request.args.get("explain") or not current.actor().may(Permission.EDIT):
        return {}
    return {
        hit.slug: desk.explain(session, found.asked, hit.slug) for hit in found.found
    }


def _note(found: Results, milliseconds: float) -> None:
    """Leave a note of a question that was meant: it came with Enter."""
    if found.asked.words.strip():
        searched = Searched(
            words=found.asked.words,
            on=found.asked.on,
            line=found.asked.line,
            kind=found.asked.kind,
            hits=found.hits,
            hits_unfiltered=found.unfiltered,
            generation=found.generation,
            milliseconds=milliseconds,
        )
        desk.logbook().note(Note(searched, current.actor(), current.now()))
