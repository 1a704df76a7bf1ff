"""The logbook: a search is kept beside the request, and forgotten in its time."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

from sqlalchemy import Engine
from sqlalchemy import select

from tests.factories import CLERK
from tests.factories import NOON
from tests.sites import Site
from trainer.kit import db
from trainer.search.domain.log import Searched
from trainer.search.models import SearchRow
from trainer.search.service import Logbook
from trainer.search.service import Note

SEARCHED = Searched(
    words="租房",
    on=date(2026, 8, 22),
    hits=1,
    hits_unfiltered=1,
    generation=1,
    milliseconds=2.0,
)


def kept(engine: Engine) -> list[str]:
    with db.reading(engine) as session:
        return list(session.scalars(select(SearchRow.raw).order_by(SearchRow.id)))


def test_what_was_asked_is_kept_when_the_book_is_closed(engine: Engine) -> None:
    with Logbook(engine) as book:
        book.note(Note(SEARCHED, CLERK, NOON))
    assert kept(engine) == ["租房"]


def test_searches_are_forgotten_after_a_year(engine: Engine) -> None:
    book = Logbook(engine)
    book.note(Note(SEARCHED, CLERK, NOON))
    assert book.keep() == 1
    book.note(Note(SEARCHED, CLERK, NOON + timedelta(days=366)))
    assert book.keep() == 1
    assert len(kept(engine)) == 1


def test_a_page_of_results_leaves_a_note_and_writes_nothing(site: Site) -> None:
    site.browser("clerk").get("/search?q=租房提取")
    assert kept(site.engine) == []
    assert site.app.extensions["logbook"].keep() == 1
    assert kept(site.engine) == ["租房提取"]
