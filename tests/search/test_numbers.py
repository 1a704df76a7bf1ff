from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.search.domain.numbers import articles
from trainer.search.domain.numbers import count
from trainer.search.domain.numbers import document_numbers
from trainer.search.domain.numbers import forms


@pytest.mark.parametrize(
    ("one", "other", "form"),
    [
        ("建金2018 46号", "建金〔2018〕46号", "no46y2018"),
        ("建金[2018]46号文", "建金〔2018〕46号", "no46y2018"),
        ("建金 2016 二百三十号", "建金〔2016〕230号", "no230y2016"),
        ("46号文", "建金〔2018〕46号", "no46"),
        ("844号令", "国务院令第844号", "no844"),
        ("24条", "第二十四条", "art24"),
        ("条例四十九条", "第49条", "art49"),
        ("50万", "500000元", "yuan500000"),
        ("五十万", "500,000 元", "yuan500000"),
        ("1.5万", "15000元", "yuan15000"),
        ("六万八", "68000元", "yuan68000"),
        ("5万", "5—30万元", "yuan50000"),
        ("30万", "5—30万元", "yuan300000"),
        ("百分之十二", "12%", "pct12"),
        ("3.1%", "百分之三点一", "pct3p1"),
        ("5个点", "5%", "pct5"),
        ("半年", "6个月", "m6"),
        ("满六个月", "封存满半年", "m6"),
        ("一年半", "18个月", "m18"),
        ("180天", "6个月", "m6"),
        ("五天", "5日内", "d5"),
        ("3天", "3个工作日", "d3"),
        ("六十岁", "60周岁", "age60"),
    ],
)
def test_two_notations_meet_in_one_form(one: str, other: str, form: str) -> None:
    assert form in forms(one)
    assert form in forms(other)


def test_a_typed_number_needs_no_unit() -> None:
    assert forms("500000", typed=True) == ("yuan500000",)
    assert forms("3.1利率", typed=True) == ("pct3p1",)
    assert forms("500000") == ()


@pytest.mark.parametrize("text", ["2026年", "2026年9月20日", "9月20号", "2026", "第一"])
def test_dates_are_no_amounts_and_no_durations(text: str) -> None:
    assert forms(text, typed=True) == ()


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("46", 46),
        ("1,500", 1500),
        ("十", 10),
        ("十五", 15),
        ("二十四", 24),
        ("二百三十", 230),
        ("一百零五", 105),
        ("一百五", 150),
        ("八四四", 844),
        ("两", 2),
        ("千", 1000),
        ("", None),
        ("第", None),
    ],
)
def test_counts_are_read(words: str, number: int | None) -> None:
    assert count(words) == number


def test_years_and_several_numbers_are_told_apart() -> None:
    both = document_numbers("建金〔2018〕46号和建金〔2015〕19号")
    assert [(n.number, n.year) for n in both] == [(46, 2018), (19, 2015)]
    assert articles("第二十四条、第25条") == (24, 25)


CHINESE = "零一二三四五六七八九"


def written(number: int) -> str:
    """Write a number below ten thousand as laws do."""
    words = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += CHINESE[digit] + name
        elif words and number:
            words += "" if words.endswith("零") else "零"
    return words.removeprefix("一") if words.startswith("一十") else words


@given(st.integers(1, 9999))
@settings(max_examples=80)
def test_chinese_and_digits_are_the_same_number(number: int) -> None:
    assert count(written(number)) == count(str(number)) == number
    assert forms(f"第{written(number)}条") == forms(f"第{number}条")


@given(
    st.text(
        alphabet="第条号万元%年月日个半点0123456789一二十百千.,—（）〔〕 ", max_size=64
    )
)
@settings(max_examples=80)
def test_any_text_gives_words_of_letters_and_digits(text: str) -> None:
    for form in forms(text, typed=True):
        assert form.isalnum()
        assert form.isascii()
