"""What a meeting might be about: a rule anybody can check by hand; pure.

The scenario: the one that the people of the site have played least (alone, by two, or
at their meetings); of equals the first by name.

The items: each gets a point for every wrong answer of the people of the site, in the
last :data:`WITHIN` days, in its competency, another one where it was about this very
item, and :data:`CHANGED_POINTS` when its text changed lately. Those with most points
come first, of equals the more severe one; each competency once before any comes a
second time. What a meeting of the last :data:`LATELY_TALKED` days was about comes last.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from trainer.courses.domain.meetings import ITEMS
from trainer.courses.domain.meetings import PackItem

WITHIN = 90
"""Days in which wrong answers count."""

WRONG = 0.5
"""Share of the full mark below which an answer is wrong."""

LATELY = 30
"""Days for which a text has changed lately."""

CHANGED_POINTS = 5
"""As though it had been answered wrongly five times."""

LATELY_TALKED = 28
"""Days in which nothing is talked about twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a site.

    Attributes:
        plays: How often each scenario was played, by slug.
        wrong: Wrong answers by competency.
        wrong_items: Wrong answers by address of an item.
        changed: Addresses of items that changed lately.
        talked: Addresses of items of recent meetings.
    """

    plays: Mapping[str, int] = field(default_factory=dict)
    wrong: Mapping[str, int] = field(default_factory=dict)
    wrong_items: Mapping[str, int] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    talked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Suggested:
    """An item that a meeting might be about, and why.

    ``wrong`` are the wrong answers in its competency; ``changed``: its text is new.
    """

    item: PackItem
    wrong: int
    changed: bool


def least_played(titles: Mapping[str, str], facts: Facts) -> str:
    """Give the slug of the scenario played least; empty where there is none.

    Args:
        titles: Titles of those in force, by slug.
        facts: What is known of the site.
    """
    return min(
        titles,
        key=lambda slug: (facts.plays.get(slug, 0), titles[slug], slug),
        default="",
    )


def suggested_items(
    items: Iterable[PackItem], facts: Facts, count: int = ITEMS
) -> tuple[Suggested, ...]:
    """Give the items that a meeting might be about, the first first."""
    ranked = sorted(items, key=lambda each: _rank(each, facts))
    chosen: list[PackItem] = []
    while len(chosen) < min(count, len(ranked)):
        chosen.append(_next(ranked, chosen))
    return tuple(
        Suggested(
            each,
            facts.wrong.get(each.item.competency, 0),
            each.address in facts.changed,
        )
        for each in chosen
    )


def points(item: PackItem, facts: Facts) -> int:
    """Give the points of an item."""
    changed = CHANGED_POINTS if item.address in facts.changed else 0
    wrong = facts.wrong.get(item.item.competency, 0)
    return wrong + facts.wrong_items.get(item.address, 0) + changed


def _rank(item: PackItem, facts: Facts) -> tuple[bool, int, int, str]:
    severity = item.item.severity.rank
    talked = item.address in facts.talked
    return (talked, -points(item, facts), -severity, item.address)


def _next(ranked: Sequence[PackItem], chosen: Collection[PackItem]) -> PackItem:
    """Give the first that is left, if possible of a competency not yet taken."""
    left = [each for each in ranked if each not in chosen]
    taken = {each.item.competency for each in chosen}
    return next((each for each in left if each.item.competency not in taken), left[0])
