"""Which few items a clerk sees at a step: the rule of the risk tips; pure.

An item earns points; the items with the most come first, and equal ones stay in the
order of their lists. The points, our own choice (no published rule was found):

======================================================  ======
severity: 提示 1, 易错 2, 风险 3, 禁止 4                 1 to 4
the situation is one it was written for                      2
this clerk lately got a question on its very clause wrong    3
this clerk lately got its competency wrong                   1
how weak this clerk is in its competency                0 to 2
======================================================  ======

So a prohibition that fits the case is never pushed out by a hint, and of two equal
ones the clerk sees the one he gets wrong himself.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from trainer.checklists.domain.listing import Listed
from trainer.checklists.domain.situation import Fit
from trainer.checklists.domain.situation import Situation

MOST = 5
"""More at once is not read."""

FITTING, WRONG_CLAUSE, WRONG_COMPETENCY, WEAKEST = 2.0, 3.0, 1.0, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of the clerk; empty for nobody in particular.

    Attributes:
        clauses: Slug and section of what questions answered wrong lately rest on.
        competencies: Codes of the competencies lately answered wrong.
        weakness: For a competency 0 (sure) to 1 (knows nothing of it).
    """

    clauses: frozenset[tuple[str, str]] = frozenset()
    competencies: frozenset[str] = frozenset()
    weakness: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tip:
    """An item of a list in force; ``revision`` is the key of that text."""

    slug: str
    revision: int
    item: Listed

    @property
    def address(self) -> str:
        """List and item, as facts and outcomes name it."""
        return f"{self.slug}#{self.item.id}"


def at_step(tips: Iterable[Tip], business: str, step: str) -> list[Tip]:
    """Leave those of a business, and of a step unless it is empty."""
    return [
        tip
        for tip in tips
        if business in tip.item.businesses and step in {tip.item.step, ""}
    ]


def points(item: Listed, situation: Situation, standing: Standing) -> float:
    """Give what an item earns, 1 to 12; 0 when its condition contradicts the case."""
    fit = item.when.fit(situation)
    if fit is Fit.CONTRADICTS:
        return 0.0
    earned = float(item.severity.rank)
    earned += FITTING * (fit is Fit.MATCHES)
    earned += WRONG_CLAUSE * (not standing.clauses.isdisjoint(item.cites))
    earned += WRONG_COMPETENCY * (item.competency in standing.competencies)
    return earned + WEAKEST * standing.weakness.get(item.competency, 0.0)


def chosen(
    tips: Sequence[Tip], situation: Situation, standing: Standing, most: int = MOST
) -> list[Tip]:
    """Give the few that matter now, the weightiest first.

    Args:
        tips: Those of the business and step, in the order of their lists.
        situation: What is known of the case.
        standing: What is known of the clerk.
        most: How many at most, 1 to :data:`MOST`.
    """
    earned = [(points(tip.item, situation, standing), tip) for tip in tips]
    fitting = [(score, tip) for score, tip in earned if score]
    fitting.sort(key=lambda pair: -pair[0])  # sorting keeps the order of equals
    return [tip for _, tip in fitting[:most]]
