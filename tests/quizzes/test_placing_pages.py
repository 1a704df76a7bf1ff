"""The pages of a placement test: a form a question, without scripts."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.quizzes.exams import MORNING
from tests.quizzes.placements import put_line
from tests.sites import Site
from tests.sites import post
from trainer.kit import db
from trainer.quizzes import queries

HOME = "/quizzes/placement"
TEST = f"{HOME}/1"
FACTS = "学习记录"
KEY = re.compile("规定这样写|答对|答错|正确答案")


@pytest.fixture
def clerk(site: Site) -> FlaskClient:
    """The clerk, at the first question of his line."""
    with db.writing(site.engine) as session:
        put_line(session)
    site.set_clock(MORNING)
    clerk = site.browser("clerk")
    begun = post(clerk, f"{HOME}/withdraw/begin", {}, HOME)
    assert begun.location == TEST, begun.text
    return clerk


def give(clerk: FlaskClient, position: int, letter: str, **more: str) -> str:
    """Answer a question; gives where that leads."""
    act = {"act": "next"} if letter else {"act": "skip"}
    form = {"at": str(position), f"a{position}": letter, "edit": "0", **act, **more}
    answer = post(clerk, TEST, form, HOME)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def test_it_is_reached_from_practice_and_from_competence(clerk: FlaskClient) -> None:
    for page in ("/quizzes/", "/competence"):
        assert f'href="{HOME}"' in clerk.get(page).text
    assert "接着答" in clerk.get(HOME).text
    assert clerk.get("/quizzes/attempts/1").location == TEST


def test_one_question_a_page_and_nothing_tells_what_is_right(
    clerk: FlaskClient,
) -> None:
    for position in (1, 2, 3):
        page = clerk.get(TEST).text
        assert f"第 {position} 题" in page
        assert page.count('class="sheet asked') == 1
        assert not KEY.search(page.partition("<main")[2])
        assert give(clerk, position, "B") == TEST
    data = json.loads(clerk.get("/people/me/data.json").text)
    assert [each["rows"] for each in data["chapters"] if each["title"] == FACTS] == [[]]


def test_a_double_click_is_harmless_and_an_older_page_is_told(
    clerk: FlaskClient,
) -> None:
    assert give(clerk, 1, "A") == give(clerk, 1, "A") == TEST
    assert "第 2 题" in clerk.get(TEST).text
    form = {"at": "1", "a1": "B", "edit": "0", "act": "next"}
    told = post(clerk, TEST, form, HOME)
    assert told.status_code == 409
    assert "只能往前" in told.text
    assert "第 2 题" in told.text


def test_going_on_without_an_answer_is_asked_about(clerk: FlaskClient) -> None:
    form = {"at": "1", "edit": "0", "act": "next"}
    told = post(clerk, TEST, form, HOME)
    assert told.status_code == 422
    assert "还没有作答" in told.text
    assert give(clerk, 1, "") == TEST
    assert "第 2 题" in clerk.get(TEST).text


@pytest.mark.parametrize(
    "form",
    [
        {"at": "1", "a1": "Z", "act": "next"},
        {"at": "9", "a9": "A", "act": "next"},
        {"at": "x", "act": "next"},
        {},
    ],
)
def test_nonsense_changes_nothing(clerk: FlaskClient, form: dict[str, str]) -> None:
    assert post(clerk, TEST, form, HOME).status_code in {404, 422}
    assert "第 1 题" in clerk.get(TEST).text


def test_at_the_end_stands_what_to_skip_and_what_to_learn(
    clerk: FlaskClient, site: Site
) -> None:
    assert clerk.get(f"{TEST}/result").location == TEST
    for position in range(1, 25):
        give(clerk, position, "A")
    done = clerk.get(TEST)
    assert done.location == f"{TEST}/result"
    page = clerk.get(done.location).text
    for words in ("一共答了 24 题", "问满了 24 题", "可以跳过", "要学", "消费类提取"):
        assert words in page
    assert give(clerk, 24, "A") == TEST  # once more, harmless
    assert "的结果" in clerk.get(HOME).text
    tries = clerk.get("/quizzes/").text
    assert "摸底测验：提取" in tries
    assert f'href="{TEST}/result"' in tries
    assert "及格" not in tries
    assert "规定这样写" in clerk.get("/quizzes/attempts/1/result").text
    site.set_clock(MORNING + timedelta(days=40))
    again = site.browser("clerk").get(f"{TEST}/result").text
    assert "一共答了 24 题" in again


def test_it_is_ended_early_or_by_itself(clerk: FlaskClient, site: Site) -> None:
    give(clerk, 1, "B")
    ended = post(clerk, TEST, {"act": "end"}, TEST)
    assert "提前结束了" in clerk.get(ended.location).text
    post(clerk, f"{HOME}/withdraw/begin", {}, HOME)
    site.set_clock(MORNING + timedelta(hours=25))
    late = site.browser("clerk")
    page = late.get(f"{HOME}/2", follow_redirects=True).text
    assert "过了 24 小时" in page
    assert "一题也没有答" in page


def test_what_comes_too_late_is_told(clerk: FlaskClient, site: Site) -> None:
    give(clerk, 1, "B")
    site.set_clock(MORNING + timedelta(hours=25))
    late = site.browser("clerk")
    form = {"at": "2", "a2": "A", "edit": "0", "act": "next"}
    sent = post(late, TEST, form, HOME)
    page = late.get(sent.location, follow_redirects=True).text
    assert "没有保存" in page
    assert "一共答了 1 题" in page


def test_who_looks_after_him_sees_it_and_the_look_is_noted(
    clerk: FlaskClient, site: Site
) -> None:
    give(clerk, 1, "B")
    post(clerk, TEST, {"act": "end"}, TEST)
    manager = site.browser("manager")
    person = site.actors["clerk"].person
    assert f'href="{TEST}/outcome"' in manager.get(f"/people/{person}").text
    page = manager.get(f"{TEST}/outcome").text
    assert "clerk（虚构）的摸底结果" in page
    assert "现在练五题" not in page
    assert [e.object for e in site.audited() if e.verb == "attempt.looked"] == [
        "attempt/1"
    ]
    assert site.browser("mentor").get(f"{TEST}/outcome").status_code == 404
    assert site.browser("editor").get(f"{TEST}/outcome").status_code == 403


def test_other_attempts_are_no_placement_tests(clerk: FlaskClient, site: Site) -> None:
    post(clerk, "/quizzes/daily/begin", {}, "/quizzes/")
    assert clerk.get(f"{HOME}/2").location == "/quizzes/attempts/2"
    assert clerk.get(f"{HOME}/2/result").status_code == 404
    form = {"at": "1", "a1": "A", "act": "next"}
    assert post(clerk, f"{HOME}/2", form, HOME).status_code == 404
    with db.reading(site.engine) as session:
        row = queries.papers(session, [2])[0]
        assert row.number == 0
