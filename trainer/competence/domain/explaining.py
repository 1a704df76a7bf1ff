"""Why the figure is what it is: what moved it, what would raise it, when it falls."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from trainer.competence.domain.estimates import estimate
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.ledger import Person
from trainer.competence.domain.ledger import Seen
from trainer.competence.domain.reliability import RELIABILITY
from trainer.evidence.domain import FactKind

OFFERED = (
    FactKind.QUIZ_ANSWER,
    FactKind.SCENARIO_CHOICE,
    FactKind.OBSERVATION,
    FactKind.COSIGNED_CASE,
)
"""What somebody can do about a figure."""


@dataclass(frozen=True, slots=True)
class Move:
    """What one observation did to a competency; ``place`` among those replayed."""

    place: int
    points: float


@dataclass(frozen=True, slots=True)
class Chance:
    """What one more success of a kind would do to the expected share."""

    kind: FactKind
    points: float


def moves(ledger: Ledger, seen: Sequence[Seen], code: str) -> list[Move]:
    """Give what each observation did to a competency, in log-odds, oldest first.

    What was seen of other competencies moves it too, through the person; forgetting is
    not in it, for that is time's doing and not an observation's.
    """
    person = ledger.newcomer()
    found = []
    before = _known(ledger, person, code)
    for place, each in enumerate(seen):
        ledger.update(person, each)
        after = _known(ledger, person, code)
        found.append(Move(place, after - before))
        before = after
    return found


def strongest(found: Sequence[Move], most: int) -> list[Move]:
    """Give the few that moved it most, the strongest first."""
    return sorted(found, key=lambda move: -abs(move.points))[:most]


def chances(ledger: Ledger, person: Person, code: str, at: float) -> list[Chance]:
    """Give what a success of each kind would add to the expected share, best first."""
    now = estimate(ledger, person, code, at).expected
    found = []
    for kind in OFFERED:
        trust = RELIABILITY[kind]
        again = deepcopy(person)
        success = Seen(
            competencies=(code,),
            item="",
            day=at,
            outcome=1.0,
            guess=trust.guess,
            slip=trust.slip,
            weight=trust.weight,
            taught=trust.taught,
        )
        ledger.update(again, success)
        found.append(Chance(kind, estimate(ledger, again, code, at).expected - now))
    return sorted(found, key=lambda chance: -chance.points)


def _known(ledger: Ledger, person: Person, code: str) -> float:
    trace = person.skills.get(code) or ledger.beginning(code)
    return person.general.mean + trace.mean
