"""When a competency will have faded below its line."""

from __future__ import annotations

from math import exp
from typing import Final

from trainer.competence.domain.chances import logit
from trainer.competence.domain.estimates import Estimate
from trainer.competence.domain.estimates import estimate
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.ledger import Person

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
