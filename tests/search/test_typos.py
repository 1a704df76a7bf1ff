from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.search.words import SOUNDS
from tests.search.words import lexicon
from tests.search.words import readings
from trainer.search.domain.typos import Typos

TYPOS = Typos(lexicon(), readings)


def nowhere(_pair: str) -> int:
    return 0


def corrected(text: str) -> str:
    for slip in TYPOS.slips(text, nowhere):
        text = text.replace(slip.typed, slip.word, 1)
    return text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("租房体取", "租房提取"),
        ("离只提取", "离职提取"),
        ("公鸡金贷款条件", "公积金贷款条件"),
        ("重付账户", "重复账户"),
        ("手付多久", "首付多久"),
        ("退修装修提取", "退休装修提取"),
    ],
)
def test_a_word_that_sounds_right_is_put_right(typed: str, meant: str) -> None:
    assert corrected(typed) == meant


def test_the_longest_window_is_taken_and_none_inside_it() -> None:
    [slip] = TYPOS.slips("租房体取", nowhere)
    assert (slip.typed, slip.word) == ("租房体取", "租房提取")


def test_pairs_that_our_texts_have_are_no_slips() -> None:
    assert TYPOS.slips("租房体取", lambda pair: 3 if pair == "体取" else 0) == ()


def test_one_text_with_the_same_slip_is_no_proof() -> None:
    assert TYPOS.slips("重付账户", lambda pair: int(pair == "重付")) != ()
    assert TYPOS.slips("重付账户", lambda _pair: 1) == ()


def test_right_words_are_left_alone() -> None:
    for text in ("租房提取", "公积金贷款条件", "多久到账", "没有这样的词", ""):
        assert TYPOS.slips(text, nowhere) == ()


@given(st.text(alphabet="".join(SOUNDS), max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_slip_sounds_like_its_word_and_stands_in_the_question(text: str) -> None:
    for slip in TYPOS.slips(text, nowhere):
        assert slip.typed in text
        assert slip.typed != slip.word
        assert set(readings(slip.typed)) & set(readings(slip.word))
