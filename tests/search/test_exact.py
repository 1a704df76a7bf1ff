from __future__ import annotations

import pytest

from trainer.search.domain.exact import Named
from trainer.search.domain.exact import Names
from trainer.search.domain.exact import Pin
from trainer.search.domain.exact import Why
from trainer.search.domain.marks import CARD

NAMES = Names(
    [
        Named(
            slug="regulations",
            title="住房公积金管理条例",
            others=("公积金条例",),
            is_regulation=True,
        ),
        Named(slug="notice", title="关于租房的通知", is_regulation=True),
        Named(slug="rent", title="租房提取住房公积金", businesses=("租房提取",)),
        Named(slug="limits", title="租房提取限额、缴存基数", businesses=("缴存基数",)),
        Named(slug="base", title="基数调整", businesses=("缴存基数",)),
        Named(slug="online", title="线上提示", messages=("缴存时间不满足要求", "短")),
    ]
)


def pins(text: str) -> list[tuple[Why, tuple[str, ...]]]:
    return [(pin.why, pin.marks) for pin in NAMES.pins(text)]


def test_a_title_names_its_article_with_or_without_the_words_people_leave_out() -> None:
    card = ("qinrent", CARD)
    assert pins("租房提取住房公积金") == [(Why.TITLE, card)]
    assert pins("租房提取") == [(Why.TITLE, card)]
    assert pins("《租房提取》公积金") == [(Why.TITLE, card)]


def test_a_business_names_its_article_unless_several_share_it() -> None:
    alone = Names([Named(slug="sealing", title="封存与启封", businesses=("封存",))])
    assert alone.pins("封存") == (Pin(Why.BUSINESS, ("qinsealing", CARD)),)
    both = Names(
        Named(slug=slug, title=slug, businesses=("缴存",)) for slug in ("甲", "乙")
    )
    assert both.pins("缴存") == ()


def test_a_half_typed_name_is_enough_when_only_one_begins_so() -> None:
    assert pins("基数调") == [(Why.TITLE, ("qinbase", CARD))]
    assert pins("租房") == []


@pytest.mark.parametrize("text", ["建金2018 46号", "建金〔2018〕46号"])
def test_a_document_number_names_the_text_that_bears_it(text: str) -> None:
    assert pins(text) == [(Why.NUMBER, ("qno46y2018", CARD))]


def test_a_clause_of_a_named_regulation_comes_before_the_whole() -> None:
    assert pins("条例第二十四条") == [(Why.CLAUSE, ("qinregulations", "qis24"))]
    assert pins("公积金条例24条（三）") == [
        (Why.CLAUSE, ("qinregulations", "qis24i3")),
        (Why.CLAUSE, ("qinregulations", "qis24")),
    ]
    assert pins("148号文第七条") == [
        (Why.CLAUSE, ("qno148", "qis7")),
        (Why.NUMBER, ("qno148", CARD)),
    ]


def test_a_clause_alone_is_looked_for_in_any_regulation() -> None:
    assert pins("第二十四条") == [(Why.CLAUSE, ("qis24",))]
    assert pins("第24条(六)项") == [
        (Why.CLAUSE, ("qis24i6",)),
        (Why.CLAUSE, ("qis24",)),
    ]
    assert pins("二十四条讲租房吗") == []


def test_a_pasted_message_finds_its_article() -> None:
    found = [(Why.MESSAGE, ("qinonline", "qsecmessages"))]
    assert pins("缴存时间不满足要求") == found
    assert pins("系统弹出:缴存时间不满足要求,请核对") == found
    assert pins("缴存时间不满足") == found
    assert pins("短") == []


def test_an_ordinary_question_names_nothing() -> None:
    assert pins("房东不肯给合同怎么办") == []
    assert pins("") == []
