from __future__ import annotations

from datetime import date

import pytest

from trainer.search.domain.clarify import Clarifying
from trainer.search.domain.clarify import Topic

DAY = date(2026, 10, 1)
CLARIFYING = Clarifying(
    specific=frozenset({"租房", "装修"}),
    topics=(
        Topic("提取", ("提取", "取钱"), ("租房提取", "离职提取")),
        Topic("贷款", ("贷款",), ("异地贷款",)),
    ),
    turns=(date(2020, 1, 1), date(2026, 9, 20), date(2027, 1, 1)),
)


@pytest.mark.parametrize("text", ["我要取钱", "需要几天", "我要取5万", "3天能办好吗"])
def test_without_a_business_word_a_question_is_vague(text: str) -> None:
    assert CLARIFYING.is_vague(text)


@pytest.mark.parametrize("text", ["租房能取吗", "第24条", "46号文", "60岁", "12%"])
def test_a_business_word_or_a_telling_number_makes_it_clear(text: str) -> None:
    assert not CLARIFYING.is_vague(text)


def test_three_things_are_asked_each_with_a_question_to_go_on_with() -> None:
    business, place, day = CLARIFYING.choices("我要取钱", DAY)
    assert [o.words for o in business.options] == [
        "租房提取 我要取钱",
        "离职提取 我要取钱",
    ]
    assert [o.words for o in place.options] == ["我要取钱 本市", "我要取钱 异地"]
    assert [o.on for o in day.options] == [DAY, date(2026, 9, 19)]
    assert {o.on for o in business.options} == {DAY}


def test_who_names_no_line_chooses_among_the_lines() -> None:
    business = CLARIFYING.choices("需要几天", DAY)[0]
    assert [option.label for option in business.options] == ["提取", "贷款"]


def test_before_the_first_change_there_is_one_day_to_choose() -> None:
    day = CLARIFYING.choices("需要几天", date(2019, 1, 1))[2]
    assert len(day.options) == 1
