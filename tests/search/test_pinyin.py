from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.search.words import lexicon
from trainer.search.domain.pinyin import MOST_LETTERS
from trainer.search.domain.pinyin import Pinyin

PINYIN = Pinyin(lexicon(), known={"app"})


def read(text: str) -> str:
    for meaning in PINYIN.meanings(text):
        text = text.replace(meaning.typed, meaning.text, 1)
    return text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zftq", "租房提取"),
        ("gjjdk", "公积金贷款"),
        ("zufangtiqu", "租房提取"),
        ("zufang tiqu", "租房提取"),
        ("zu'fang'ti'qu", "租房提取"),
        ("tuixiutiqu", "退休提取"),
        ("lizhi duojiu nengqu", "离职多久能取"),
        ("sftq", "首付提取"),
        ("zufangt", "租房提取"),
        ("jzd", "加装电梯"),
    ],
)
def test_letters_are_read_as_our_words(typed: str, meant: str) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("租房t", "租房提取"),
        ("租房tiqu", "租房提取"),
        ("租房tq", "租房提取"),
        ("租房tiq", "租房提取"),
        ("我要租房t", "我要租房提取"),
        ("退xiu", "退休"),
        ("补j", "补缴"),
        ("加装d", "加装电梯"),
    ],
)
def test_letters_finish_a_word_that_characters_begin(typed: str, meant: str) -> None:
    assert read(typed) == meant


def test_both_readings_of_a_character_are_understood() -> None:
    assert read("chongfuzhanghu") == read("zhongfuzhanghu") == "重复账户"
    assert read("cfzh") == read("zfzh") == "重复账户"


def test_what_means_itself_or_nothing_is_left_alone() -> None:
    for typed in ("app", "xyzzy", "loan", "iphone", "z", "a" * (MOST_LETTERS + 1)):
        assert PINYIN.meanings(typed) == ()


def test_other_meanings_of_the_same_letters_are_kept() -> None:
    [meaning] = PINYIN.meanings("dk")
    assert meaning.text == "贷款"
    assert PINYIN.meanings("tq")[0].words[0][0] == "提取"


def test_text_without_letters_has_nothing_to_read() -> None:
    assert PINYIN.meanings("租房提取 2026 50%") == ()


@given(st.text(alphabet="abcgjkqtuzxif' 租房提取", max_size=64))
@settings(max_examples=60, deadline=None)
def test_whatever_is_read_was_typed_and_is_a_word_of_ours(text: str) -> None:
    known = {word.text for word in lexicon()}
    for meaning in PINYIN.meanings(text):
        assert meaning.typed in text
        assert {word for words in meaning.words for word in words} <= known
