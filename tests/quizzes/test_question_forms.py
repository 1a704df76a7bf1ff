"""Writing questions by a form: nothing needs a script, nothing approved changes."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.apps import NOW
from tests.quizzes.bank_pages import bank_on
from tests.quizzes.bank_pages import draft_on
from tests.quizzes.bank_pages import drafts
from tests.quizzes.bank_pages import fields
from tests.quizzes.bank_pages import rules_on
from tests.quizzes.banks import HEAD
from tests.quizzes.banks import bank_files
from tests.quizzes.published import BANK
from tests.quizzes.published import QUIZ
from tests.sites import Site
from tests.sites import post
from trainer.kit import db
from trainer.publishing import queries as publishing
from trainer.publishing import service as publishing_service
from trainer.publishing.domain.entries import entries
from trainer.publishing.domain.lifecycle import Status
from trainer.quizzes.domain.bank import parse
from trainer.quizzes.domain.editing import EMPTY
from trainer.quizzes.domain.editing import Change
from trainer.quizzes.domain.editing import question_in
from trainer.quizzes.domain.editing import with_question
from trainer.quizzes.domain.types import TYPES
from trainer.quizzes.forms.types import TYPE_FORMS

DAYS = "/banks/rent/questions/days"
NEW = "/banks/rent/questions/new"
SINGLE = {
    "id": "new-one",
    "competency": "P5",
    "difficulty": "1",
    "asks": "rule",
    "stem": "几日内\r\n办结？",
    "options-0-text": "15 日",
    "options-0-correct": "y",
    "options-1-text": "30 日",
    "options-1-why": "那是旧的",
    "explanation": "规定这样写。",
    "cites-0": "rules#term",
    "tags": "期限，新旧",
}


@pytest.fixture
def bank(site: Site) -> Site:
    """A bank in force, and the rules it cites."""
    rules_on(site)
    bank_on(site, BANK)
    return site


def shown(client: FlaskClient, path: str = DAYS) -> dict[str, object]:
    page = client.get(path)
    assert page.status_code == HTTPStatus.OK
    return fields(page.text)


def test_every_type_has_a_form() -> None:
    assert set(TYPE_FORMS) == set(TYPES)


@pytest.mark.parametrize("path", bank_files(), ids=lambda p: p.stem)
def test_a_form_gives_back_what_it_shows(path: Path) -> None:
    text = path.read_text("utf-8")
    found = parse(text).bank
    assert found is not None
    for question in found.questions[::4]:
        entry, case = question_in(text, question.id)
        form = TYPE_FORMS[question.type]
        again = form(data=form.data_of(entry)).entry(question.type)
        home = (str(case["id"]), str(case["stem"])) if case else ("", "")
        change = Change(entry=again, replaces=question.id, case=home[0], story=home[1])
        back = parse(with_question(text, change)).bank
        assert back is not None
        [kept] = [each for each in back.questions if each.id == question.id]
        assert replace(kept, line=0, cites=()) == replace(question, line=0, cites=())
        assert again["cites"] == entry["cites"]


def test_a_change_begins_a_draft_and_leaves_what_is_approved(
    bank: Site, client: FlaskClient
) -> None:
    sent = {**shown(client), "stem": "有房可提。"}
    answer = post(client, DAYS, sent)
    [(draft, text)] = drafts(bank)
    assert answer.location == f"/banks/rent?revision={draft.id}#days"
    assert question_in(text, "days")[0]["stem"] == "有房可提。"
    assert draft.effective_from.isoformat() == "2026-11-22"
    assert draft.header.change_note == "修改题目 days"
    assert text.split("- id:")[2:] == BANK.split("- id:")[2:]
    with db.reading(bank.engine) as session:
        held = publishing.version(session, "rent", 1, reader=bank.actors["editor"])
        assert publishing.text(session, held) == BANK
    assert "有房可提" in client.get(answer.location).text


def test_the_next_change_goes_into_the_same_draft(
    bank: Site, client: FlaskClient
) -> None:
    post(client, DAYS, {**shown(client), "stem": "第一次。"})
    other = "/banks/rent/questions/papers"
    page = client.get(other).text
    assert "写进 2026-11-22 起施行的那份在办稿件" in page
    post(client, other, {**fields(page), "stem": "第二次。"})
    [(draft, text)] = drafts(bank)
    assert (draft.edit, draft.status) == (2, Status.DRAFT)
    assert [question_in(text, k)[0]["stem"] for k in ("days", "papers")] == [
        "第一次。",
        "第二次。",
    ]


def test_what_began_today_is_corrected(site: Site, client: FlaskClient) -> None:
    rules_on(site)
    bank_on(site, BANK.replace("2026-09-20", "2026-11-22"))
    post(client, DAYS, {**shown(client), "stem": "有房可提。"})
    [(draft, _)] = drafts(site)
    assert draft.supersedes == draft.effective_from


def test_two_editors_lose_nothing(bank: Site, client: FlaskClient) -> None:
    post(client, DAYS, {**shown(client), "stem": "原来的。"})
    mine = shown(client)
    post(client, DAYS, {**shown(client), "stem": "别人的。"})
    refused = post(client, DAYS, {**mine, "stem": "我的。"})
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "别人已保存过" in refused.text
    assert "stem: 别人的。" in refused.text
    again = fields(refused.text)
    assert again["stem"] == "我的。"
    assert post(client, DAYS, again).status_code == HTTPStatus.FOUND
    [(_, text)] = drafts(bank)
    assert question_in(text, "days")[0]["stem"] == "我的。"


def test_a_draft_that_somebody_began_meanwhile_is_not_doubled(
    bank: Site, client: FlaskClient
) -> None:
    mine = {**shown(client), "stem": "我的。"}
    other = "/banks/rent/questions/papers"
    post(client, other, {**shown(client, other), "stem": "别人的。"})
    refused = post(client, DAYS, mine)
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "别人已开始了一份稿件" in refused.text
    assert post(client, DAYS, fields(refused.text)).status_code == HTTPStatus.FOUND
    [(_, text)] = drafts(bank)
    assert question_in(text, "papers")[0]["stem"] == "别人的。"
    assert question_in(text, "days")[0]["stem"] == "我的。"


def test_a_draft_that_was_approved_meanwhile_keeps_what_was_typed(
    bank: Site, client: FlaskClient
) -> None:
    post(client, DAYS, {**shown(client), "stem": "一。"})
    mine = {**shown(client), "stem": "我的。"}
    [(draft, _)] = drafts(bank)
    with db.writing(bank.engine) as session:
        publishing_service.discard(session, draft.id, by=bank.actors["editor"], at=NOW)
    refused = post(client, DAYS, mine)
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "我的。" in refused.text


def test_a_new_question_of_a_case_joins_it(bank: Site, client: FlaskClient) -> None:
    sent = {**shown(client, NEW), **SINGLE, "case": "visit", "story": "张某来办事。"}
    answer = post(client, NEW, sent)
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    [(_, text)] = drafts(bank)
    entry, case = question_in(text, "new-one")
    assert case is not None
    assert case["stem"] == "张某来办事。"
    assert entry["stem"] == "几日内\n办结？\n"
    assert entry["tags"] == ["期限", "新旧"]
    assert entry["options"] == [
        {"text": "15 日", "correct": "true"},
        {"text": "30 日", "why": "那是旧的"},
    ]


def test_a_new_case_needs_its_story(bank: Site, client: FlaskClient) -> None:
    sent = {**shown(client, NEW), **SINGLE, "case": "+", "case_id": "second"}
    answer = post(client, NEW, sent)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "请写案例的情况" in answer.text
    post(client, NEW, {**sent, "story": "王某来办事。"})
    [(_, text)] = drafts(bank)
    assert question_in(text, "new-one")[1] == entries(text)[-1]


MISTAKES = {
    "id": ("Bad", "小写字母"),
    "competency": ("", "请选择能力项"),
    "stem": ("", "请写题干"),
    "explanation": ("", "请写为什么"),
    "cites-0": ("", "请至少引用一条依据"),
    "options-0-correct": ("", "没有标出正确的一项"),
    "marks": ("很多", "marks"),
    "stem ": ("坏\x01字", "控制字符"),
}


@pytest.mark.parametrize("wrong", MISTAKES)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    bank: Site, client: FlaskClient, wrong: str
) -> None:
    value, words = MISTAKES[wrong]
    sent = {**shown(client, NEW), **SINGLE, wrong.strip(): value}
    if wrong == "options-0-correct":
        del sent[wrong]
    answer = post(client, NEW, sent)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in answer.text
    assert "那是旧的" in answer.text
    assert drafts(bank) == []


def test_an_id_that_is_taken_is_told(bank: Site, client: FlaskClient) -> None:
    answer = post(client, NEW, {**shown(client, NEW), **SINGLE, "id": "days"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "已有" in answer.text
    assert drafts(bank) == []


@pytest.mark.usefixtures("bank")
def test_rows_come_go_and_move_by_buttons(client: FlaskClient) -> None:
    sent = {**shown(client, NEW), **SINGLE}

    def options(do: str) -> list[object]:
        answer = post(client, NEW, {**sent, "do": do})
        assert answer.status_code == HTTPStatus.OK
        got = fields(answer.text)
        rows = sum(name.endswith("-text") for name in got)
        return [got[f"options-{n}-text"] for n in range(rows)]

    assert options("add options") == ["15 日", "30 日", "", "", ""]
    assert options("remove options 0") == ["30 日", "", ""]
    assert options("down options 0") == ["30 日", "15 日", "", ""]
    assert options("up options 1") == ["30 日", "15 日", "", ""]
    far = f"up options {'9' * 5000}"
    for nonsense in (
        far,
        "up options 99",
        "up",
        "add csrf",
        "x y z",
        "down options -1",
    ):
        assert options(nonsense) == ["15 日", "30 日", "", ""], nonsense


@pytest.mark.usefixtures("bank")
def test_a_clause_is_picked_by_article_and_section(client: FlaskClient) -> None:
    sent = {**shown(client, NEW), **SINGLE, "article": "rules"}
    listed = post(client, NEW, {**sent, "do": "sections"})
    assert "第二条 材料" in listed.text
    cited = post(client, NEW, {**sent, "section": "papers", "do": "cite"}).text
    got = fields(cited)
    assert [got["cites-0"], got["cites-1"]] == ["rules#term", "rules#papers"]
    assert "《提取规定》第二条 材料" in cited
    left = post(client, NEW, {**sent, **got, "do": "remove cites 0"}).text
    assert fields(left)["cites-0"] == "rules#papers"


def test_the_preview_is_what_takers_see_and_saves_nothing(
    bank: Site, client: FlaskClient
) -> None:
    answer = post(client, NEW, {**shown(client, NEW), **SINGLE, "do": "preview"})
    face, _, rest = answer.text.partition("答案、解析和依据")
    assert "30 日" in face
    assert "那是旧的" not in face
    assert "那是旧的" in rest
    assert drafts(bank) == []


def test_a_formula_lays_out_its_inputs_and_every_combination(
    bank: Site, client: FlaskClient
) -> None:
    path = f"{NEW}?type=number"
    sent = shown(client, path) | SINGLE | {"day": "2026-03-02", "unit": "元"}
    sent |= {"formula": "loan-instalment"}
    sent["stem"] = "贷 {amount} 元，每月还多少？"
    laid = fields(post(client, path, {**sent, "do": "inputs"}).text)
    names = {
        laid[f"inputs-{n}-name"]: n for n in range(4) if f"inputs-{n}-name" in laid
    }
    assert {"principal", "years", "home"} <= set(names)
    given = {"principal": "{amount}", "years": "10", "home": "first"}
    filled = {f"inputs-{names[name]}-value": value for name, value in given.items()}
    more = post(client, path, {**laid, **filled, "do": "add values"})
    values = {"values-0-name": "amount", "values-0-values": "300000、500000"}
    sent = {**fields(more.text), **values}
    page = post(client, path, {**sent, "do": "preview"}).text
    assert "全部 2 种取值" in page
    assert "贷 300000 元" in page
    assert post(client, path, sent).status_code == HTTPStatus.FOUND
    [(_, text)] = drafts(bank)
    assert question_in(text, "new-one")[0]["values"] == {"amount": ["300000", "500000"]}


def test_a_question_is_taken_out_of_the_draft_alone(
    bank: Site, client: FlaskClient
) -> None:
    answer = post(client, f"{DAYS}/remove", shown(client), DAYS)
    assert answer.status_code == HTTPStatus.FOUND
    [(_, text)] = drafts(bank)
    assert "days" not in [entry["id"] for entry in entries(text)]
    gone = client.get(DAYS)
    assert gone.status_code == HTTPStatus.NOT_FOUND


def test_the_first_question_of_a_new_bank(site: Site, client: FlaskClient) -> None:
    rules_on(site)
    draft = draft_on(site, HEAD + EMPTY, "fresh")
    page = client.get(f"/banks/fresh?revision={draft.id}").text
    assert "这个题库还没有题" in page
    path = f"/banks/fresh/questions/new?revision={draft.id}"
    assert post(client, path, {**shown(client, path), **SINGLE}).status_code == 302
    [(_, text)] = drafts(site, "fresh")
    assert [entry["id"] for entry in entries(text)] == ["new-one"]


@pytest.mark.usefixtures("bank")
def test_what_is_no_bank_or_no_type_is_missing(site: Site, client: FlaskClient) -> None:
    draft_on(site, QUIZ, "first-quiz")
    for path in (
        f"{NEW}?type=poem",
        "/banks/rent/questions/gone",
        "/banks/first-quiz/questions/new",
        "/banks/rules/questions/new",
        "/banks/nothing/questions/new",
    ):
        assert client.get(path).status_code == HTTPStatus.NOT_FOUND, path


def test_an_approver_reads_but_does_not_write(bank: Site) -> None:
    browser = bank.browser("approver")
    assert "修改本题" not in browser.get("/banks/rent").text
    for path in (NEW, DAYS):
        assert browser.get(path).status_code == HTTPStatus.FORBIDDEN
