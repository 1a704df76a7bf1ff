from __future__ import annotations

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.kit.index import bigrams
from trainer.kit.index import normalise
from trainer.kit.index import tokens


def test_chinese_becomes_characters_and_pairs_and_other_words_stay_whole() -> None:
    assert tokens("提取LPR") == ["提", "取", "提取", "lpr"]


def test_pairs_do_not_reach_over_anything_that_is_not_chinese() -> None:
    assert bigrams("购房、租房 2人还贷") == ["购房", "租房", "人还", "还贷"]


def test_terms_are_repeated_as_often_as_they_occur() -> None:
    assert tokens("提提").count("提") == 2
    assert bigrams("提取提取") == ["提取", "取提"]


def test_width_case_and_script_do_not_matter() -> None:
    assert normalise("ＡＰＰ　住房公積金提取憑證") == "app 住房公积金提取凭证"


def test_a_decimal_number_and_a_document_number_give_their_parts() -> None:
    assert tokens("3.1%") == ["3", "1"]
    assert tokens("建金〔2015〕135号") == ["建", "金", "建金", "2015", "135", "号"]


def test_a_word_nobody_typed_is_cut() -> None:
    assert tokens("x" * 1000) == ["x" * 64]


def test_half_a_character_is_none() -> None:
    assert tokens("\ud800提取a\udc00") == ["提", "取", "提取", "a"]


def test_nothing_gives_nothing() -> None:
    assert tokens(" ，。!\n_") == bigrams("") == []


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_any_text_gives_terms_that_can_be_looked_up(text: str) -> None:
    terms = tokens(text)
    assert all(0 < len(term) <= 64 for term in terms)
    assert set(bigrams(text)) <= set(terms)
    assert not any(character.isspace() for term in terms for character in term)
