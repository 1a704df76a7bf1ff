"""YAML as records: every text gives an answer, and every mistake its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.topics.domain import outline
from trainer.topics.domain.competencies import parse_competencies
from trainer.topics.domain.glossary import parse_glossary
from trainer.topics.domain.lines import parse_topics

PIECES = st.text("lines: -{}[]\n&*!|'\"甲\t#?,", max_size=60)


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(max_size=80), PIECES))
def test_no_text_makes_a_parser_raise(text: str) -> None:
    for value, mistakes in (
        parse_topics(text),
        parse_competencies(text),
        parse_glossary(text),
    ):
        assert (value is None) == bool(mistakes)
        assert all(0 <= m.line <= text.count("\n") + 2 for m in mistakes if text)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 0, "空的"),
        ("a: 1\nb: [", 2, "不是合法的 YAML"),
        ("a: &x [1]\nb: *x", 2, "引用"),
        ("a: \x07", 0, "不允许的字符"),
        ("\n" + "[" * 250_000, 2, "嵌套超过 20 层"),
        ("a: 1\n---\na: 2", 2, "不是合法的 YAML"),
        ("- 1", 1, "应是“键: 值”"),
        ("a: 1\nz: 1", 2, "不认识的键“z”"),
        ("a: 1\na: 2", 2, "“a”写了两次"),
    ],
)
def test_what_is_wrong_with_the_yaml_is_said_with_its_line(
    text: str, line: int, words: str
) -> None:
    (mistake,) = outline.read(text, ("a", "b")).mistakes
    assert mistake.line == line
    assert words in mistake.message


def test_numbers_and_flags_are_the_words_that_are_written() -> None:
    record = outline.read("a: [12329, no, 2026-09-20, 0.50]", ("a",))
    words = [text.words for text in record.texts("a")]
    assert words == ["12329", "no", "2026-09-20", "0.50"]


def test_an_empty_value_is_a_missing_value() -> None:
    record = outline.read("a:\nb: null", ("a", "b"))
    assert record.text("a", required=False) == ""
    assert record.text("b") == ""
    assert [str(m) for m in record.mistakes] == ["第 2 行：缺少“b”"]


@pytest.mark.parametrize("written", ["[x]", "{x: y}", '"x\\ny"'])
def test_a_text_is_one_line(written: str) -> None:
    record = outline.read(f"a: {written}", ("a",))
    assert record.text("a") == ""
    assert "应是一行文字" in record.mistakes[0].message


def test_a_list_must_be_a_list_and_hold_something() -> None:
    record = outline.read("a: x\nb: []", ("a", "b"))
    assert record.texts("a") == ()
    assert record.records("b", ("c",)) == []
    assert [(m.line, m.message) for m in record.mistakes] == [
        (1, "“a”应是列表"),
        (2, "“b”是空的"),
    ]


def test_a_text_longer_than_200_characters_is_refused() -> None:
    record = outline.read(f"a: {'字' * 200}\nb: {'字' * 201}", ("a", "b"))
    record.text("a")
    record.text("b")
    assert [m.line for m in record.mistakes] == [2]
