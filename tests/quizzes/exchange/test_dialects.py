"""Dialects: what parts blanks and wordings, and what only looks so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.quizzes.domain.exchange import dialects
from trainer.quizzes.domain.exchange.dialects import OURS
from trainer.quizzes.domain.exchange.dialects import PRESETS
from trainer.quizzes.domain.exchange.dialects import Dialect
from trainer.quizzes.domain.exchange.dialects import UnreadableError
from trainer.quizzes.domain.exchange.dialects import wordings

WORDS = (
    st.text("|\\;；｜/ (1)①②甲a", min_size=1, max_size=6).map(str.strip).filter(bool)
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=3))
def test_our_own_dialect_holds_every_sign(blanks: list[list[str]]) -> None:
    told = dialects.blanks_written(blanks)
    assert wordings(told, len(blanks), OURS) == blanks


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=4))
def test_lists_hold_every_sign(items: list[str]) -> None:
    assert dialects.split_list(dialects.joined(items, "、")) == items


@pytest.mark.parametrize(
    ("words", "places", "dialect", "read"),
    [
        ("六；一次性", 2, PRESETS["semicolon"], [["六"], ["一次性"]]),
        (
            "六|6；一次性|一次",
            2,
            PRESETS["semicolon"],
            [["六", "6"], ["一次性", "一次"]],
        ),
        ("六；6｜一次性；一次", 2, PRESETS["bar"], [["六", "6"], ["一次性", "一次"]]),
        ("六||6|一次性", 2, Dialect("|", "||"), [["六", "6"], ["一次性"]]),
        ("六|6||一次性", 2, Dialect("||", "|"), [["六", "6"], ["一次性"]]),
        ("六/6##一次性", 2, Dialect("##", "/"), [["六", "6"], ["一次性"]]),
        ("六/6", 1, Dialect("", "/"), [["六", "6"]]),
        ("六/6", 1, Dialect("", ""), [["六/6"]]),
        ("六 | 一次性", 2, None, [["六"], ["一次性"]]),
        ("①六②一次性", 2, None, [["六"], ["一次性"]]),
        ("（1）六|6；（2）一次性", 2, PRESETS["semicolon"], [["六", "6"], ["一次性"]]),
        ("2026-09-20", 1, None, [["2026-09-20"]]),
    ],
)
def test_answers_are_read_in_their_dialect(
    words: str, places: int, dialect: Dialect | None, read: list[list[str]]
) -> None:
    assert wordings(words, places, dialect) == read


@pytest.mark.parametrize(
    ("words", "places"),
    [("六|6", 1), ("六;6;一次性", 2), ("六|6;一次性", 2), ("2026/9/20", 1)],
)
def test_without_a_dialect_what_may_be_two_things_is_refused(
    words: str, places: int
) -> None:
    with pytest.raises(UnreadableError, match="请选“填空分隔符”"):
        wordings(words, places, None)


def test_one_sign_cannot_part_both() -> None:
    with pytest.raises(UnreadableError, match="不能是同一个"):
        Dialect("|", "|")
