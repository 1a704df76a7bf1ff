"""Pages of flags, from the browser's side."""

from __future__ import annotations

import pytest

from tests.databases import statements
from tests.factories import make_approved
from tests.sites import Site
from tests.sites import post
from trainer.kit import db

MOST_QUESTIONS = 6
"""To the database, for one page."""

CARD = "/articles/rent-withdrawal?on=2026-09-20"
SAID: dict[str, object] = {
    "revision": 1,
    "query": "租房",
    "on": "2026-09-20",
    "words": "每月额度写错了",
    "back": CARD,
}


@pytest.fixture
def card(site: Site) -> str:
    with db.writing(site.engine) as session:
        make_approved(session)
    return CARD


def flag_it(site: Site, **more: object) -> int:
    answer = post(site.browser("clerk"), "/cases/flags", {**SAID, **more}, CARD)
    return answer.status_code


def test_the_card_carries_a_form_that_needs_no_script(site: Site, card: str) -> None:
    page = site.browser("clerk").get(f"{card}&q=%E7%A7%9F%E6%88%BF").text
    assert '<details class="flag-panel' in page
    assert 'action="/cases/flags"' in page
    assert 'name="query" maxlength="200" value="租房"' in page


def test_a_flag_leads_back_to_the_card_with_thanks(site: Site, card: str) -> None:
    browser = site.browser("clerk")
    answer = post(browser, "/cases/flags", SAID, card)
    assert answer.headers["Location"] == card
    assert "谢谢" in browser.get(card).text


@pytest.mark.parametrize("back", ["//evil.example", "/\t/evil.example", "", "https:x"])
def test_a_flag_never_leads_elsewhere(site: Site, card: str, back: str) -> None:
    answer = post(site.browser("clerk"), "/cases/flags", {**SAID, "back": back}, card)
    assert answer.headers["Location"] == card


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"words": ""}, 422),
        ({"words": "x" * 1001}, 422),
        ({"query": "x" * 201}, 422),
        ({"on": "someday"}, 422),
        ({"revision": ""}, 404),
        ({"revision": "99"}, 404),
        ({"revision": "9" * 30}, 404),
        ({"revision": "x"}, 404),
    ],
)
@pytest.mark.usefixtures("card")
def test_a_wrong_flag_is_refused(
    site: Site, wrong: dict[str, object], status: int
) -> None:
    assert flag_it(site, **wrong) == status


def test_a_refused_flag_keeps_what_was_typed(site: Site, card: str) -> None:
    data = {**SAID, "query": "x" * 201}
    page = post(site.browser("clerk"), "/cases/flags", data, card).text
    assert "每月额度写错了" in page
    assert 'name="revision" type="hidden" value="1"' in page


@pytest.mark.usefixtures("card")
def test_the_owner_answers_and_the_reporter_sees_it_as_new(site: Site) -> None:
    flag_it(site)
    editor, clerk = site.browser("editor"), site.browser("clerk")
    assert "每月额度写错了" in editor.get("/cases/flags").text
    assert "clerk（虚构）" in editor.get("/cases/flags/1").text

    reply: dict[str, object] = {"seen": "open", "state": "fixed", "words": "已改好"}
    answer = post(editor, "/cases/flags/1/answer", reply, "/cases/flags/1")
    assert answer.headers["Location"] == "/cases/flags"
    assert "没有符合条件的反馈" in editor.get("/cases/flags").text

    own = clerk.get("/cases/flags/mine").text
    assert "已改好" in own
    assert "新答复" in own
    post(clerk, "/cases/flags/mine/seen", {}, "/cases/flags/mine")
    assert "新答复" not in clerk.get("/cases/flags/mine").text


@pytest.mark.usefixtures("card")
def test_an_answer_without_words_comes_back(site: Site) -> None:
    flag_it(site)
    reply: dict[str, object] = {"seen": "open", "state": "declined", "words": ""}
    answer = post(
        site.browser("editor"), "/cases/flags/1/answer", reply, "/cases/flags/1"
    )
    assert answer.status_code == 422
    assert "请写一句答复" in answer.text
    assert '<option selected value="declined">' in answer.text


@pytest.mark.usefixtures("card")
def test_the_second_of_two_answers_keeps_its_words(site: Site) -> None:
    flag_it(site)
    first: dict[str, object] = {"seen": "open", "state": "declined", "words": "没错"}
    second: dict[str, object] = {"seen": "open", "state": "fixed", "words": "我已改了"}
    page = "/cases/flags/1"
    slow = site.browser("approver")
    slow.get(page)
    post(site.browser("editor"), f"{page}/answer", first, page)
    answer = post(slow, f"{page}/answer", second, "/cases/flags/mine")
    assert answer.status_code == 409
    assert "我已改了" in answer.text
    assert "刚被别人答复过" in answer.text


@pytest.mark.parametrize(
    "asked", ["whose=x&state=y&line=z", "part=9", "state=declined"]
)
def test_filters_that_match_nothing_say_so(site: Site, asked: str) -> None:
    page = site.browser("editor").get(f"/cases/flags?{asked}")
    assert page.status_code == 200
    assert "没有符合条件的反馈" in page.text


@pytest.mark.parametrize("path", ["/cases/flags", "/cases/flags/mine"])
def test_many_flags_ask_as_much_of_the_database_as_one(
    site: Site, card: str, path: str
) -> None:
    def questions() -> int:
        with statements(site.engine) as asked:
            assert browser.get(path).status_code == 200
        return len(asked)

    browser = site.browser("editor")
    post(browser, "/cases/flags", SAID, card)
    one = questions()
    for n in range(9):
        post(browser, "/cases/flags", {**SAID, "words": f"第 {n} 处"}, card)
    assert questions() == one <= MOST_QUESTIONS
    assert "第 8 处" in browser.get(path).text


@pytest.mark.usefixtures("card")
def test_who_keeps_no_texts_sees_only_his_own(site: Site) -> None:
    flag_it(site)
    assert site.browser("clerk").get("/cases/flags").headers["Location"] == (
        "/cases/flags/mine"
    )
    assert site.browser("clerk").get("/cases/flags/1").status_code == 200
    assert site.browser("supervisor").get("/cases/flags/1").status_code == 404
    reply: dict[str, object] = {"state": "fixed", "words": "改了"}
    refused = post(
        site.browser("clerk"), "/cases/flags/1/answer", reply, "/cases/flags/mine"
    )
    assert refused.status_code == 403


def test_an_empty_list_says_how_to_flag(site: Site) -> None:
    assert "按 F" in site.browser("clerk").get("/cases/flags/mine").text
