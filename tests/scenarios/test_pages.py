"""What players see: the list, a scenario, a play by buttons alone, the debrief."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from tests.apps import NOW
from tests.knowledge.desks import counted
from tests.scenarios.published import LOST
from tests.scenarios.published import SLUG
from tests.scenarios.published import TEXT
from tests.scenarios.published import played
from tests.scenarios.published import put_draft
from tests.scenarios.published import put_in_force
from tests.scenarios.published import put_rule
from tests.sites import Site
from tests.sites import post
from trainer.kit import db

HOME = f"/scenarios/{SLUG}"
CEILING = 12
"""Statements of the list, however many scenarios there are."""
SECRETS = (
    "say-yes",
    "ask-home",
    "accept-wrongly",
    "最佳",
    "不妥",
    "禁忌",
    "多半要让人白跑",
)
"""Words that would give an answer away."""


@pytest.fixture
def filled(site: Site) -> Site:
    """A scenario in force, with the clause it rests on."""
    by = (site.actors["editor"], site.actors["approver"])
    with db.writing(site.engine) as session:
        put_rule(session)
        put_in_force(session, by=by, at=NOW)
    return site


@pytest.fixture
def clerk(filled: Site) -> FlaskClient:
    return filled.browser("clerk")


def begin(client: FlaskClient, **how: str) -> str:
    """Begin a play; gives its address."""
    answer = post(client, f"{HOME}/begin", how, HOME)
    assert answer.status_code == HTTPStatus.FOUND
    return str(answer.location)


def press(client: FlaskClient, path: str, words: str) -> str:
    """Press the button that says something; gives where it leads."""
    page = client.get(path).text
    number = re.search(r'name="number" value="(\d+)"', page)
    button = rf'name="choice" value="(\d)"><kbd>\d</kbd> <span[^>]*>[^<]*{words}'
    place = re.search(button, page)
    assert number, page
    assert place, page
    data = {"number": number[1], "choice": place[1]}
    answer = post(client, path, data)
    assert answer.status_code == HTTPStatus.FOUND
    return str(answer.location)


def test_an_empty_list_says_why(site: Site) -> None:
    assert "还没有发布情景" in site.browser("clerk").get("/scenarios/").text
    page = site.browser("editor").get("/scenarios/").text
    assert 'href="/scripts/new/scenario"' in page


def test_the_list_tells_what_there_is_and_how_it_went(
    filled: Site, clerk: FlaskClient
) -> None:
    page = clerk.get("/scenarios/").text
    assert "房租超没超过收入的一成" in page
    assert "没演过" in page
    assert "同一句开场白，情况不同" in page
    with db.writing(filled.engine) as session:
        played(session, filled.actors["clerk"], at=NOW)
        played(session, filled.actors["clerk"], LOST, at=NOW)
    page = clerk.get("/scenarios/").text
    assert "演过 2 次" in page
    assert "100 分" in page


def test_drafts_are_listed_for_those_who_write(filled: Site) -> None:
    with db.writing(filled.engine) as session:
        text = TEXT.replace("房租超没超", "在写的")
        put_draft(session, text, "fresh", by=filled.actors["editor"], at=NOW)
    assert "在写的过收入" in filled.browser("approver").get("/scenarios/").text
    assert "在写的过收入" not in filled.browser("clerk").get("/scenarios/").text
    assert filled.browser("clerk").get("/scenarios/fresh").status_code == 404


def test_the_list_costs_a_fixed_number_of_questions(
    filled: Site, clerk: FlaskClient
) -> None:
    with counted(filled.engine) as before:
        clerk.get("/scenarios/")
    by = (filled.actors["editor"], filled.actors["approver"])
    with db.writing(filled.engine) as session:
        for number in range(5):
            put_in_force(session, slug=f"talk-{number}", by=by, at=NOW)
            played(session, filled.actors["clerk"], at=NOW, slug=f"talk-{number}")
    with counted(filled.engine) as after:
        clerk.get("/scenarios/")
    assert len(after) == len(before) <= CEILING


def test_a_scenario_says_nothing_of_its_answers(clerk: FlaskClient) -> None:
    page = clerk.get(HOME).text
    assert "开始演练" in page
    assert "2 种情况" in page
    assert not [words for words in SECRETS if words in page]
    assert "夫妻在本市都没有房" not in page


def test_a_whole_play_by_buttons(clerk: FlaskClient) -> None:
    path = begin(clerk)
    page = clerk.get(path).text
    assert "我租着房呢" in page
    assert "已过" not in page  # it was not ticked
    assert not [words for words in SECRETS if words in page]
    assert press(clerk, path, "能不能办，先看") == path
    page = clerk.get(path).text
    assert "能不能办，先看" in page
    assert not [words for words in SECRETS if words in page]
    assert press(clerk, path, "先回去问问") == f"{path}/debrief"
    page = clerk.get(f"{path}/debrief").text
    assert "没通过" in page
    assert "少问一句话" in page
    assert "这一次抽到的情况" in page
    assert "更好的说法" in page
    link = "/articles/rent-withdrawal?on=2026-09-28#conditions"
    assert f'href="{link}"' in page
    assert clerk.get(link).status_code == HTTPStatus.OK
    assert "演过 1 次" in clerk.get(HOME).text


def test_who_wants_to_is_judged_at_once(clerk: FlaskClient) -> None:
    path = begin(clerk, shows="y", timed="y")
    assert "已过 0 分钟，他最多等 20 分钟" in clerk.get(path).text
    press(clerk, path, "您好，能取的")
    page = clerk.get(path).text
    assert "不妥" in page
    assert "多半要让人白跑" in page
    assert "已过 1 分钟" in page


def test_a_second_press_of_the_same_button_changes_nothing(
    clerk: FlaskClient,
) -> None:
    path = begin(clerk)
    once = {"number": "1", "choice": "2"}
    for _ in range(2):
        assert post(clerk, path, once).status_code == HTTPStatus.FOUND
    other = post(clerk, path, {"number": "1", "choice": "1"})
    assert other.status_code == HTTPStatus.CONFLICT
    assert "在别的窗口里已经选过了" in other.text
    assert 'name="number" value="2"' in other.text
    for wrong in ({"number": "x", "choice": "1"}, {"number": "2", "choice": "9" * 30}):
        assert post(clerk, path, wrong).status_code == HTTPStatus.CONFLICT


def test_an_old_tab_of_a_play_that_has_ended_leads_to_the_debrief(
    clerk: FlaskClient,
) -> None:
    path = begin(clerk)
    press(clerk, path, "能不能办，先看")
    press(clerk, path, "先回去问问")
    late = post(clerk, path, {"number": "3", "choice": "1"}, HOME)
    assert late.location == f"{path}/debrief"
    assert "已经结束" in clerk.get(late.location).text
    assert clerk.get(path).location == f"{path}/debrief"


def test_a_play_goes_on_at_another_machine(filled: Site, clerk: FlaskClient) -> None:
    path = begin(clerk)
    press(clerk, path, "能不能办，先看")
    other = filled.browser("clerk")
    page = other.get(HOME).text
    assert f'href="{path}"' in page
    assert "接着演" in page
    assert 'name="number" value="2"' in other.get(path).text
    assert other.get(f"{path}/debrief").location == path


def test_a_wrong_turn_is_taken_anew(clerk: FlaskClient) -> None:
    path = begin(clerk)
    press(clerk, path, "能不能办，先看")
    press(clerk, path, "先回去问问")
    debrief = f"{path}/debrief"
    again = post(clerk, f"{path}/replay/2", {}, debrief)
    page = clerk.get(str(again.location)).text
    assert "重来，不计结果" in page
    assert 'name="number" value="2"' in page
    refused = post(clerk, f"{path}/replay/2", {}, debrief)
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "还有一次没有演完" in refused.text


def test_a_play_is_given_up(clerk: FlaskClient) -> None:
    path = begin(clerk)
    answer = post(clerk, f"{path}/abandon", {}, path)
    assert answer.location == HOME
    page = clerk.get(HOME).text
    assert "放弃了" in page
    assert "已放弃，不计结果" in clerk.get(f"{path}/debrief").text


def test_words_of_a_scenario_are_words(filled: Site) -> None:
    by = (filled.actors["editor"], filled.actors["approver"])
    wicked = TEXT.replace("我租着房呢", "<script>alert(1)</script>{{ 7*7 }}")
    with db.writing(filled.engine) as session:
        put_in_force(session, wicked, "wicked", by=by, at=NOW)
    clerk = filled.browser("clerk")
    answer = post(clerk, "/scenarios/wicked/begin", {}, "/scenarios/wicked")
    page = clerk.get(str(answer.location)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page


def test_scenarios_are_no_answers_for_search_or_readers(filled: Site) -> None:
    filled.reindex()
    clerk = filled.browser("clerk")
    assert SLUG not in clerk.get("/search?q=我租着房呢").text
    for path in (f"/articles/{SLUG}/versions", f"/articles/{SLUG}/links"):
        assert clerk.get(path).status_code == HTTPStatus.NOT_FOUND, path
