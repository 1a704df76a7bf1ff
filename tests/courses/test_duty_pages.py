"""Pages of read duties: what one must read, how ready a site is, the rules."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.courses.duties import change
from tests.courses.duties import put_questions
from tests.courses.duties import put_rule
from tests.databases import statements
from tests.scenarios.live_plays import the_cast
from tests.sites import Site
from tests.sites import post
from trainer.courses.domain.audience import Audience
from trainer.kit import db

MOST_OF_THE_FIRST_PAGE = 54
"""Every source of tasks is asked once, of one person."""
"""Statements, login and frame included."""

HIDDEN = re.compile(r'name="(once|based_on)"[^>]*value="([^"]*)"')


@pytest.fixture
def clerk(site: Site) -> FlaskClient:
    return site.browser("lin")


@pytest.fixture
def changed(engine: Engine) -> int:
    """Make a rule for the eastern site and change a policy; gives the version."""
    with db.writing(engine) as session:
        audience = Audience(sites=frozenset({the_cast(session).site}))
        put_rule(session, audience)
        return change(session).id


def shown(page: str) -> str:
    found = re.search(r'name="shown" value="(\w+)"', page)
    assert found
    return found[1]


def typed(page: str, **more: object) -> dict[str, object]:
    """Give the form of a rule as a browser sends it."""
    return {
        **dict(HIDDEN.findall(page)),
        "name": "提取都要读",
        "days": "5",
        "since": "2026-11-01",
        **more,
    }


def test_an_empty_list_says_what_will_come(clerk: FlaskClient) -> None:
    assert "没有要读的" in clerk.get("/duties").text


def test_a_change_is_read_signed_and_answered(
    site: Site, engine: Engine, clerk: FlaskClient, changed: int
) -> None:
    with db.writing(engine) as session:
        put_questions(session)
    page = clerk.get("/duties").text
    assert "要做的（1）" in page
    assert "提取必读" in page, "every duty says why it is there"
    page = clerk.get(f"/duties/{changed}").text
    assert "每年两次" in page
    answer = post(clerk, f"/duties/{changed}", {"shown": shown(page)})
    assert answer.headers["Location"] == f"/duties/{changed}"
    assert [e.verb for e in site.audited() if e.verb.startswith("duty")] == [
        "duty_rule.made",
        "duty.read",
    ]
    page = clerk.get(f"/duties/{changed}").text
    assert "再答 2 道关于改动的题" in page
    answer = post(clerk, f"/duties/{changed}/questions", {})
    paper = clerk.get(answer.headers["Location"]).text
    assert "必读答题" in paper


def test_an_older_page_signs_nothing(
    engine: Engine, clerk: FlaskClient, changed: int
) -> None:
    old = shown(clerk.get(f"/duties/{changed}").text)
    with db.writing(engine) as session:
        change(session, "每年一次。", supersedes="2026-11-22")
    answer = post(clerk, f"/duties/{changed}", {"shown": old})
    assert answer.headers["Location"] == "/duties"
    page = clerk.get("/duties").text
    assert "内容已更新，请看变化" in page
    assert "要做的（1）" in page


def test_who_is_not_meant_finds_nothing(site: Site, changed: int) -> None:
    far = site.browser("far")
    assert "没有要读的" in far.get("/duties").text
    assert far.get(f"/duties/{changed}").status_code == 404


def test_who_runs_the_site_sees_who_is_missing(
    site: Site, clerk: FlaskClient, changed: int
) -> None:
    page = clerk.get(f"/duties/{changed}").text
    post(clerk, f"/duties/{changed}", {"shown": shown(page)})
    page = site.browser("boss").get("/duties/readiness").text
    assert "1／3 人，33%" in page
    assert "wu（虚构）" in page
    assert "lin（虚构）" not in page
    page = site.browser("rival").get("/duties/readiness").text
    assert "wu（虚构）" not in page


def test_a_rule_is_looked_at_before_it_is_kept(site: Site, changed: int) -> None:
    editor = site.browser("editor")
    page = editor.get("/duties/rules/new").text
    answer = post(editor, "/duties/rules/new", typed(page, do="preview"))
    assert "今天会涉及 4 人" in answer.text
    assert "还没有保存" in answer.text
    assert "提取都要读" not in editor.get("/duties/rules").text
    for _ in range(2):
        answer = post(editor, "/duties/rules/new", typed(page))
        assert answer.headers["Location"] == "/duties/rules"
    assert editor.get("/duties/rules").text.count("提取都要读") == 1
    assert changed


def test_two_who_change_a_rule_lose_nothing(site: Site, changed: int) -> None:
    editor = site.browser("editor")
    page = editor.get("/duties/rules/1").text
    first = typed(page, name="先改的", sites="1", last="2027-01-31")
    assert post(editor, "/duties/rules/1", first).status_code == 302
    answer = post(editor, "/duties/rules/1", typed(page, name="后改的"))
    assert answer.status_code == 409
    assert "后改的" in answer.text
    page = editor.get("/duties/rules").text
    assert "先改的" in page
    assert "2027-01-31" in page, "the last day as people say it"
    assert changed


def test_what_is_wrong_is_said_and_the_form_kept(site: Site) -> None:
    editor = site.browser("editor")
    page = editor.get("/duties/rules/new").text
    wrong = typed(page, name="", days="99", last="2026-10-01", lines="withdraw")
    answer = post(editor, "/duties/rules/new", wrong)
    assert answer.status_code == 422
    for words in ("请给规则起个名字", "期限写 1 到 90 天", "停用的日子要晚于"):
        assert words in answer.text


def test_the_first_page_costs_the_same_however_much_is_to_be_read(
    engine: Engine, clerk: FlaskClient, changed: int
) -> None:
    assert changed

    def asked() -> int:
        with statements(engine) as seen:
            clerk.get("/")
        return len(seen)

    asked()  # what may be practised is worked out once
    few = asked()
    with db.writing(engine) as session:
        for n in range(5):
            change(session, slug=f"text-{n}")
    asked()
    assert asked() == few <= MOST_OF_THE_FIRST_PAGE


def test_the_first_page_says_what_is_to_be_read(
    site: Site, clerk: FlaskClient, changed: int
) -> None:
    page = clerk.get("/").text
    assert "现在要做：1 件" in page
    assert f"/duties/{changed}" in page
    assert "现在要做" not in site.browser("far").get("/").text
    shown_ = shown(clerk.get(f"/duties/{changed}").text)
    post(clerk, f"/duties/{changed}", {"shown": shown_})
    assert "现在要做" not in clerk.get("/").text
