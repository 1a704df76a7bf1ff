"""Writing items by a form: nothing needs a script, nothing approved changes."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from tests.checklists.lists import AGENT
from tests.checklists.lists import PARENTS
from tests.checklists.lists import checklist
from tests.checklists.lists import item
from tests.checklists.pages import articles_on
from tests.checklists.pages import draft_on
from tests.checklists.pages import drafts
from tests.checklists.pages import list_on
from tests.checklists.pages import spine_on
from tests.quizzes.bank_pages import fields
from tests.sites import Site
from tests.sites import post
from trainer.checklists.domain.checklist import parse
from trainer.checklists.domain.editing import EMPTY
from trainer.checklists.domain.editing import item_in
from trainer.checklists.domain.editing import with_item
from trainer.checklists.forms.items import ItemForm
from trainer.kit import db
from trainer.publishing import queries as publishing
from trainer.publishing.domain.lifecycle import Status

LIST = "/checklists/rent-errors"
PARENT, NEW = f"{LIST}/items/parents-home", f"{LIST}/items/new"
BEGIN = "/checklists/new/checklist"
WRITTEN = {
    "id": "new-one",
    "business": ["withdraw.rent", "withdraw.purchase"],
    "step": "verify",
    "severity": "ban",
    "causes": ["date", "materials"],
    "competency": "P5",
    "when_person": ["agent", "heir"],
    "start": "2026-01-01",
    "wrong": "没看\r\n日期",
    "check": "先看日期\r\n再看材料",
    "say": "",
    "cites-0": "rent-withdrawal#conditions",
}
HEAD = {
    "slug": "loan-errors",
    "title": "贷款易错清单",
    "line": "loan",
    "owner": "loan-desk",
    "review_every_days": "180",
    "effective_from": "2026-12-01",
    "evidence": "B",
    "source": "各条所引条款",
}


@pytest.fixture
def listed(site: Site) -> Site:
    """A list in force, and the articles it cites."""
    spine_on(site)
    articles_on(site)
    list_on(site)
    return site


def shown(client: FlaskClient, path: str = PARENT) -> dict[str, object]:
    page = client.get(path)
    assert page.status_code == HTTPStatus.OK, page.text
    return fields(page.text)


@pytest.mark.parametrize("text", [PARENTS, AGENT, item("other", severity="ban")])
def test_a_form_gives_back_what_it_shows(text: str) -> None:
    before = parse(checklist(text)).checklist
    assert before is not None
    [own] = before.items
    entry = item_in(checklist(text), own.id)
    again = ItemForm(data=ItemForm.data_of(entry)).entry()
    after = parse(with_item(checklist(text), again, own.id)).checklist
    assert after is not None
    assert again["cites"] == entry["cites"]
    assert replace(after.items[0], cites=(), line=0) == replace(own, cites=(), line=0)


def test_a_change_begins_a_draft_and_leaves_what_is_approved(
    listed: Site, client: FlaskClient
) -> None:
    answer = post(client, PARENT, {**shown(client), "wrong": "看错了人"})
    [(draft, text)] = drafts(listed)
    assert answer.location == f"{LIST}?revision={draft.id}#parents-home"
    assert item_in(text, "parents-home")["wrong"] == "看错了人"
    assert draft.effective_from.isoformat() == "2026-11-22"
    assert draft.header.change_note == "修改 parents-home"
    assert text.split("- id:")[2] == checklist().split("- id:")[2]
    with db.reading(listed.engine) as session:
        held = publishing.version(
            session, "rent-errors", 1, reader=listed.actors["editor"]
        )
        assert publishing.text(session, held) == checklist()
    assert "看错了人" in client.get(answer.location).text


def test_the_next_change_goes_into_the_same_draft(
    listed: Site, client: FlaskClient
) -> None:
    post(client, PARENT, {**shown(client), "wrong": "第一次"})
    other = f"{LIST}/items/agent-without-mandate"
    page = client.get(other).text
    assert "写进 2026-11-22 起施行的那份在办稿件" in page
    post(client, other, {**fields(page), "wrong": "第二次"})
    [(draft, text)] = drafts(listed)
    assert (draft.edit, draft.status) == (2, Status.DRAFT)
    keys = ("parents-home", "agent-without-mandate")
    assert [item_in(text, key)["wrong"] for key in keys] == ["第一次", "第二次"]


def test_every_key_can_be_written(listed: Site, client: FlaskClient) -> None:
    answer = post(client, NEW, {**shown(client, NEW), **WRITTEN})
    assert answer.status_code == HTTPStatus.FOUND, answer.text
    [(_, text)] = drafts(listed)
    assert item_in(text, "new-one") == {
        "id": "new-one",
        "business": ["withdraw.rent", "withdraw.purchase"],
        "step": "verify",
        "severity": "ban",
        "causes": ["date", "materials"],
        "competency": "P5",
        "when": {"person": ["agent", "heir"], "from": "2026-01-01"},
        "wrong": "没看 日期",
        "check": "先看日期\n再看材料\n",
        "cites": ["rent-withdrawal#conditions"],
    }
    assert text.endswith("cites: [rent-withdrawal#conditions]\n")


def test_two_editors_lose_nothing(listed: Site, client: FlaskClient) -> None:
    post(client, PARENT, {**shown(client), "wrong": "原来的"})
    mine = shown(client)
    post(client, PARENT, {**shown(client), "wrong": "别人的"})
    refused = post(client, PARENT, {**mine, "wrong": "我的"})
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "别人已保存过" in refused.text
    assert "wrong: 别人的" in refused.text
    again = fields(refused.text)
    assert again["wrong"] == "我的"
    assert post(client, PARENT, again).status_code == HTTPStatus.FOUND
    [(_, text)] = drafts(listed)
    assert item_in(text, "parents-home")["wrong"] == "我的"


def test_a_draft_that_somebody_began_meanwhile_is_not_doubled(
    listed: Site, client: FlaskClient
) -> None:
    mine = {**shown(client), "wrong": "我的"}
    post(client, NEW, {**shown(client, NEW), **WRITTEN})
    refused = post(client, PARENT, mine)
    assert refused.status_code == HTTPStatus.CONFLICT
    assert "别人已开始了一份稿件" in refused.text
    assert post(client, PARENT, fields(refused.text)).status_code == HTTPStatus.FOUND
    [(_, text)] = drafts(listed)
    assert item_in(text, "parents-home")["wrong"] == "我的"
    assert item_in(text, "new-one")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("id", "", "请写条目标识"),
        ("id", "大写", "标识只能用小写字母"),
        ("business", [], "请至少选一项业务"),
        ("step", "", "请选择步骤"),
        ("causes", [], "请选一到三个错因"),
        ("causes", ["date", "region", "person", "channel"], "请选一到三个错因"),
        ("competency", "", "请选择能力项"),
        ("wrong", "", "请写会错在哪里"),
        ("check", "", "请写怎么查"),
        ("cites-0", "", "请至少引用一条依据"),
        ("end", "2020-01-01", "“from”应早于“before”"),
    ],
)
@pytest.mark.usefixtures("listed")
def test_what_is_missing_or_cannot_be_is_said_and_nothing_is_lost(
    listed: Site, client: FlaskClient, field: str, value: object, told: str
) -> None:
    sent = {**shown(client, NEW), **WRITTEN, "say": "说一句", field: value}
    answer = post(client, NEW, sent)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in answer.text
    assert "说一句" in answer.text
    assert drafts(listed) == []


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id": "parents-home"}, "已有"),
        ({"step": "gone"}, "gone"),
        ({"wrong": "不可见\x07的字"}, "看不见的控制字符"),
    ],
)
def test_what_the_whole_list_forbids_is_said(
    client: FlaskClient, changes: dict[str, object], told: str
) -> None:
    answer = post(client, NEW, {**shown(client, NEW), **WRITTEN, **changes})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in answer.text


def test_a_preview_keeps_nothing(listed: Site, client: FlaskClient) -> None:
    sent = {**shown(client, NEW), **WRITTEN, "do": "preview"}
    page = post(client, NEW, sent).text
    assert "窗口看到的样子" in page
    assert '<article class="item ban" id="new-one">' in page
    assert "只在：来办的人是代办人、继承人；日期不早于 2026-01-01" in page
    assert drafts(listed) == []
    page = post(client, NEW, {**sent, "causes": []}).text
    assert "窗口看到的样子" not in page
    assert "还有地方要改" in page


@pytest.mark.usefixtures("listed")
def test_clauses_and_businesses_are_chosen_without_a_script(
    client: FlaskClient,
) -> None:
    sent: dict[str, object] = {**shown(client), "article": "withdrawal-by-agent"}
    page = post(client, PARENT, {**sent, "do": "sections"}).text
    assert '<option value="conditions"' in page
    sent = {**fields(page), "section": "conditions", "do": "cite"}
    page = post(client, PARENT, sent).text
    assert "《代办提取》条件" in page
    sent = {**fields(page), "do": "remove cites 0"}
    page = post(client, PARENT, sent).text
    assert fields(page)["cites-0"] == "withdrawal-by-agent#conditions"
    sent = {**fields(page), "more": "loan.quota", "do": "business"}
    page = post(client, PARENT, sent).text
    assert fields(page)["business"] == ["withdraw.rent", "loan.quota"]


@pytest.mark.usefixtures("listed")
def test_only_articles_are_offered_to_be_cited(client: FlaskClient) -> None:
    page = client.get(PARENT).text
    assert '<option value="rent-withdrawal"' in page
    assert '<option value="rent-errors"' not in page


def test_an_item_is_taken_out_of_a_draft(listed: Site, client: FlaskClient) -> None:
    answer = post(client, f"{PARENT}/remove", shown(client), page=PARENT)
    [(draft, text)] = drafts(listed)
    assert answer.location == f"{LIST}?revision={draft.id}"
    assert "id: parents-home" not in text
    assert draft.header.change_note == "删去 parents-home"


def test_the_last_item_gone_leaves_a_list_that_cannot_be_submitted(
    listed: Site, client: FlaskClient
) -> None:
    for key in ("parents-home", "agent-without-mandate"):
        path = f"{LIST}/items/{key}"
        post(client, f"{path}/remove", shown(client, path), page=path)
    [(draft, text)] = drafts(listed)
    assert text.endswith(EMPTY)
    page = client.get(f"{LIST}?revision={draft.id}").text
    assert "至少写一条才能送审" in page


def test_an_item_moves_up_in_a_draft(site: Site, client: FlaskClient) -> None:
    spine_on(site)
    draft = draft_on(site, checklist(PARENTS, AGENT, item("third")))
    page = f"{LIST}?revision={draft.id}"
    moved = f"{LIST}/items/third/move?revision={draft.id}"
    sent = {"do": "up", "based_on": draft.edit}
    assert post(client, moved, sent, page=page).location == f"{page}#third"
    [(_, text)] = drafts(site)
    found = parse(text).checklist
    assert found is not None
    assert [i.id for i in found.items] == [
        "third",
        "parents-home",
        "agent-without-mandate",
    ]
    stale = post(client, moved, sent, page=page)
    assert stale.status_code == HTTPStatus.CONFLICT


def test_a_list_begins_by_a_form(site: Site, client: FlaskClient) -> None:
    spine_on(site)
    answer = post(client, BEGIN, HEAD)
    [(draft, text)] = drafts(site, "loan-errors")
    assert answer.location == (f"/checklists/loan-errors/items/new?revision={draft.id}")
    assert text.endswith(EMPTY)
    assert "写第一条" in client.get(answer.location).text
    page = client.get(f"/checklists/loan-errors?revision={draft.id}").text
    assert "这份清单还没有条目" in page
    assert post(client, BEGIN, HEAD).status_code == HTTPStatus.CONFLICT


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", "", "请写名称"),
        ("slug", "大写", "标识只能用小写字母"),
        ("review_every_days", "7", "应在 30 到 730 天之间"),
        ("title", "看不见\x07", "看不见的控制字符或乱码"),
        ("source", "乱码\ufffd", "看不见的控制字符或乱码"),
    ],
)
def test_a_list_that_cannot_begin_says_why(
    client: FlaskClient, field: str, value: str, told: str
) -> None:
    answer = post(client, BEGIN, {**HEAD, field: value})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in answer.text
    assert "loan-desk" in answer.text


def test_nothing_else_begins_here(client: FlaskClient) -> None:
    assert client.get("/checklists/new/quiz").status_code == HTTPStatus.NOT_FOUND
