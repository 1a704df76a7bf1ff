"""The glossary in the browser: finding, changing by form, conflicts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy import event

from tests.apps import NOW
from tests.sites import Site
from tests.sites import post
from trainer.kit import db
from trainer.topics import queries
from trainer.topics import service
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

GLOSSARY = """\
# 注释
groups:
  - id: rent
    official: 租房
    spoken: [租屋, 赁房]
    note: 和购房分开
  - id: buy
    official: 购房
    spoken: [买房]
places: [某地]
"""
GROUP = {
    "id": "rent",
    "official": "租房",
    "synonyms": "租赁\r\n",
    "spoken": "租屋\r\n 赁房 \r\n\r\n",
    "note": "和购房分开",
    "based_on": "1",
}


def save(site: Site, name: TextName, text: str, note: str = "首次") -> int:
    with db.writing(site.engine) as session:
        command = SaveText(name=name, text=text, note=note)
        by = site.actors["editor"]
        return service.save_text(session, command, by=by, at=NOW)


def present(site: Site) -> str:
    with db.reading(site.engine) as session:
        return queries.text(session, TextName.GLOSSARY)


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements that run."""
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def filled(site: Site) -> Site:
    save(site, TextName.GLOSSARY, GLOSSARY)
    return site


def test_everybody_reads_and_finds_groups_by_any_word(filled: Site) -> None:
    clerk = filled.browser("clerk")
    every = clerk.get("/topics/glossary").text
    assert "租屋、赁房" in every
    assert "加一组" not in every
    some = clerk.get("/topics/glossary?words=赁").text
    assert "租屋、赁房" in some
    assert "买房" not in some
    none = clerk.get("/topics/glossary?words=没有的词").text
    assert "词库里没有含“没有的词”的组" in none


def test_an_empty_glossary_says_so(client: FlaskClient) -> None:
    assert "词库还是空的" in client.get("/topics/glossary").text


def test_only_editors_see_the_forms(filled: Site) -> None:
    for path in ("/topics/glossary/new", "/topics/glossary/groups/rent"):
        assert filled.browser("clerk").get(path).status_code == 403
        assert filled.browser("editor").get(path).status_code == 200
    clerk = filled.browser("clerk")
    shown = clerk.get("/topics/glossary/places").text
    assert "某地" in shown
    assert "<textarea" not in shown
    for path in (
        "/topics/glossary/new",
        "/topics/glossary/groups/rent",
        "/topics/glossary/groups/rent/remove",
        "/topics/glossary/places",
    ):
        answer = post(clerk, path, dict(GROUP), "/topics/glossary")
        assert answer.status_code == 403
    assert present(filled) == GLOSSARY


def test_a_group_is_changed_by_form(filled: Site) -> None:
    client = filled.browser("editor")
    form = client.get("/topics/glossary/groups/rent").text
    assert "租屋\n赁房" in form
    assert "注释会去掉" in form
    answer = post(client, "/topics/glossary/groups/rent", dict(GROUP))
    assert answer.location == "/topics/glossary#rent"
    assert "synonyms: [租赁]" in present(filled)
    assert "spoken: [租屋, 赁房]" in present(filled)
    assert "places: [某地]" in present(filled)
    assert "已保存" in client.get("/topics/glossary").text
    assert "注释会去掉" not in client.get("/topics/glossary/groups/buy").text


def test_a_group_is_added_and_removed(filled: Site) -> None:
    client = filled.browser("editor")
    new = {**GROUP, "id": "sell", "official": "卖房", "synonyms": "售房", "spoken": ""}
    assert post(client, "/topics/glossary/new", new).status_code == 302
    assert "official: 卖房" in present(filled)
    gone = {"based_on": "2", "why": "不需要"}
    page = "/topics/glossary/groups/sell"
    assert post(client, f"{page}/remove", dict(gone), page).status_code == 302
    assert "卖房" not in present(filled)
    assert client.get(page).status_code == 404
    assert "删除“卖房”：不需要" in client.get("/topics/texts/glossary/saves").text


def test_a_wrong_group_keeps_what_was_typed(filled: Site) -> None:
    client = filled.browser("editor")
    wrong = {**GROUP, "id": "Sell", "official": "卖房", "spoken": "买房\n很长的说法"}
    answer = post(client, "/topics/glossary/new", wrong)
    assert answer.status_code == 422
    assert "已在“购房”组里" in answer.text
    assert "只能用小写字母" in answer.text
    assert "很长的说法" in answer.text
    allowed = {**wrong, "id": "sell", "may_share": "y"}
    assert post(client, "/topics/glossary/new", allowed).status_code == 302
    assert "shared: [买房]" in present(filled)


def test_whoever_comes_second_sees_both_and_may_save_again(filled: Site) -> None:
    client = filled.browser("editor")
    save(filled, TextName.GLOSSARY, GLOSSARY.replace("赁房", "合租"), "先来的")
    path = "/topics/glossary/groups/rent"
    answer = post(client, path, {**GROUP, "official": "租住"})
    assert answer.status_code == 409
    assert "别人先保存了" in answer.text
    assert "先来的" in answer.text
    assert "租屋、合租" in answer.text
    assert 'value="租住"' in answer.text
    assert re.search(r'name="based_on"[^>]*value="2"', answer.text)
    assert "租住" not in present(filled)
    again = {**GROUP, "official": "租住", "based_on": "2"}
    assert post(client, path, again).status_code == 302
    assert "租住" in present(filled)


def test_a_removal_after_somebody_else_saved_is_asked_again(filled: Site) -> None:
    client = filled.browser("editor")
    save(filled, TextName.GLOSSARY, GLOSSARY.replace("赁房", "合租"), "先来的")
    page = "/topics/glossary/groups/rent"
    answer = post(client, f"{page}/remove", {"based_on": "1"}, page)
    assert answer.status_code == 409
    assert "别人先保存了" in answer.text
    assert "id: rent" in present(filled)


def test_places_are_changed_and_refused(filled: Site) -> None:
    client = filled.browser("editor")
    path = "/topics/glossary/places"
    wrong = post(client, path, {"places": "某地\n沪\n买房", "based_on": "1"})
    assert wrong.status_code == 422
    assert "“沪”只有一个字" in wrong.text
    assert "购房" in wrong.text
    late = post(client, path, {"places": "某地", "based_on": "0"})
    assert late.status_code == 409
    assert (
        post(client, path, {"places": "某县\n某地", "based_on": "1"}).status_code == 302
    )
    assert "places: [某县, 某地]" in present(filled)


def test_the_list_asks_the_database_the_same_however_long_it_is(filled: Site) -> None:
    client = filled.browser("editor")
    counts = []
    for groups in (1, 40):
        words = "".join(
            f"- {{id: g{n}, official: 词{n}号, spoken: [说法{n}号]}}\n"
            for n in range(groups)
        )
        save(filled, TextName.GLOSSARY, f"groups:\n{words}", f"{groups} 组")
        with counted(filled.engine) as statements:
            assert client.get("/topics/glossary").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 6
