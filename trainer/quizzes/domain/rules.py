"""How an answer of several parts is scored: rules with names that takers see.

Each gives a share of the full mark, an exact fraction from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from fractions import Fraction
from itertools import combinations

from trainer.core.wording import N_

NOTHING = Fraction(0)
FULL = Fraction(1)


class Rule(StrEnum):
    """How parts that are right add up."""

    ALL = "all"
    PARTIAL = "partial"
    EACH = "each"
    PAIRS = "pairs"


RULE_NAMES = {
    Rule.ALL: N_("全对得分"),
    Rule.PARTIAL: N_("漏选得部分分，错选不得分"),
    Rule.EACH: N_("逐项得分"),
    Rule.PAIRS: N_("按先后次序得分"),
}


def ticks(chosen: AbstractSet[str], right: AbstractSet[str], rule: Rule) -> Fraction:
    """Score what was ticked.

    ``partial``: the share of the right ones, nothing once a wrong one is ticked.
    ``each``: a wrong tick takes away what a right one gives, never below nothing.

    Args:
        chosen: What was ticked.
        right: What ought to be, at least one.
        rule: ``all``, ``partial`` or ``each``.
    """
    hits, misses = len(chosen & right), len(chosen - right)
    if rule is Rule.ALL:
        return FULL if chosen == right else NOTHING
    if rule is Rule.PARTIAL:
        return NOTHING if misses else Fraction(hits, len(right))
    return max(NOTHING, Fraction(hits - misses, len(right)))


def parts(right: Sequence[bool], rule: Rule) -> Fraction:
    """Score places that are right or wrong each, by ``all`` or ``each``."""
    if rule is Rule.ALL:
        return FULL if all(right) else NOTHING
    return Fraction(sum(right), len(right))


def order(given: Sequence[str], right: Sequence[str], rule: Rule) -> Fraction:
    """Score an order, by ``all`` or ``pairs``.

    ``pairs``: the share of pairs that stand in the right order of each other.
    Source: Kendall (1938), a new measure of rank correlation: the number of
    discordant pairs.
    """
    if rule is Rule.ALL:
        return FULL if list(given) == list(right) else NOTHING
    place = {item: at for at, item in enumerate(given)}
    pairs = list(combinations(right, 2))
    return Fraction(sum(place[a] < place[b] for a, b in pairs), len(pairs))
