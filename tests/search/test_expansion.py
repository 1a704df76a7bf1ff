from __future__ import annotations

from trainer.search.domain.expansion import Expanded
from trainer.search.domain.expansion import Expansions
from trainer.topics.domain.glossary import Glossary
from trainer.topics.domain.glossary import Group

EXPANSIONS = Expansions(
    Glossary(
        (
            Group("rent", "租房", ("租赁住房",), ("在外租",)),
            Group("lease", "租赁合同", (), ("租约",)),
            Group("offset", "按月冲还贷", ("对冲",), ()),
        )
    )
)


def words(text: str) -> list[tuple[str, str, float]]:
    return [(e.typed, e.word, e.weight) for e in EXPANSIONS.of(text)]


def test_synonyms_stand_for_each_other_and_spoken_words_lead_to_the_official_one() -> (
    None
):
    assert words("对冲怎么办") == [("对冲", "按月冲还贷", 1.0)]
    assert words("在外租") == [("在外租", "租房", 0.5)]
    assert words("租房") == [("租房", "租赁住房", 1.0)]


def test_the_longest_word_hides_those_in_it() -> None:
    assert words("租赁住房租约") == [
        ("租赁住房", "租房", 1.0),
        ("租约", "租赁合同", 0.5),
    ]


def test_a_blank_does_not_part_a_word() -> None:
    assert EXPANSIONS.of("对 冲") == (Expanded("对冲", "按月冲还贷", 1.0),)


def test_a_word_typed_twice_counts_once() -> None:
    assert len(words("对冲对冲")) == 1
    assert words("") == []
