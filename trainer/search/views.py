"""The search page, its answer as one types, and the first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Blueprint
from flask import current_app
from flask import request

from trainer.kit.index import Searcher
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.search import queries
from trainer.search.domain.results import Asked
from trainer.search.domain.results import Results

bp = Blueprint("search", __name__)

LIVE_LIMIT = 8
"""Articles shown as one types."""


@dataclass(frozen=True, slots=True)
class HomePage(Page):
    """The first page: the box, and what is asked for most."""

    template = "search/home.html"


@dataclass(frozen=True, slots=True)
class ResultsPage(Page):
    """What was found."""

    template = "search/results.html"
    results: Results


@dataclass(frozen=True, slots=True)
class LivePart(Page):
    """What was found so far, as a part of a page."""

    template = "search/live.html"
    results: Results


@bp.get("/")
def home() -> str:
    """Show the first page."""
    return render(HomePage())


@bp.get("/search")
def results() -> str:
    """Answer a question with a page; works without JavaScript."""
    return render(ResultsPage(_search(limit=20)))


@bp.get("/search/live")
def live() -> str:
    """Answer a half-typed question with a part of a page."""
    return render(LivePart(_search(limit=LIVE_LIMIT)))


def _search(limit: int) -> Results:
    asked = Asked(
        words=request.args.get("q", ""),
        on=current.business_date(),
        line=request.args.get("line", ""),
        kind=request.args.get("kind", ""),
        limit=limit,
    )
    searcher = cast("Searcher", current_app.extensions["searcher"])
    with current.reading() as session:
        return queries.search(session, searcher, asked, reader=current.actor())
