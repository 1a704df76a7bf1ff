"""The glossary: which words lead where, and which groupings are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.topics.domain.glossary import SPOKEN_WEIGHT
from trainer.topics.domain.glossary import Expansion
from trainer.topics.domain.glossary import Glossary
from trainer.topics.domain.glossary import Group
from trainer.topics.domain.glossary import normal
from trainer.topics.domain.glossary import parse_glossary

GOOD = """\
single: [丁]
shared: [多义词]
places: [某地, 某县]
groups:
  - id: first
    official: 甲词
    synonyms: [甲甲, 多义词]
    spoken: [那个甲]
    note: 说明
    caused_by: 甲怎么办
  - id: second
    official: 乙词
    synonyms: [多义词, 丁, 12329]
"""


def test_synonyms_lead_both_ways_and_spoken_phrases_only_to_the_official_word() -> None:
    glossary, mistakes = parse_glossary(GOOD)
    assert glossary is not None
    assert not mistakes
    table = glossary.expansions()
    assert table["甲词"] == (Expansion("甲甲", 1.0), Expansion("多义词", 1.0))
    assert table["甲甲"] == (Expansion("甲词", 1.0), Expansion("多义词", 1.0))
    assert table["那个甲"] == (Expansion("甲词", SPOKEN_WEIGHT),)
    assert {e.word for e in table["多义词"]} == {"甲词", "甲甲", "乙词", "丁", "12329"}
    assert glossary.places == ("某地", "某县")
    assert glossary.groups[0].caused_by == "甲怎么办"


def test_the_greater_of_two_weights_counts() -> None:
    for groups in (("a", "b"), ("b", "a")):
        made = {
            "a": Group("a", "甲词", ("丙词",), ()),
            "b": Group("b", "甲词", (), ("丙词",)),
        }
        table = Glossary(tuple(made[name] for name in groups)).expansions()
        assert table["丙词"] == (Expansion("甲词", 1.0),)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("id: second", "id: first", 11, "第 5 行已有"),
        ("shared: [多义词]\n", "", 12, "列入 shared"),
        ("single: [丁]\n", "", 12, "列入 single"),
        ("丁, 12329", "12329", 1, "从 single 删去"),
        ("[多义词, 丁", "[丁", 2, "从 shared 删去"),
        ("[甲甲, 多义词]", "[甲甲, 多义词, 甲 词]", 7, "在本组已有"),
        ("[那个甲]", "[甲甲]", 8, "在本组已有"),
        ("某县", "某", 3, "只有一个字"),
        ("某县", "某地", 3, "在别处已有"),
        ("某县", "乙词", 3, "在别处已有"),
        ("    synonyms: [多义词, 丁, 12329]\n", "", 11, "只有一个词"),
        ("    official: 乙词\n", "", 11, "缺少“official”"),
        ("note: 说明", "notes: 说明", 9, "不认识的键“notes”"),
    ],
)
def test_a_mistake_is_said_with_its_line(
    old: str, new: str, line: int, words: str
) -> None:
    glossary, mistakes = parse_glossary(GOOD.replace(old, new))
    assert glossary is None
    assert any(m.line == line and words in m.message for m in mistakes), mistakes


def test_words_are_compared_without_width_case_and_spaces() -> None:
    assert normal(" ＡＢ c　丁 ") == "abc丁"


def test_a_glossary_may_have_no_groups_yet() -> None:
    assert parse_glossary("places: [某地]") == (Glossary(places=("某地",)), [])


@settings(max_examples=50, deadline=None)
@given(
    groups=st.lists(
        st.lists(st.integers(0, 8), min_size=2, max_size=4, unique=True), max_size=4
    )
)
def test_being_a_synonym_is_mutual(groups: list[list[int]]) -> None:
    glossary = Glossary(
        tuple(
            Group(f"g{at}", f"词{first}", tuple(f"词{n}" for n in rest), ())
            for at, (first, *rest) in enumerate(groups)
        )
    )
    table = glossary.expansions()
    for word, expansions in table.items():
        for expansion in expansions:
            assert expansion.word != word
            assert Expansion(word, expansion.weight) in table[expansion.word]
