from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.kit.index import normalise
from trainer.search.domain.question import LONGEST
from trainer.search.domain.question import Question


def read(raw: str) -> Question:
    return Question.of(raw, normalise)


def test_width_case_script_and_marks_are_unified() -> None:
    assert read("　ＺＦＴＱ　提取？！").text == "zftq 提取"
    assert read("住房公積金").text == "住房公积金"
    assert read("租房,提取。条件").text == "租房 提取 条件"


def test_notations_of_numbers_survive() -> None:
    assert read("建金〔2018〕46号 1.5% 第24条（三）").text == (
        "建金〔2018〕46号 1.5% 第24条(三)"
    )


def test_quoted_words_must_be_there() -> None:
    assert read('租房 "无房证明"').must == ("无房证明",)
    assert read("“承诺书”“发票”").must == ("承诺书", "发票")
    assert read('没有结束的 "引号').must == ()
    assert read('空的 "" 引号').must == ()


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    question = read("租" * 500)
    assert len(question.raw) == len(question.text) == LONGEST


@pytest.mark.parametrize("raw", ["", "   ", "？？", "z", '""', "*"])
def test_nothing_to_look_for_is_empty(raw: str) -> None:
    assert read(raw).is_empty


@pytest.mark.parametrize("raw", ["租", "zf", "5", "24条"])
def test_a_character_a_digit_or_two_letters_are_a_question(raw: str) -> None:
    assert not read(raw).is_empty


@given(st.text(max_size=200))
@settings(max_examples=80)
def test_any_text_can_be_read(raw: str) -> None:
    question = read(raw)
    assert len(question.text) <= LONGEST
    assert question.text == " ".join(question.text.split())
