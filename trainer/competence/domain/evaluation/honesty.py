"""Whether the ledger knows how little it knows: its figures beside the truth.

Only where the truth is known: in made-up worlds (:mod:`.synthetic`). Done as the site
does it: questions are calibrated by everybody's answers, then frozen, then each person
is replayed, and asked about at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from trainer.competence.domain.constants import DEFAULTS
from trainer.competence.domain.constants import Constants
from trainer.competence.domain.estimates import estimate
from trainer.competence.domain.evaluation.forward import passed
from trainer.competence.domain.evaluation.synthetic import World
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.ledger import Seen
from trainer.competence.domain.ledger import replayed

NINETY = 1.6449
"""Standard deviations either side of the mean that hold 90 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Honesty:
    """Shares that were believed, beside those that are true.

    Attributes:
        covered: How often the 90 % interval holds the truth, 0..1.
        bias: Mean of believed minus true share.
        error: Root of the mean squared difference.
        width: Mean width of the interval, as a share.
    """

    covered: float
    bias: float
    error: float
    width: float


def honesty(world: World, constants: Constants = DEFAULTS) -> Honesty:
    """Compare what is believed at the end of a world with what is true."""
    learning = Ledger(constants, learns=True)
    passed(learning, world.answers)
    frozen = Ledger(constants, learning.questions)
    seen: dict[str, list[Seen]] = {}
    for answer in world.answers:
        seen.setdefault(answer.person, []).append(answer.seen)
    people = {person: replayed(frozen, own) for person, own in seen.items()}
    inside, differences, widths = [], [], []
    for (person, skill), truth in world.shares.items():
        believed = estimate(frozen, people[person], skill, world.day)
        low, high = believed.within(NINETY)
        inside.append(low <= truth <= high)
        differences.append(believed.expected - truth)
        widths.append(high - low)
    return Honesty(
        covered=fmean(inside),
        bias=fmean(differences),
        error=sqrt(fmean(each * each for each in differences)),
        width=fmean(widths),
    )
