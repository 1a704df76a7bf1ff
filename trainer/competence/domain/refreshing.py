"""When a competency will have faded below its line, and what to practise first."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Final

from trainer.competence.domain.chances import logit
from trainer.competence.domain.estimates import Estimate
from trainer.competence.domain.estimates import estimate
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.ledger import Person
from trainer.competence.domain.readying import Readiness
from trainer.competence.domain.standing import Standing

EXPECTED: Final = 0.85
SHARE, SURE = 0.75, 0.90
"""What must hold: expected >= 0.85, and 0.75 reached with probability 0.90."""

LONGEST = 365.0
"""Days after which everything is practised again anyhow."""

PRECISE = 0.25
"""To how many days the due day is found."""


def holds(believed: Estimate) -> bool:
    """Tell whether a competency is fresh."""
    return believed.expected >= EXPECTED and believed.at_least(SHARE) >= SURE


def weakness(standing: Standing) -> float:
    """Give how far a competency is below its line: 0 at it and above, to 1.

    What a change of policy made new and was not shown yet is part of the figure.
    """
    return max(0.0, 1 - standing.expected / EXPECTED)


def due_in(ledger: Ledger, person: Person, code: str, at: float) -> float:
    """Give in how many days a competency must be practised again.

    0 when it is below its line now, at most :data:`LONGEST`. Time only lowers both
    figures, so the day is found by halving.
    """
    if not holds(estimate(ledger, person, code, at)):
        return 0.0
    low, high = 0.0, LONGEST
    if holds(estimate(ledger, person, code, at + high)):
        return high
    while high - low > PRECISE:
        middle = (low + high) / 2
        if holds(estimate(ledger, person, code, at + middle)):
            low = middle
        else:
            high = middle
    return low


def closed_form(believed: Estimate, forgetting: float, pace: float) -> float:
    """Give the days since practice at which the mean alone falls to the line.

    Without the uncertainty, so never earlier than :func:`due_in`; for explaining and
    for tests.
    """
    account = believed.account
    fresh = account.total + account.forgotten
    over = fresh - logit(EXPECTED) / believed.scale
    return pace * (exp(over / forgetting) - 1) if over > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Due:
    """Something to practise.

    Attributes:
        code: The competency.
        items: What must be asked, as ``<slug>#<item>``: what a change of policy made
            new; empty when any question of the competency will do.
    """

    code: str
    items: frozenset[str] = frozenset()


def queue(
    standings: Iterable[Standing], changed: Mapping[str, frozenset[str]]
) -> tuple[Due, ...]:
    """Order what is due: rules that changed, then what is nearest to its line.

    Nearest first, because there a few questions win a competency back; what is far
    below is learned, and its turn comes.

    Args:
        standings: What is believed of somebody's competencies.
        changed: Items of each facet, by its code.
    """
    seen = [standing for standing in standings if standing.is_seen]
    new = [
        Due(standing.code, changed.get(facet.estimate.code, frozenset()))
        for standing in seen
        for facet in standing.open_facets
    ]
    faded = [s for s in seen if not s.open_facets and not holds(s.main)]
    faded.sort(key=lambda standing: (-standing.main.expected, standing.code))
    return (*new, *(Due(standing.code) for standing in faded))


def unproved(wanted: Iterable[Readiness]) -> tuple[Due, ...]:
    """Order what lines still lack records of: what was shown least often comes first.

    Args:
        wanted: How far somebody is with the lines he serves.
    """
    few = {
        each.code: each.standing.breadth.count
        for ready in wanted
        for each in ready.lacking
        if each.standing.breadth.count < each.target.count
    }
    return tuple(Due(code) for code in sorted(few, key=lambda code: (few[code], code)))
