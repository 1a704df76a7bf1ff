"""How far each kind of evidence can be trusted.

``P(looks right) = g + (1 - g - s) p``: g is the chance to look right without knowing,
s to look wrong in spite of knowing. Treating all kinds alike (g = s = 0) overstated
people by 15 points in simulation; guessing g too high errs on the safe side
(``docs/competence.md``, section 4).
"""

from __future__ import annotations

from dataclasses import dataclass

from trainer.competence.domain.ledger import Seen
from trainer.evidence.domain import Fact
from trainer.evidence.domain import FactKind

SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """What a kind of evidence is worth.

    Attributes:
        guess: g, 0..1.
        slip: s, 0..1; g + s < 1.
        weight: How much one counts beside an independent answer.
        at_work: Whether somebody watched a person at work.
        taught: Whether the person learned there and then what is right.
        practised: Whether doing it refreshed the competency.
    """

    guess: float
    slip: float
    weight: float = 1.0
    at_work: bool = False
    taught: bool = True
    practised: bool = True


RELIABILITY = {
    FactKind.QUIZ_ANSWER: Reliability(guess=0.22, slip=0.04),
    FactKind.RECEIPT_CHECK: Reliability(guess=0.22, slip=0.04),
    FactKind.SCENARIO_CHOICE: Reliability(guess=0.10, slip=0.06, at_work=True),
    FactKind.OBSERVATION: Reliability(
        guess=0.04, slip=0.06, at_work=True, taught=False
    ),
    FactKind.COSIGNED_CASE: Reliability(
        guess=0.10, slip=0.05, weight=0.5, at_work=True
    ),
    FactKind.RETURNED_FILE: Reliability(
        guess=0.70, slip=0.01, weight=0.15, taught=False, practised=False
    ),
    FactKind.COMPLAINT: Reliability(
        guess=0.70, slip=0.05, weight=0.15, taught=False, practised=False
    ),
}
"""By kind; a kind that is not here (sign-off, waiver) says nothing of what is known."""


def seen_of(fact: Fact, competency: str) -> Seen | None:
    """Give what a fact lets us see; None when it is no observation.

    Args:
        fact: The fact, not revoked.
        competency: What it is evidence for: its competency, or a facet of it.
    """
    kind = RELIABILITY.get(fact.kind)
    if kind is None:
        return None
    return Seen(
        competencies=(competency,),
        item=fact.item if fact.kind is FactKind.QUIZ_ANSWER else "",
        day=fact.happened_at.timestamp() / SECONDS_A_DAY,
        outcome=fact.outcome,
        guess=kind.guess if fact.guess is None else fact.guess,
        slip=kind.slip,
        weight=kind.weight * fact.weight,
        taught=kind.taught,
        practised=kind.practised,
    )
