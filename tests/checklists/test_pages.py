"""Finding items, one list as a clerk sees it, on paper, and beside an answer card."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from tests.apps import NOW
from tests.checklists.lists import HEADER
from tests.checklists.lists import PARENTS
from tests.checklists.lists import checklist
from tests.checklists.lists import item
from tests.checklists.pages import articles_on
from tests.checklists.pages import draft_on
from tests.checklists.pages import list_on
from tests.checklists.pages import spine_on
from tests.knowledge.desks import counted
from tests.sites import Site
from tests.sites import post
from trainer.kit import db
from trainer.publishing import queries
from trainer.publishing import service as publishing

HOME, LIST = "/checklists/", "/checklists/rent-errors"
CARD = "/articles/rent-withdrawal"
BEFORE, LATER = "?on=2026-09-01", "?on=2026-12-01"
ITEM = re.compile(r'<article class="item (\w+)" id="([^"]+)"')
WRONG = re.compile(r"<h3><span[^>]*>([^<]+)</span> <span>([^<]+)</span>")
NEW = checklist(
    PARENTS.replace("只核本人", "只查本人"),
    item("third"),
    header=HEADER.replace("2026-09-20", "2026-12-20").replace(
        "evidence: B", "evidence: B\nchange_kind: substance\nchange_note: 条例改了"
    ),
)
"""From 20 December: one item says something else, one is new, one is gone."""


@pytest.fixture
def filled(site: Site) -> Site:
    """A list in force on a site with lines and steps, and the articles it rests on."""
    spine_on(site)
    articles_on(site)
    list_on(site)
    return site


@pytest.fixture
def clerk(filled: Site) -> FlaskClient:
    return filled.browser("clerk")


def items(page: str) -> list[tuple[str, str]]:
    return ITEM.findall(page)


# Finding items


def test_without_lists_it_says_why(site: Site, client: FlaskClient) -> None:
    assert 'href="/checklists/new/checklist"' in client.get(HOME).text
    page = site.browser("clerk").get(HOME).text
    assert "这一天还没有生效的易错清单" in page
    assert "/checklists/new" not in page


def test_lines_and_businesses_are_counted(clerk: FlaskClient) -> None:
    page = clerk.get(HOME).text
    assert "提取</a> <small" in page
    assert "2 条" in page
    assert re.search(r"business=withdraw.purchase[^>]*>购房提取 <small[^>]*>1<", page)
    assert "贷款</a>" not in page
    assert "租房提取易错清单" in page


def test_what_is_not_in_force_on_the_day_is_not_found(clerk: FlaskClient) -> None:
    assert "这一天还没有生效的易错清单" in clerk.get(HOME + BEFORE).text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?line=withdraw", ["把父母名下", "代办人没有"]),
        ("?business=withdraw.purchase", ["代办人没有"]),
        ("?step=verify", ["把父母名下"]),
        ("?severity=risk", ["代办人没有"]),
        ("?cause=property", ["把父母名下"]),
        ("?words=委托书", ["代办人没有"]),
        ("?article=withdrawal-by-agent", ["代办人没有"]),
        ("?words=没有这样的字", []),
        ("?line=nonsense&part=99", []),
    ],
)
def test_a_filter_narrows_what_is_shown(
    clerk: FlaskClient, asked: str, found: list[str]
) -> None:
    page = clerk.get(HOME + asked).text
    shown = {words[:5] for _, words in WRONG.findall(page)}
    assert shown == set(found)
    assert ("没有符合条件的条目" in page) == (not found)


def test_items_stand_by_business_and_step(clerk: FlaskClient) -> None:
    page = clerk.get(HOME + "?line=withdraw").text
    heads = re.findall(r'<h2 class="mt-0">([^<]+) <small[^>]*>([^<]+)<', page)
    assert heads == [("租房提取", "受理接件"), ("租房提取", "核验")]
    assert "租房提取 2</a>" in page
    assert "核验 1</a>" in page


def test_the_filter_of_an_article_says_which_and_can_be_taken_away(
    clerk: FlaskClient,
) -> None:
    page = clerk.get(HOME + "?article=rent-withdrawal&step=verify").text
    assert "与《租房提取》有关的条目" in page
    assert "不限这一篇" in page
    assert "与《" not in clerk.get(HOME + "?article=nobody-knows&step=verify").text


def test_a_long_list_comes_in_parts_and_asks_the_database_little(
    filled: Site, clerk: FlaskClient
) -> None:
    address = HOME + "?line=withdraw"
    with counted(filled.engine) as few:
        clerk.get(address)
    for n in range(6):
        text = checklist(*(item(f"more-{n}-{k}") for k in range(20)))
        list_on(filled, text, f"list-{n}")
    with counted(filled.engine) as many:
        page = clerk.get(address).text
    assert len(WRONG.findall(page)) == 50
    assert "第 1 页，共 3 页" in page
    assert len(many) <= len(few) + 1  # the list in force is read once more
    assert len(many) <= 12


# One list


def test_a_list_shows_its_items_by_step(clerk: FlaskClient) -> None:
    page = clerk.get(LIST).text
    assert items(page) == [
        ("risk", "agent-without-mandate"),
        ("error", "parents-home"),
    ]
    assert "只在：来办的人是代办人" in page
    assert "错因：房屋类型弄错、条件说不全" in page
    assert "现行有效" in page
    assert "待核实" in page
    assert "2026-09-20 起施行" in page


def test_clauses_are_those_of_the_day(clerk: FlaskClient) -> None:
    link = "/articles/rent-withdrawal?on={}#conditions"
    assert link.format("2026-12-01") in clerk.get(LIST + LATER).text
    page = clerk.get(f"{LIST}?on=2026-10-01").text
    assert link.format("2026-10-01") in page
    assert "《租房提取》条件" in page


def test_only_who_writes_is_told_what_is_stale(
    filled: Site, clerk: FlaskClient
) -> None:
    stale = "条款已变，待复核"
    assert stale not in clerk.get(LIST + LATER).text
    editor = filled.browser("editor")
    assert editor.get(LIST + LATER).text.count(stale) == 2
    assert stale not in editor.get(LIST).text


def test_before_its_first_day_and_after_it_says_so(
    filled: Site, clerk: FlaskClient
) -> None:
    assert "这一天还没有起用" in clerk.get(LIST + BEFORE).text
    ends = HEADER.replace("evidence: B", "evidence: B\neffective_to: 2026-10-01")
    list_on(filled, checklist(header=ends), "ended")
    page = clerk.get("/checklists/ended").text
    assert "已经停用" in page
    assert "至 2026-09-30 止" in page


def test_what_is_new_is_told(filled: Site, clerk: FlaskClient) -> None:
    list_on(filled, NEW)
    assert "2026-12-20 起换成新的一份" in clerk.get(LIST).text
    page = clerk.get(f"{LIST}?on=2026-12-20").text
    assert "和第 1 版比：新增 1 条，改 1 条，去掉 1 条" in page
    assert "条例改了" in page
    assert "代办人没有经公证的委托书" in page
    assert page.count("有改动</span>") == 1
    assert page.count("新增</span>") == 1
    assert "逐字对比" not in page
    assert "逐字对比" in filled.browser("editor").get(f"{LIST}?on=2026-12-20").text


def test_a_correction_is_compared_with_what_it_corrects(filled: Site) -> None:
    again = HEADER.replace(
        "evidence: B", "evidence: B\nsupersedes: 2026-09-20\nchange_kind: typo"
    )
    list_on(filled, checklist(PARENTS, header=again))
    page = filled.browser("clerk").get(LIST).text
    assert "和第 1 版比：新增 0 条，改 0 条，去掉 1 条" in page


def test_a_draft_is_for_who_writes(filled: Site, clerk: FlaskClient) -> None:
    draft = draft_on(filled, NEW)
    asked = f"{LIST}?revision={draft.id}"
    assert clerk.get(asked).status_code == HTTPStatus.NOT_FOUND
    page = filled.browser("editor").get(asked).text
    assert "草稿" in page
    assert [key for _, key in items(page)] == ["parents-home", "third"]
    assert "有一份在办稿件" in filled.browser("editor").get(LIST).text
    assert "有一份在办稿件" not in clerk.get(LIST).text


@pytest.mark.parametrize("slug", ["nothing", "rent-withdrawal"])
def test_what_is_no_list_is_not_there(clerk: FlaskClient, slug: str) -> None:
    answer = clerk.get(f"/checklists/{slug}")
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "没有这份易错清单" in answer.text


def test_a_list_that_was_withdrawn_is_gone_for_a_clerk(
    filled: Site, clerk: FlaskClient
) -> None:
    with db.writing(filled.engine) as session:
        key = _held(filled)
        publishing.withdraw(session, key, "写错", by=filled.actors["approver"], at=NOW)
    assert clerk.get(LIST).status_code == HTTPStatus.NOT_FOUND
    assert "已撤回" in filled.browser("editor").get(LIST).text


def test_the_address_of_an_article_leads_to_the_list(clerk: FlaskClient) -> None:
    assert clerk.get("/articles/rent-errors").location == LIST
    assert clerk.get("/articles/rent-errors/versions").status_code == (
        HTTPStatus.NOT_FOUND
    )


def test_a_list_can_be_flagged_as_a_card_can(filled: Site, clerk: FlaskClient) -> None:
    sent = {"revision": _held(filled), "on": "2026-11-22", "words": "第二条不对"}
    answer = post(clerk, "/cases/flags", {**sent, "back": LIST}, page=LIST)
    assert answer.location == LIST
    page = clerk.get("/cases/flags/mine").text
    assert "第二条不对" in page
    assert "租房提取易错清单" in page


# On paper


def test_on_paper_there_is_no_frame(clerk: FlaskClient) -> None:
    page = clerk.get(f"{LIST}/print").text
    assert 'class="side"' not in page
    assert "怎么查：只核本人" in page
    assert "依据：《租房提取》条件" in page
    assert "待核实：部分依据还没有核对官方原文" in page
    assert "2026-11-22 打印" in page
    assert "注意" not in page
    assert "才起用" in clerk.get(f"{LIST}/print{BEFORE}").text


def test_a_draft_on_paper_says_that_it_is_one(filled: Site) -> None:
    draft = draft_on(filled, NEW)
    page = filled.browser("editor").get(f"{LIST}/print?revision={draft.id}").text
    assert "稿件，还没有发布" in page


# Beside an answer card


def test_a_card_shows_what_goes_wrong_worst_first(clerk: FlaskClient) -> None:
    page = clerk.get(CARD).text
    panel = page[page.index("这项业务容易错在") :]
    assert panel.index("代办人没有") < panel.index("把父母名下")
    assert f"{LIST}?on=2026-11-22#parents-home" in panel
    assert "看全部" not in panel


def test_of_many_items_a_card_shows_five_and_leads_to_the_others(
    filled: Site, clerk: FlaskClient
) -> None:
    more = checklist(*(item(f"more-{n}", severity="ban") for n in range(6)))
    list_on(filled, more, "more")
    panel = clerk.get(CARD).text.split("这项业务容易错在")[1]
    assert panel.count("<li>") == 5
    assert "看全部 8 条" in panel
    assert "/checklists/?article=rent-withdrawal" in panel


@pytest.mark.parametrize(
    "asked", [CARD + "?on=2026-09-10", "/articles/withdrawal-by-agent?on=2026-09-02"]
)
def test_a_card_shows_items_in_force_on_its_day_only(
    clerk: FlaskClient, asked: str
) -> None:
    assert "这项业务容易错在" not in clerk.get(asked).text


def _held(site: Site) -> int:
    with db.reading(site.engine) as session:
        reader = site.actors["editor"]
        return queries.version(session, "rent-errors", 1, reader=reader).id
