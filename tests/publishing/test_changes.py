"""Which sections were added, changed, moved or removed."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.publishing.domain.changes import Change
from trainer.publishing.domain.changes import compare
from trainer.publishing.domain.changes import longest_rise
from trainer.publishing.domain.manuscript import Section

IDS = st.lists(st.sampled_from("abcdefgh"), unique=True)


def section(id_: str, *, words: str = "", label: str = "") -> Section:
    return Section(id_, 2, label, f"标题{id_}", words or f"正文{id_}", 1)


def sections(ids: str) -> list[Section]:
    return [section(id_) for id_ in ids]


def marks(old: list[Section], new: list[Section]) -> str:
    """``+`` added, ``*`` changed, ``~`` moved, ``-`` removed, ``=`` same."""
    sign = dict(zip(Change, "+*~-=", strict=True))
    return " ".join(sign[change.change] + change.id for change in compare(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", "=a =b =c"),
        ("", "ab", "+a +b"),
        ("ab", "", "-a -b"),
        ("", "", ""),
        ("abc", "xabc", "+x =a =b =c"),
        ("abc", "abxc", "=a =b +x =c"),
        ("abc", "ac", "=a -b =c"),
        ("abc", "c", "-a -b =c"),
        ("abc", "axc", "=a -b +x =c"),
        ("abcd", "dabc", "~d =a =b =c"),
        ("abcd", "bcda", "=b =c =d ~a"),
        ("abcde", "cabe", "~c =a =b -d =e"),
        ("axb", "bxya", "~b ~x +y =a"),
    ],
)
def test_a_section_is_known_by_its_id(old: str, new: str, expected: str) -> None:
    assert marks(sections(old), sections(new)) == expected


def test_other_words_are_a_change() -> None:
    assert marks([section("a")], [section("a", words="改了")]) == "*a"


def test_a_moved_section_with_other_words_is_changed() -> None:
    new = [section("c", words="改了"), *sections("ab")]
    assert marks(sections("abc"), new) == "*c =a =b"


def test_other_blanks_are_no_change() -> None:
    old, new = section("a", words="甲 乙"), section("a", words="甲\n  乙\n")
    assert marks([old], [new]) == "=a"


def test_another_number_is_a_move() -> None:
    old, new = section("a", label="第三条"), section("a", label="第四条")
    assert marks([old], [new]) == "~a"


def test_another_level_is_a_move() -> None:
    assert marks([section("a")], [replace(section("a"), level=3)]) == "~a"


def test_another_line_is_nothing() -> None:
    assert marks([section("a")], [replace(section("a"), line=9)]) == "=a"


def test_both_sections_come_with_the_change() -> None:
    old, new = [section("a"), section("b")], [section("b", words="改"), section("c")]
    assert [(change.old, change.new) for change in compare(old, new)] == [
        (old[0], None),
        (old[1], new[0]),
        (None, new[1]),
    ]


def test_a_removed_section_does_not_follow_one_that_moved_away() -> None:
    assert marks(sections("abxc"), sections("bca")) == "=b -x =c ~a"


@settings(max_examples=60)
@given(IDS, IDS)
def test_every_section_is_told_of_once_and_in_order(
    old: list[str], new: list[str]
) -> None:
    changes = compare(list(map(section, old)), list(map(section, new)))
    assert [change.id for change in changes if change.new] == new
    assert {change.id for change in changes} == {*old, *new}
    assert len(changes) == len({*old, *new})
    kept = [change.id for change in changes if change.change is Change.SAME]
    assert kept == [id_ for id_ in old if id_ in kept]


@settings(max_examples=60)
@given(st.lists(st.integers(0, 9), max_size=8))
def test_the_longest_rise_rises_and_none_is_longer(numbers: list[int]) -> None:
    places = longest_rise(numbers)
    rise = [numbers[place] for place in places]
    assert places == sorted(places)
    assert rise == sorted(set(rise))
    longer = combinations(numbers, len(rise) + 1)
    assert not any(list(other) == sorted(set(other)) for other in longer)
