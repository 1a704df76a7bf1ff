"""What is remarked about a question: on the page and at the command line."""

from __future__ import annotations

import json

import pytest

from tests.commands import Terminal
from tests.factories import make_approved
from tests.factories import make_text
from tests.sites import Site
from trainer.kit import db

ON = ("--on", "2026-09-20")


def test_a_question_about_another_city_is_answered_with_a_warning(
    starter: Terminal,
) -> None:
    ran = starter.run("search", "上海租房能提多少", *ON)
    assert ran.exit_code == 0
    assert "问题里提到上海：额度等标准各地不同" in ran.stderr
    assert "上海" not in ran.stdout
    listed = starter.run("search", "上海租房能提多少", *ON, "--json")
    assert isinstance(json.loads(listed.stdout), list)
    assert "提到上海" in listed.stderr


def test_the_own_city_is_not_warned_of(
    starter: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAINER_HOME_CITY", "上海市")
    assert starter.run("search", "上海租房能提多少", *ON).stderr == ""


def test_a_near_term_is_offered_when_nothing_is_found(starter: Terminal) -> None:
    ran = starter.run("search", "zufangtiquu", *ON, "--json")
    assert (ran.exit_code, json.loads(ran.stdout)) == (1, [])
    assert "您是不是要找：租房提取" in ran.stderr


def test_a_near_term_is_offered_beside_what_little_was_found(starter: Terminal) -> None:
    ran = starter.run("search", "组合货", *ON)
    assert ran.exit_code == 0
    assert "您是不是要找：组合贷\n" in ran.stderr
    for right in ("租房提取", "组合贷", "公积金贷款", "多久到账"):
        assert "您是不是要找" not in starter.run("search", right, *ON).stderr


def test_the_page_offers_a_near_term_as_a_link(site: Site) -> None:
    with db.writing(site.engine) as session:
        make_approved(session, make_text(title="租房提取"))
    site.reindex()
    clerk = site.browser("clerk")
    for path in ("/search?q=租房件取&on=2026-10-01", "/search/live?q=租房件取"):
        page = clerk.get(path).text
        offered = page.split("您是不是要找：")[1].split("</p>")[0]
        assert ">租房提取</a>" in offered
        assert "租房提取".encode().hex("%").upper() in offered.upper()
    assert "您是不是要找" not in clerk.get("/search?q=租房提取").text
