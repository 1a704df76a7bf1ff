"""The pages of a taker: one form without scripts, one answer at a time with them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.quizzes.exams import AUTOMATIC
from tests.quizzes.exams import EXAM
from tests.quizzes.exams import MORNING
from tests.quizzes.exams import put_exam
from tests.sites import TOKEN
from tests.sites import Site
from tests.sites import post
from trainer.kit import db
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import PaperRow

PRACTICE = AUTOMATIC.replace("minutes: 30\n", "mode: practice\nreview: each\n")
CLOSED = EXAM + "review: closed\ncloses: 2026-10-12 12:00\n"
PAPER = "/quizzes/attempts/1"
MINUTE = timedelta(minutes=1)


def sit_down(site: Site, text: str = EXAM) -> FlaskClient:
    """Let the clerk begin the exam at nine."""
    with db.writing(site.engine) as session:
        put_exam(session, text)
    site.set_clock(MORNING)
    browser = site.browser("clerk")
    begun = post(browser, "/quizzes/first/begin", {}, "/quizzes/first")
    assert begun.location == PAPER, begun.text
    return browser


def later(site: Site, minutes: int) -> FlaskClient:
    """Let some time pass; the clerk logs in again."""
    site.set_clock(MORNING + minutes * MINUTE)
    return site.browser("clerk")


def hand_in(browser: FlaskClient) -> TestResponse:
    done = post(browser, f"{PAPER}/submit", {}, f"{PAPER}/check")
    return browser.get(done.location)


def keep(browser: FlaskClient, **save: object) -> TestResponse:
    """Send an answer as the script of the page does."""
    found = TOKEN.search(browser.get("/quizzes/").text)
    assert found
    sent = {"position": 1, "given": ["A"], "number": 1, "seconds": 3, **save}
    headers = {"X-CSRFToken": found[1], "Accept": "application/json"}
    return browser.post(f"{PAPER}/answers", json=sent, headers=headers)


def kept(site: Site) -> list[list[str]]:
    with db.reading(site.engine) as session:
        rows = (session.get_one(PaperRow, (1, n)) for n in range(1, 6))
        return [row.answer for row in rows]


def test_without_scripts_a_whole_exam_is_one_form(site: Site) -> None:
    browser = sit_down(site)
    answers = {
        "a1": "A",
        "f1": "y",
        "a2": "A",
        "a3": ["C", "A", "B"],
        "a4": ["15", "0"],
        "a5": "对不起",
        "edit": "0",
        "act": "check",
    }
    done = post(browser, PAPER, answers, PAPER)
    assert done.location == f"{PAPER}/check"
    check = browser.get(done.location).text
    assert "5 题都已作答" in check
    assert "第 1 题" in check  # flagged
    result = hand_in(browser)
    assert "待评分" in result.text
    assert all(kept(site))


def test_what_cannot_be_read_is_told_and_all_else_is_kept(site: Site) -> None:
    browser = sit_down(site)
    typed = {"a1": "B", "a3": ["C", "C", "A"], "a4": ["15", ""], "edit": "0"}
    refused = post(browser, PAPER, {**typed, "act": "check"}, PAPER)
    assert refused.status_code == 422
    assert "第 3 题：每一项都要排，而且只排一次" in refused.text
    assert kept(site) == [["false"], [], [], ["15", ""], []]


def test_an_older_window_is_told_that_another_one_was_faster(site: Site) -> None:
    browser = sit_down(site)
    assert keep(browser, given=["A"], number=9).json == {
        "position": 1,
        "number": 9,
        "left": 1800,
    }
    refused = post(browser, PAPER, {"a1": "B", "edit": "3", "act": "save"}, PAPER)
    assert refused.status_code == 422
    assert "在别的窗口里改过" in refused.text
    assert kept(site)[0] == ["true"]


def test_a_page_left_open_takes_nothing_back(site: Site) -> None:
    browser = sit_down(site)
    keep(browser, position=1, given=["A"], number=1)
    stale = {"a1": "A", "n1": "1", "a2": "", "n2": "0", "a5": "对不起", "n5": "0"}
    keep(browser, position=1, given=["B"], number=2)  # elsewhere
    keep(browser, position=2, given=["A"], number=3)
    before = kept(site)
    refused = post(browser, PAPER, {**stale, "edit": "8", "act": "check"}, PAPER)
    assert refused.status_code == 422
    assert (
        refused.text.count("在别的窗口里改过") == 2 * 2
    )  # above, and at each question
    assert kept(site) == [*before[:4], ["对不起"]]


def test_numbers_that_no_page_sends_are_no_accident(site: Site) -> None:
    browser = sit_down(site)
    for digits in ("9" * 30, "9" * 5000):
        typed = {"a1": "A", "edit": digits, "n1": digits}
        assert post(browser, PAPER, {**typed, "act": "save"}, PAPER).status_code == 302
        shown = post(browser, PAPER, {**typed, "act": f"show-{digits}"}, PAPER)
        assert shown.status_code == 404
    assert kept(site)[0] == ["true"]


def test_half_of_a_sign_is_no_answer(site: Site) -> None:
    browser = sit_down(site)
    assert keep(browser, position=5, given=["\ud83d"]).status_code == 422
    assert keep(browser, position=5, given=["\U0001f600"]).status_code == 200
    assert browser.get(PAPER).status_code == 200


def test_a_script_is_told_in_json_what_is_wrong(site: Site) -> None:
    browser = sit_down(site)
    for wrong in ({"given": ["Z"]}, {"given": "A"}, {"number": -1}, {"position": None}):
        told = keep(browser, **wrong)
        assert (told.status_code, told.mimetype) == (422, "application/json"), wrong
        assert told.json is not None
        assert told.json["error"]["message"]
    assert keep(browser, position=9).status_code == 404
    late = keep(later(site, 30))
    assert late.status_code == 409
    assert late.json is not None
    assert "时间已到" in late.json["error"]["message"]


def test_time_up_leads_to_the_result_whatever_the_browser_says(site: Site) -> None:
    browser = sit_down(site, AUTOMATIC)
    keep(browser, given=["A"])
    browser = later(site, 31)
    assert browser.get(PAPER).location == f"{PAPER}/result"
    assert browser.get(f"{PAPER}/check").location == f"{PAPER}/result"
    shown = browser.get(f"{PAPER}/result").text
    assert "1 / 4 分" in shown
    assert "2026-10-12 09:30 交卷" in shown


def test_the_result_explains_each_question(site: Site) -> None:
    browser = sit_down(site, AUTOMATIC)
    keep(browser, given=["B"])
    shown = hand_in(browser).text
    assert "答错了" in shown
    assert "规定这样写。" in shown
    assert 'href="/articles/rules#term"' in shown
    assert "未及格" in shown


def test_answers_stay_hidden_until_the_quiz_has_closed(site: Site) -> None:
    browser = sit_down(site, CLOSED)
    shown = hand_in(browser).text
    assert "规定这样写" not in shown
    assert "2026-10-12 12:00 截止以后才能看答案和解析" in shown
    assert "规定这样写" in later(site, 180).get(f"{PAPER}/result").text


def test_forward_only_shows_one_question_at_a_time(site: Site) -> None:
    browser = sit_down(site, EXAM + "navigation: forward\n")
    first = browser.get(PAPER).text
    assert re.findall(r'id="q(\d)"', first) == ["1"]
    done = post(browser, PAPER, {"a1": "A", "edit": "0", "act": "next-1"}, PAPER)
    assert done.location == f"{PAPER}#q2"
    assert re.findall(r'id="q(\d)"', browser.get(PAPER).text) == ["2"]


def test_a_practice_shows_what_is_right_once_it_is_answered(site: Site) -> None:
    browser = sit_down(site, PRACTICE)
    empty = post(browser, PAPER, {"edit": "0", "act": "show-1"}, PAPER)
    assert empty.status_code == 422
    assert "先作答，再看解析" in empty.text
    post(browser, PAPER, {"a1": "A", "edit": "0", "act": "show-1"}, PAPER)
    shown = browser.get(PAPER).text
    assert "答对了" in shown
    assert shown.count("规定这样写。") == 1


def test_giving_up_counts_as_a_try_and_shows_nothing(site: Site) -> None:
    browser = sit_down(site)
    post(browser, f"{PAPER}/abandon", {}, f"{PAPER}/check")
    shown = browser.get(f"{PAPER}/result").text
    assert "这一次已放弃" in shown
    assert "规定这样写" not in shown
    assert "放弃了" in browser.get("/quizzes/").text


def test_mistakes_are_listed_and_practised(site: Site) -> None:
    browser = sit_down(site, AUTOMATIC)
    keep(browser, given=["B"])
    hand_in(browser)
    book = browser.get("/quizzes/mistakes").text
    assert "共 4 题" in book
    begun = post(browser, "/quizzes/mistakes/begin", {}, "/quizzes/mistakes")
    assert begun.location == "/quizzes/attempts/2"
    assert "接着答" in browser.get("/quizzes/").text


def test_a_form_sent_twice_begins_one_attempt(site: Site) -> None:
    browser = sit_down(site)
    again = post(browser, "/quizzes/first/begin", {}, "/quizzes/")
    assert again.location == PAPER
    with db.reading(site.engine) as session:
        assert session.query(AttemptRow).count() == 1


@pytest.mark.parametrize("path", ["/quizzes/none", "/quizzes/rent"])
def test_what_is_no_quiz_of_today_does_not_exist(site: Site, path: str) -> None:
    sit_down(site)
    assert site.browser("clerk").get(path).status_code == 404
