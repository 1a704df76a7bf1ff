"""Rules of scoring: a share from 0 to 1, all of it for what is right."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.quizzes.domain import rules
from trainer.quizzes.domain.rules import Rule

KEYS = st.sets(st.sampled_from("abcdefgh"))
SOME = st.sets(st.sampled_from("abcdefgh"), min_size=1)
TICKED = st.sampled_from([Rule.ALL, Rule.PARTIAL, Rule.EACH])


@pytest.mark.parametrize(
    ("rule", "chosen", "share"),
    [
        (Rule.ALL, "abc", "1"),
        (Rule.ALL, "ab", "0"),
        (Rule.ALL, "abcd", "0"),
        (Rule.PARTIAL, "ab", "2/3"),
        (Rule.PARTIAL, "abd", "0"),
        (Rule.PARTIAL, "", "0"),
        (Rule.EACH, "ab", "2/3"),
        (Rule.EACH, "abd", "1/3"),
        (Rule.EACH, "abcde", "1/3"),
        (Rule.EACH, "de", "0"),
    ],
)
def test_ticks_are_scored_by_their_rule(rule: Rule, chosen: str, share: str) -> None:
    assert rules.ticks(set(chosen), set("abc"), rule) == Fraction(share)


@given(KEYS, SOME, TICKED)
def test_a_share_of_ticks_is_a_share(
    chosen: set[str], right: set[str], rule: Rule
) -> None:
    share = rules.ticks(chosen, right, rule)
    assert 0 <= share <= 1
    assert (share == 1) == (chosen == right)


@given(KEYS, SOME, TICKED, st.sampled_from("abcdefgh"))
def test_a_right_tick_more_never_lowers_the_score(
    chosen: set[str], right: set[str], rule: Rule, more: str
) -> None:
    before = rules.ticks(chosen, right, rule)
    after = rules.ticks(chosen | {more}, right, rule)
    assert after >= before if more in right else after <= before


@given(st.lists(st.booleans(), min_size=1), st.sampled_from([Rule.ALL, Rule.EACH]))
def test_a_share_of_parts_is_a_share(right: list[bool], rule: Rule) -> None:
    share = rules.parts(right, rule)
    assert 0 <= share <= 1
    assert (share == 1) == all(right)


@given(st.permutations("abcdef"), st.sampled_from([Rule.ALL, Rule.PAIRS]))
def test_a_share_of_an_order_is_a_share(given_order: list[str], rule: Rule) -> None:
    share = rules.order(given_order, "abcdef", rule)
    assert 0 <= share <= 1
    assert (share == 1) == (given_order == list("abcdef"))


@given(st.permutations("abcdef"))
def test_an_order_and_its_opposite_share_all_pairs(given_order: list[str]) -> None:
    there = rules.order(given_order, "abcdef", Rule.PAIRS)
    back = rules.order(given_order[::-1], "abcdef", Rule.PAIRS)
    assert there + back == 1


def test_one_swap_of_neighbours_costs_one_pair() -> None:
    assert rules.order("bacd", "abcd", Rule.PAIRS) == Fraction(5, 6)
