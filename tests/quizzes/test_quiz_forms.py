"""Beginning banks and quizzes, and setting the rules of a quiz by a form."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from tests.apps import NOW
from tests.factories import SETUP
from tests.quizzes.bank_pages import bank_on
from tests.quizzes.bank_pages import drafts
from tests.quizzes.bank_pages import fields
from tests.quizzes.bank_pages import rules_on
from tests.quizzes.published import BANK
from tests.quizzes.published import QUIZ
from tests.sites import Site
from tests.sites import post
from trainer.kit import db
from trainer.people import service as people
from trainer.people.domain.posts import Post
from trainer.publishing.domain.lifecycle import Status
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.quiz import Quota
from trainer.quizzes.domain.quiz import parse
from trainer.quizzes.domain.quiz_written import rules_of
from trainer.quizzes.domain.quiz_written import with_rules

RULES = "/banks/first-quiz/rules"
HEADER = {
    "slug": "fresh",
    "title": "租房提取",
    "line": "withdraw",
    "owner": "withdrawal-desk",
    "review_every_days": "180",
    "effective_from": "2026-12-01",
    "evidence": "B",
    "source": "各题所引条款",
}


@pytest.fixture
def quiz(site: Site) -> Site:
    """A bank of four questions of one competency, and a quiz that draws one."""
    rules_on(site)
    bank_on(site, BANK)
    bank_on(site, QUIZ, "first-quiz")
    return site


def shown(client: FlaskClient) -> dict[str, object]:
    return fields(client.get(RULES).text)


EVERYTHING = """\
minutes: 45
attempts: 2
pass: 90
opens: 2026-12-01 09:00
closes: 2026-12-02 18:30
shuffle: [options, questions]
navigation: forward
review: closed
draw:
  - {competency: P5, difficulty: 2, count: 3}
  - {competency: P6, count: 1, banks: [more, rent]}
