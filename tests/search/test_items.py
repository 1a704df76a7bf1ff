"""Items of checklists beside the articles: found by what they say, moving nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.checklists.lists import HEADER
from tests.checklists.lists import checklist
from tests.checklists.lists import item
from tests.checklists.published import put_articles
from tests.checklists.published import put_in_force
from tests.databases import statements
from tests.factories import CLERK
from tests.factories import SUPERVISOR
from tests.sites import Site
from tests.sites import make_site
from trainer.core.actor import Actor
from trainer.kit import db
from trainer.kit.index import Searcher
from trainer.kit.index import Store
from trainer.search import queries
from trainer.search import service
from trainer.search.domain.results import Asked
from trainer.search.domain.results import Results

DAY = date(2026, 10, 8)
Ask = Callable[..., tuple[Results, list[str]]]


@pytest.fixture
def ask(session: Session, index: Path) -> Ask:
    """Put a list in force beside two articles, and ask for items."""
    put_articles(session)
    put_in_force(session)
    service.rebuild(session, Store(index))
    searcher = Searcher(index)

    def search(
        words: str, on: date = DAY, reader: Actor = CLERK, **more: str
    ) -> tuple[Results, list[str]]:
        asked = Asked(words=words, on=on, items=5, **more)  # type: ignore[arg-type]  # by name
        results = queries.search(session, searcher, asked, reader=reader)
        tips = queries.items_beside(session, results, reader=reader)
        return results, [tip.item.id for tip in tips]

    return search


def slugs(results: Results) -> list[str]:
    return [found.slug for found in results.found]


def test_items_are_found_beside_articles_by_what_they_say(ask: Ask) -> None:
    results, items = ask("父母名下的住房")
    assert items == ["parents-home"]
    assert "rent-errors" not in slugs(results)


def test_items_that_rest_on_the_first_article_come_first(ask: Ask) -> None:
    assert ask("代办提取 委托书")[1][0] == "agent-without-mandate"


def test_items_neither_move_nor_count_as_articles(
    session: Session, index: Path
) -> None:
    put_articles(session)
    service.rebuild(session, Store(index))
    before = _asked(session, index)
    for n in range(20):
        key = f"{n}-parents"
        put_in_force(session, checklist(item(f"rent-{key}")), f"list-{n}")
    service.rebuild(session, Store(index))
    assert _asked(session, index) == before


def _asked(session: Session, index: Path) -> list[object]:
    searcher = Searcher(index)
    found: list[object] = []
    for words in ("租房", "住房", "委托书 代办", "租房提取易错清单"):
        asked = Asked(words=words, on=DAY)
        results = queries.search(session, searcher, asked, reader=CLERK)
        found.append((results.found, results.total, results.clarify, results.text))
    return found


def test_the_business_date_decides(ask: Ask) -> None:
    assert ask("父母名下的住房", on=date(2026, 9, 10))[1] == []


def test_what_is_for_supervisors_they_find(session: Session, index: Path) -> None:
    put_articles(session)
    hidden = HEADER.replace("evidence: B", "evidence: B\naudience: supervisors")
    put_in_force(session, checklist(item("hidden"), header=hidden), "hidden")
    service.rebuild(session, Store(index))
    asked = Asked(words="父母名下的住房", on=DAY, items=5)
    for reader, found in ((CLERK, 0), (SUPERVISOR, 1)):
        results = queries.search(session, Searcher(index), asked, reader=reader)
        assert len(results.items) == found
        assert len(queries.items_beside(session, results, reader=reader)) == found


def test_a_filter_asks_for_items_alone_or_for_none(ask: Ask) -> None:
    alone, items = ask("父母名下的住房", kind="checklist")
    assert (slugs(alone), items) == ([], ["parents-home"])
    assert alone.hits == len(alone.items)
    assert ask("父母名下的住房", kind="guide")[1] == []
    assert ask("父母名下的住房", line="withdraw")[1] == ["parents-home"]
    assert ask("父母名下的住房", line="loan")[1] == []


def test_who_does_not_ask_for_items_gets_none(session: Session, index: Path) -> None:
    put_articles(session)
    put_in_force(session)
    service.rebuild(session, Store(index))
    asked = Asked(words="父母名下的住房", on=DAY)
    results = queries.search(session, Searcher(index), asked, reader=CLERK)
    assert results.items == ()
    assert queries.items_beside(session, results, reader=CLERK) == []


def test_a_list_that_changes_is_indexed_again(session: Session, index: Path) -> None:
    put_articles(session)
    store = Store(index)
    service.rebuild(session, store)
    put_in_force(session)
    assert service.catch_up(session, store) == 1
    assert service.differences(session, Searcher(index).keys()) == []
    asked = Asked(words="父母名下", on=DAY, items=5)
    results = queries.search(session, Searcher(index), asked, reader=CLERK)
    assert [hit.item for hit in results.items] == ["parents-home"]


def test_an_index_that_cannot_be_read_finds_no_items(
    session: Session, tmp_path: Path
) -> None:
    put_articles(session)
    put_in_force(session)
    asked = Asked(words="父母名下的住房", on=DAY, items=5)
    results = queries.search(
        session, Searcher(tmp_path / "nowhere"), asked, reader=CLERK
    )
    assert results.degraded
    assert results.items == ()


# The pages


@pytest.fixture
def clerk(site: Site) -> FlaskClient:
    with db.writing(site.engine) as session:
        put_articles(session)
        put_in_force(session)
    site.reindex()
    return site.browser("clerk")


ITEM = "/checklists/rent-errors?on=2026-11-22#parents-home"


def test_the_page_of_results_shows_items_after_the_articles(
    clerk: FlaskClient,
) -> None:
    page = clerk.get("/search?q=租房 住房").text
    assert page.index('class="hit"') < page.index("易错点</h2>") < page.index(ITEM)
    assert "只看易错点" in page


def test_items_alone_leave_the_articles_out(clerk: FlaskClient) -> None:
    page = clerk.get("/search?q=住房&kind=checklist").text
    assert ITEM in page
    assert 'class="hit"' not in page
    assert "1 条易错点" in page
    page = clerk.get("/search?q=没有这样的字&kind=checklist").text
    assert "清单里没有说到这个" in page


def test_as_one_types_items_stand_below_the_hits(clerk: FlaskClient) -> None:
    part = clerk.get("/search/live?q=租房 住房").text
    assert part.index('role="option"') < part.index(ITEM)
    assert "易错点" not in clerk.get("/search/live?q=zzzz").text


def test_items_cost_one_small_question_more(site: Site, clerk: FlaskClient) -> None:
    clerk.get("/search/live?q=租房 住房")
    counts = []
    for address in ("/search/live?q=租房 住房", "/search/live?q=租房 住房&kind=guide"):
        with statements(site.engine) as asked:
            assert clerk.get(address).status_code == HTTPStatus.OK
        counts.append(len(asked))
    assert counts[0] - counts[1] == 1


def test_who_is_not_logged_in_sees_no_items(site: Site, tmp_path: Path) -> None:
    with db.writing(site.engine) as session:
        put_articles(session)
        put_in_force(session)
    opened = make_site(site.engine, tmp_path / "opened", open_reading=True)
    page = opened.browser().get("/search?q=租房 住房").text
    assert 'class="hit"' in page
    assert "易错点" not in page
    assert (
        "这项业务容易错在" not in opened.browser().get("/articles/rent-withdrawal").text
    )
