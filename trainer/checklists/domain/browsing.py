"""Finding items by business line, business and step; what is shown of one; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from itertools import groupby

from trainer.checklists.domain.listing import Listed
from trainer.checklists.domain.tips import Tip
from trainer.topics.domain.lines import Topics


@dataclass(frozen=True, slots=True)
class About:
    """An article: its slug, and the businesses it is about."""

    slug: str
    businesses: tuple[str, ...]

    def concerns(self, item: Listed) -> bool:
        """Tell whether an item rests on the article, or is of one of its businesses."""
        return self.rests(item) or not set(self.businesses).isdisjoint(item.businesses)

    def rests(self, item: Listed) -> bool:
        """Tell whether an item rests on the article."""
        return any(slug == self.slug for slug, _ in item.cites)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFilter:
    """Which items are wanted; empty is all."""

    line: str = ""
    business: str = ""
    step: str = ""
    severity: str = ""
    cause: str = ""
    words: str = ""
    article: str = ""
    part: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return replace(self, part=1) == ItemFilter()

    def fits(self, item: Listed) -> bool:
        """Tell whether an item is wanted, apart from the article it is about."""
        return (
            (not self.line or self.line in _lines(item))
            and (not self.business or self.business in item.businesses)
            and self.step in {"", item.step}
            and self.severity in {"", item.severity.value}
            and (not self.cause or self.cause in {c.value for c in item.causes})
            and all(words in _said(item) for words in self.words.split())
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """A line, a business or a step, and how many of the wanted items it has."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A business line with its businesses, those that have items."""

    line: Tally
    businesses: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands when a page lists many: codes of business and step."""

    business: str
    step: str


def line_of(business: str) -> str:
    """Give the code of the line of a business."""
    return business.partition(".")[0]


def branches(tips: Collection[Tip], topics: Topics) -> tuple[Branch, ...]:
    """Count items by line and business; an item of two businesses counts for both."""
    counts = Counter(code for tip in tips for code in tip.item.businesses)
    lines = Counter(line for tip in tips for line in set(_lines(tip.item)))
    return tuple(
        Branch(
            Tally(line.code, line.name, lines[line.code]),
            tuple(
                Tally(b.code, b.name, counts[b.code])
                for b in line.businesses
                if counts[b.code]
            ),
        )
        for line in topics.lines
        if lines[line.code]
    )


def by_step(tips: Collection[Tip], topics: Topics) -> tuple[Tally, ...]:
    """Count items by step."""
    counts = Counter(tip.item.step for tip in tips)
    return tuple(
        Tally(step.code, step.name, counts[step.code])
        for step in topics.steps
        if counts[step.code]
    )


def laid_out(
    tips: Iterable[Tip], wanted: ItemFilter, topics: Topics
) -> list[tuple[Place, Tip]]:
    """Put items in the order of a visit: business, step, the worst first.

    An item of several businesses stands once, with the first that is wanted.
    """
    businesses = {b.code: at for at, b in enumerate(topics.businesses)}
    steps = {step.code: at for at, step in enumerate(topics.steps)}

    def order(pair: tuple[Place, Tip]) -> tuple[int, int, int]:
        place, tip = pair
        return (
            businesses.get(place.business, len(businesses)),
            steps.get(place.step, len(steps)),
            -tip.item.severity.rank,
        )

    placed = ((_place(tip.item, wanted, businesses), tip) for tip in tips)
    return sorted(placed, key=order)


def in_steps(
    items: Sequence[Listed], topics: Topics
) -> tuple[tuple[str, tuple[Listed, ...]], ...]:
    """Group the items of one list by step, in the order of a visit."""
    order = {step.code: at for at, step in enumerate(topics.steps)}
    put = sorted(items, key=lambda item: order.get(item.step, len(order)))
    groups = groupby(put, key=lambda item: item.step)
    return tuple((step, tuple(found)) for step, found in groups)


def worst_first(tips: Iterable[Tip], about: About) -> list[Tip]:
    """Give the items about an article: the worst first, then what rests on it."""
    found = [tip for tip in tips if about.concerns(tip.item)]
    found.sort(key=lambda t: (-t.item.severity.rank, not about.rests(t.item)))
    return found


def _place(item: Listed, wanted: ItemFilter, order: Mapping[str, int]) -> Place:
    """Choose the business under which an item stands."""

    def unwanted(code: str) -> tuple[bool, bool, int]:
        return (
            wanted.business not in {"", code},
            wanted.line not in {"", line_of(code)},
            order.get(code, len(order)),
        )

    return Place(min(item.businesses, key=unwanted), item.step)


def _lines(item: Listed) -> Iterable[str]:
    return map(line_of, item.businesses)


def _said(item: Listed) -> str:
    """Give what words are looked for in."""
    return f"{item.wrong}\n{item.check}\n{item.say}\n{item.id}"
