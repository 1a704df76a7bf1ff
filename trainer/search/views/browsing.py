"""Finding without a question: the first page, and a business line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint
from sqlalchemy.orm import Session

from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.kit.web import current
from trainer.kit.web.pages import Page
from trainer.kit.web.pages import render
from trainer.search import queries
from trainer.search.domain.shelves import Shelf
from trainer.topics import queries as topics
from trainer.topics.domain.lines import Line


@dataclass(frozen=True, slots=True)
class HomePage(Page):
    """The first page: the box, and every business one click away."""

    template = "search/home.html"
    lines: tuple[Line, ...]
    on: date


@dataclass(frozen=True, slots=True)
class BrowsePage(Page):
    """What holds in one business line, by business."""

    template = "search/browse.html"
    line: Line
    shelves: tuple[Shelf, ...]
    on: date


def install(bp: Blueprint) -> None:
    """Add the pages to the blueprint."""
    bp.add_url_rule("/", "home", home)
    bp.add_url_rule("/browse/<line>", "browse", browse)


def home() -> str:
    """Show the first page."""
    with current.reading() as session:
        lines = topics.topics(session).lines
    return render(HomePage(lines, current.business_date()))


def browse(line: str) -> str:
    """Show everything in force in a business line."""
    on = current.business_date()
    with current.reading() as session:
        known = _line(session, line)
        shelves = queries.shelves(session, known, on, reader=current.actor())
    return render(BrowsePage(known, shelves, on))


def _line(session: Session, code: str) -> Line:
    found = topics.topics(session).line(code)
    if found is None:
        raise NotFoundError(N_("没有这条业务线；请从首页选择"))
    return found
