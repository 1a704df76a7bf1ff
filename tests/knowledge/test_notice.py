"""一次性告知单: what may stand on it, what is printed, and that nothing is asked."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import CLERK
from tests.factories import make_approved
from tests.factories import make_text
from tests.sites import Site
from trainer.kit import db
from trainer.kit import markup
from trainer.knowledge import queries
from trainer.knowledge.domain.notice import Notice
from trainer.knowledge.domain.notice import notice_of

BODY = """\
## 一句话结论 {#answer}

无房租房可提。

## 要件清单 {#materials}

- 身份证**原件**
- 无房证明

## 大白话话术 {#plain}

没房又在租房，就能提。

## 办不了时怎么办 {#alternatives}

没缴满三个月的，缴满再来。

## 主动提示 {#proactive}

- 买房后要停
- 造假要退回
"""
FULL = Notice(("甲", "乙"), ("丙",), ("丁", "戊"), "大白话")
PATH = "/articles/rent-withdrawal/notice"


@pytest.fixture
def filled(site: Site) -> Site:
    with db.writing(site.engine) as session:
        make_approved(session, make_text(body=BODY, evidence="B"))
    return site


@pytest.fixture
def clerk(filled: Site) -> FlaskClient:
    return filled.browser("clerk")


def test_only_what_was_ticked_is_on_the_sheet() -> None:
    ticked = {("materials", 2), ("proactive", 1), ("proactive", 9), ("other", 1)}
    assert FULL.picked(ticked, plain=False) == Notice(("乙",), (), ("丁",), "")
    assert FULL.picked(set(), plain=True).plain == "大白话"
    assert FULL.picked(set(), plain=False).is_empty
    assert not FULL.is_empty


def test_a_card_gives_its_faces_as_words_without_marks(session: Session) -> None:
    revision = make_approved(session, make_text(body=BODY))
    day = revision.effective_from
    card = queries.card_on(session, revision.slug, day, reader=CLERK)
    assert notice_of(card, markup.plain) == Notice(
        materials=("身份证原件", "无房证明"),
        alternatives=("没缴满三个月的，缴满再来。",),
        proactive=("买房后要停", "造假要退回"),
        plain="没房又在租房，就能提。",
    )
    bare = replace(card, sections=())
    assert notice_of(bare, markup.plain).is_empty


def test_the_form_offers_the_materials_and_asks_nothing_of_the_citizen(
    clerk: FlaskClient,
) -> None:
    page = clerk.get(f"{PATH}?on=2026-09-20").text
    assert re.search(r'name="materials" value="2"> <span>无房证明', page)
    assert "没缴满三个月的" in page
    form = page.split('<form class="sheet"')[1].split("</form>")[0]
    kinds = set(re.findall(r'<input[^>]*type="(\w+)"', form))
    assert kinds == {"hidden", "checkbox"}


def test_the_sheet_has_what_was_ticked_the_version_the_days_and_a_code(
    clerk: FlaskClient,
) -> None:
    sheet = clerk.get(
        f"{PATH}/sheet?on=2026-09-21&version=1&materials=2&proactive=1"
    ).text
    assert "<li>无房证明</li>" in sheet
    assert "身份证" not in sheet
    assert "买房后要停" in sheet
    assert "造假要退回" not in sheet
    assert "就能提。" not in sheet
    assert "业务日期 2026-09-21" in sheet
    assert "2026-09-20 起施行" in sheet
    assert "第 1 版" in sheet
    assert "2026-11-22 打印" in sheet
    assert "待核实" in sheet
    assert "公积金窗口助手" in sheet
    assert 'src="data:image/svg+xml' in sheet
    assert "searchbox" not in sheet


def test_ticks_of_another_version_are_asked_again(clerk: FlaskClient) -> None:
    answer = clerk.get(f"{PATH}/sheet?on=2026-09-21&version=7&materials=2")
    assert answer.status_code == 302
    assert answer.location == f"{PATH}?on=2026-09-21"


def test_a_day_before_the_first_wording_is_marked(clerk: FlaskClient) -> None:
    sheet = clerk.get(f"{PATH}/sheet?on=2026-09-19&version=1&plain=1").text
    assert "还没有生效" in sheet
    assert "就能提。" in sheet


def test_an_article_without_such_faces_says_so(site: Site) -> None:
    with db.writing(site.engine) as session:
        make_approved(session)
    page = site.browser("clerk").get(f"{PATH}?on=2026-09-20").text
    assert "打不出告知单" in page


def test_who_may_not_see_the_article_gets_no_notice(filled: Site) -> None:
    assert filled.browser().get(PATH).status_code == 302
    clerk = filled.browser("clerk")
    assert clerk.get("/articles/other/notice").status_code == 404
    assert clerk.get("/articles/other/notice/sheet").status_code == 404
