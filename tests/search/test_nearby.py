from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.search.words import SOUNDS
from tests.search.words import lexicon
from tests.search.words import readings
from trainer.search.domain.nearby import MOST
from trainer.search.domain.nearby import Nearby
from trainer.search.domain.nearby import is_near

NEARBY = Nearby(lexicon(), readings, known={"zufangapps"})
WORDS = st.text(alphabet="".join(SOUNDS), max_size=8)


def nowhere(_pair: str) -> int:
    return 0


def meant(text: str) -> tuple[str, ...]:
    return NEARBY.suggestions(text, nowhere)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("租房件取", "租房提取"),  # another character
        ("重账户", "重复账户"),  # one is missing
        ("重复复账户", "重复账户"),  # one too many
        ("手付", "首付"),  # the same sound
        ("公只金", "公积金"),
        ("zufangtiquu", "租房提取"),
        ("zufangdiqu", "租房提取"),
        ("gonjijin", "公积金"),
    ],
)
def test_what_is_one_step_away_is_offered(typed: str, word: str) -> None:
    assert word in meant(typed)


def test_a_syllable_spelled_almost_the_same_is_near() -> None:
    sounds = {"宫": "gon", "级": "ji", "今": "jin"}

    def heard(word: str) -> tuple[tuple[str, ...], ...]:
        return readings(word) if word not in sounds else ((sounds[word],),)

    assert "公积金" in Nearby(lexicon(), heard).suggestions("宫积金", nowhere)


def test_a_near_miss_is_most_of_the_question() -> None:
    assert meant("租房件取多") == ("租房提取多",)
    assert meant("租房件取多久到") == ()
    assert meant("手付多久") == ()


def test_what_our_texts_have_is_no_miss() -> None:
    assert NEARBY.suggestions("租房件取", lambda pair: 2 * (pair == "件取")) == ()


def test_half_a_word_a_right_word_and_a_known_one_are_left_alone() -> None:
    for text in (
        "积多",
        "租房提",
        "公积金",
        "加装电",
        "zufangapps",
        "tiqu",
        "",
        "租 房",
    ):
        assert meant(text) == (), text


@given(WORDS)
@settings(max_examples=60, deadline=None)
def test_suggestions_are_few_different_and_other_than_the_question(text: str) -> None:
    offered = meant(text)
    assert len(offered) == len(set(offered)) <= MOST
    assert text not in offered


@given(WORDS, WORDS)
@settings(max_examples=100, deadline=None)
def test_near_is_one_edit_at_most(one: str, other: str) -> None:
    by_one = {one, *(one[:i] + one[i + 1 :] for i in range(len(one)))}
    by_one |= {
        one[:i] + c + one[j:]
        for i in range(len(one) + 1)
        for j in (i, i + 1)
        for c in other
    }
    assert is_near(one, other) == (other in by_one)
    assert is_near(one, other) == is_near(other, one)
