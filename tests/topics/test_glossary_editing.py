"""Changing the glossary by one group: what is written back, what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.topics.domain.editing import PutGroup
from trainer.topics.domain.editing import put_group
from trainer.topics.domain.editing import with_places
from trainer.topics.domain.editing import without_group
from trainer.topics.domain.editing import write_glossary
from trainer.topics.domain.glossary import Glossary
from trainer.topics.domain.glossary import Group
from trainer.topics.domain.glossary import parse_glossary

CONTENT = Path(__file__).parents[2] / "content" / "glossary.yaml"
RENT = Group("rent", "租房", ("租赁",), ("租屋", "赁房"), "和购房分开", "租屋咋提")
BUY = Group("buy", "购房", (), ("买房",))
GLOSSARY = Glossary((RENT, BUY), places=("某地",))

# Words that tempt YAML, and few enough to meet each other.
TRICKY = [
    "12329",
    "no",
    "~",
    "null",
    "- 甲",
    "甲: 乙",
    "#甲",
    "{甲}",
    "[",
    "'",
    '"',
    "&a",
]
words = st.one_of(
    st.sampled_from(
        [*TRICKY, "甲", "乙", "甲乙", "甲丙", "乙丁", "某地", "ＡＢ", "ab"]
    ),
    st.text(max_size=6),
).map(str.strip)
texts = words.filter(lambda word: len(word.splitlines()) <= 1)
groups = st.builds(
    Group,
    id=st.sampled_from(["a", "b", "c-1", "不行", ""]),
    official=words,
    synonyms=st.lists(words.filter(bool), max_size=3).map(tuple),
    spoken=st.lists(words.filter(bool), max_size=3).map(tuple),
    note=texts,
    caused_by=texts,
)
commands = st.builds(
    PutGroup, group=groups, may_share=st.booleans(), may_be_single=st.booleans()
)


def build(steps: list[PutGroup]) -> Glossary:
    """Put groups in one after the other; what is refused changes nothing."""
    glossary = Glossary(places=("某地",))
    for step in steps:
        known = glossary.group(step.group.id)
        command = replace(step, instead_of=step.group.id if known else "")
        glossary, _ = put_group(glossary, command)
    return glossary


@given(st.lists(commands, max_size=6))
@settings(max_examples=200, deadline=None)
def test_whatever_the_form_accepts_is_written_and_read_back_the_same(
    steps: list[PutGroup],
) -> None:
    glossary = build(steps)
    assert parse_glossary(write_glossary(glossary)) == (glossary, [])


@given(st.lists(commands, max_size=5), st.sampled_from(["a", "b", "c-1"]))
@settings(max_examples=100, deadline=None)
def test_taking_a_group_out_leaves_a_glossary_that_reads(
    steps: list[PutGroup], code: str
) -> None:
    left = without_group(build(steps), code)
    assert left.group(code) is None
    assert parse_glossary(write_glossary(left)) == (left, [])


@given(st.lists(commands, max_size=3), st.lists(texts.filter(bool), max_size=4))
@settings(max_examples=100, deadline=None)
def test_places_the_form_accepts_are_read_back(
    steps: list[PutGroup], places: list[str]
) -> None:
    changed, mistakes = with_places(build(steps), places)
    assume(not mistakes)
    assert changed.places == tuple(places)
    assert parse_glossary(write_glossary(changed)) == (changed, [])


def test_the_glossary_of_the_starter_pack_survives_being_written() -> None:
    glossary, mistakes = parse_glossary(CONTENT.read_text("utf-8"))
    assert glossary is not None, mistakes
    text = write_glossary(glossary)
    assert parse_glossary(text) == (glossary, [])
    assert write_glossary(glossary) == text


def test_each_key_of_a_group_stands_on_one_line() -> None:
    assert write_glossary(Glossary((RENT,))) == (
        "groups:\n- id: rent\n  official: 租房\n  synonyms: [租赁]\n"
        "  spoken: [租屋, 赁房]\n  note: 和购房分开\n  caused_by: 租屋咋提\n"
    )
    long = Group("long", "长", (), tuple(f"很长很长的说法第{n}种" for n in range(60)))
    assert len(write_glossary(Glossary((long,))).splitlines()) == 4


def test_a_group_is_replaced_in_its_place() -> None:
    changed = replace(RENT, id="renting", official="租房子")
    glossary, mistakes = put_group(GLOSSARY, PutGroup(group=changed, instead_of="rent"))
    assert not mistakes
    assert [group.id for group in glossary.groups] == ["renting", "buy"]


@pytest.mark.parametrize(
    ("group", "key", "says"),
    [
        (Group("Rent", "甲词", ("乙词",), ()), "id", "小写字母"),
        (Group("buy", "甲词", ("乙词",), ()), "id", "已被别的组使用"),
        (Group("new", "", ("乙词",), ()), "official", "请填写正式词"),
        (Group("new", "甲词", (), ()), "synonyms", "至少填一个"),
        (Group("new", "甲词", (), ("甲 词",)), "spoken", "写了两次"),
        (Group("new", "甲词", (), ("买房",)), "spoken", "已在“购房”组里"),
        (Group("new", "甲词", ("某地",), ()), "synonyms", "地名"),
        (Group("new", "甲词", ("丁",), ()), "synonyms", "只有一个字"),
        (Group("new", "甲词", ("乙" * 201,), ()), "synonyms", "超过 200 个字"),
        (Group("new", "甲词", ("乙词",), (), "两\n行"), "note", "写成一行"),
        (Group("new", "甲词", ("乙\u2028词",), ()), "synonyms", "写成一行"),
    ],
)
def test_a_wrong_group_is_refused_by_its_key(group: Group, key: str, says: str) -> None:
    glossary, mistakes = put_group(GLOSSARY, PutGroup(group=group))
    assert glossary is GLOSSARY
    assert [m.key for m in mistakes] == [key]
    assert says in mistakes[0].message


def test_what_is_allowed_is_declared_and_forgotten_with_its_last_use() -> None:
    group = Group("new", "甲词", ("丁",), ("买房",))
    command = PutGroup(group=group, may_share=True, may_be_single=True)
    glossary, mistakes = put_group(GLOSSARY, command)
    assert not mistakes
    assert (glossary.shared, glossary.single) == (("买房",), ("丁",))
    without = without_group(glossary, "new")
    assert (without.shared, without.single) == ((), ())


@pytest.mark.parametrize(
    ("places", "says"),
    [(["沪"], "只有一个字"), (["买房"], "购房"), (["甲地", "甲地"], "写了 2 次")],
)
def test_a_wrong_place_is_refused(places: list[str], says: str) -> None:
    glossary, mistakes = with_places(GLOSSARY, places)
    assert glossary is GLOSSARY
    assert says in mistakes[0]