"""
FIXED = "mode: practice\nattempts: 1\npass: 80\nreview: each\nquestions:\n"
FIXED += "  - rent#days\n  - rent#papers\n"
HEAD = QUIZ[: QUIZ.index("minutes")]


@pytest.mark.parametrize("rules", [EVERYTHING, FIXED])
def test_rules_are_written_as_they_are_read(rules: str) -> None:
    read = parse(HEAD + rules).quiz
    assert read is not None
    assert with_rules(QUIZ, rules_of(read)) == HEAD + rules


def test_a_bank_begins_with_its_header_and_asks_for_a_question(
    site: Site, client: FlaskClient
) -> None:
    answer = post(client, "/banks/new/questions", HEADER)
    [(draft, text)] = drafts(site, "fresh")
    assert answer.location == f"/banks/fresh/questions/new?revision={draft.id}"
    assert draft.status is Status.DRAFT
    assert draft.header.title == "租房提取"
    sent = {"text": text, "based_on": draft.edit, "submit": "1"}
    assert "还有没填完的" in post(client, f"/desk/{draft.id}", sent).text


def test_a_quiz_begins_and_leads_to_its_rules(site: Site, client: FlaskClient) -> None:
    answer = post(client, "/banks/new/quiz", HEADER)
    [(draft, text)] = drafts(site, "fresh")
    assert answer.location == f"/banks/fresh/rules?revision={draft.id}"
    assert parse(text).quiz is not None


WRONG = {
    "slug": ("租房", "小写字母"),
    "title": ("", "请写名称"),
    "source": ("坏\x01字", "控制字符"),
    "review_every_days": ("5", "30 到 730"),
    "effective_from": ("明天", "effective_from"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_header_keeps_what_was_typed(client: FlaskClient, wrong: str) -> None:
    value, words = WRONG[wrong]
    answer = post(client, "/banks/new/quiz", {**HEADER, wrong: value})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in answer.text
    assert "withdraw" in answer.text


def test_a_slug_that_is_taken_is_told(quiz: Site, client: FlaskClient) -> None:
    answer = post(client, "/banks/new/questions", {**HEADER, "slug": "rules"})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "已有内容" in answer.text
    assert drafts(quiz, "rules") == []


def test_only_banks_and_quizzes_begin_here(client: FlaskClient) -> None:
    assert client.get("/banks/new/guide").status_code == HTTPStatus.NOT_FOUND


def test_posts_are_chosen_by_name(site: Site, client: FlaskClient) -> None:
    with db.writing(site.engine) as session:
        people.save_posts(
            session, [Post("withdrawal-desk", "提取业务科")], by=SETUP, at=NOW
        )
    assert ">提取业务科</option>" in client.get("/banks/new/questions").text


def test_rules_are_changed_in_a_new_draft(quiz: Site, client: FlaskClient) -> None:
    sent = {**shown(client), "minutes": "45", "attempts": "2", "shuffle": "options"}
    answer = post(client, RULES, sent)
    [(draft, text)] = drafts(quiz, "first-quiz")
    assert answer.location == f"/banks/first-quiz?revision={draft.id}"
    read = parse(text).quiz
    assert read is not None
    assert (read.minutes, read.attempts) == (45, 2)
    assert read.draw == (Quota(competency="P5", count=1),)


def test_too_few_questions_are_told_when_saving(
    quiz: Site, client: FlaskClient
) -> None:
    answer = post(client, RULES, {**shown(client), "draw-0-count": "5"})
    page = client.get(answer.location).text
    assert "题不够：能力项 P5，难度 不限，要 5 题，只有 4 题" in page
    assert "只够 4 题" in page
    assert len(drafts(quiz, "first-quiz")) == 1


def test_the_text_editor_tells_it_too(quiz: Site, client: FlaskClient) -> None:
    post(client, RULES, shown(client))
    [(draft, text)] = drafts(quiz, "first-quiz")
    path = f"/desk/{draft.id}"
    sent = {"text": text.replace("count: 1", "count: 9"), "based_on": draft.edit}
    assert "题不够" in post(client, path, {**sent, "preview": "1"}).text
    post(client, path, {**sent, "save": "1"})
    assert "要 9 题，只有 4 题" in client.get(path).text


def test_fixed_questions_are_picked_by_bank(quiz: Site, client: FlaskClient) -> None:
    sent = {**shown(client), "how": "questions", "mode": "practice", "review": "each"}
    listed = post(client, RULES, {**sent, "bank": "rent", "do": "bank"}).text
    assert "要带身份证。" in listed
    picked = fields(
        post(
            client, RULES, {**sent, "bank": "rent", "question": "days", "do": "ask"}
        ).text
    )
    assert picked["questions-0"] == "rent#days"
    post(client, RULES, {**picked, "questions-1": "rent#gone"})
    [(draft, text)] = drafts(quiz, "first-quiz")
    read = parse(text).quiz
    assert read is not None
    assert read.mode is Mode.PRACTICE
    assert read.questions == (Place("rent", "days"), Place("rent", "gone"))
    page = client.get(f"/banks/first-quiz?revision={draft.id}").text
    assert "没有这道题" in page
    assert "照这样考不成" in page


@pytest.mark.usefixtures("quiz")
def test_quotas_come_go_and_move_by_buttons(client: FlaskClient) -> None:
    def counts(do: str) -> list[object]:
        sent = {**shown(client), "draw-1-competency": "P6", "draw-1-count": "2"}
        got = fields(post(client, RULES, {**sent, "do": do}).text)
        return [got[n] for n in got if n.endswith("-count")]

    assert counts("add draw") == ["1", "2", ""]
    assert counts("up draw 1") == ["2", "1"]
    assert counts("remove draw 0") == ["2"]


BAD = {
    "minutes": ("", "minutes"),
    "draw-0-count": ("很多", "count"),
    "review": ("each", "考试不能每题答完就看答案"),
    "how": ("neither", "Not a valid choice"),
}


@pytest.mark.parametrize("wrong", BAD)
def test_what_cannot_be_is_told(quiz: Site, client: FlaskClient, wrong: str) -> None:
    value, _ = BAD[wrong]
    answer = post(client, RULES, {**shown(client), wrong: value})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "alert-danger" in answer.text
    assert drafts(quiz, "first-quiz") == []


def test_two_editors_lose_nothing(quiz: Site, client: FlaskClient) -> None:
    post(client, RULES, {**shown(client), "minutes": "40"})
    mine = shown(client)
    post(client, RULES, {**shown(client), "minutes": "41"})
    refused = post(client, RULES, {**mine, "minutes": "42"})
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "minutes: 41" in refused.text
    assert post(client, RULES, fields(refused.text)).status_code == HTTPStatus.FOUND
    [(_, text)] = drafts(quiz, "first-quiz")
    assert "minutes: 42" in text


def test_a_bank_has_no_rules(quiz: Site) -> None:
    browser = quiz.browser("editor")
    assert browser.get("/banks/rent/rules").status_code == HTTPStatus.NOT_FOUND
