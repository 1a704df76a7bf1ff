"""How likely a business is covered at a site, and on whom that hangs.

The number of people who can handle a business on a shift is a sum of independent
yes-or-no events: Poisson-binomial, computed exactly by convolution. Where one bank
lends several of them and may call them all back at once, the two cases are mixed.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from math import exp

TRAINED = 0.95
"""What training is taken to bring somebody to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person who may handle a business.

    Attributes:
        person: Key of the person.
        able: Probability of being at the level, 0..1.
        present: Share of shifts worked, 0..1.
        leaving: Chance to leave, per month; the hazard of an exponential.
        ends: Months until the known end of a secondment; None is open.
        bank: The bank that lends the person, empty for own staff.
    """

    person: int
    able: float
    present: float = 1.0
    leaving: float = 0.0
    ends: float | None = None
    bank: str = ""

    def there(self, months: float) -> float:
        """Give the chance of being able, still here and present after some months."""
        if self.ends is not None and months >= self.ends:
            return 0.0
        return self.able * self.present * exp(-self.leaving * months)


def numbers(chances: Sequence[float]) -> list[float]:
    """Give the probability of each number of successes, 0 to all of them."""
    found = [1.0]
    for p in chances:
        stays = [x * (1 - p) for x in found] + [0.0]
        for n, x in enumerate(found):
            stays[n + 1] += x * p
        found = stays
    return found


def covered(
    team: Sequence[Member],
    least: int,
    months: float = 0.0,
    recalls: Mapping[str, float] | None = None,
) -> float:
    """Give the probability that at least so many people can handle the business.

    Args:
        team: Everybody who may.
        least: How many are needed, 0 or more.
        months: How far ahead, 0 is now.
        recalls: For a bank the chance that it calls back all its people by then.
    """
    if not recalls:
        chances = [member.there(months) for member in team]
        return min(1.0, sum(numbers(chances)[least:]))
    bank, chance = next(iter(recalls.items()))
    others = {b: c for b, c in recalls.items() if b != bank}
    left = [member for member in team if member.bank != bank]
    gone = covered(left, least, months, others)
    return chance * gone + (1 - chance) * covered(team, least, months, others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What one person means for a business at a site.

    Attributes:
        person: Key of the person.
        critical: What would be lost of the coverage without the person.
        training: What would be gained by training the person.
    """

    person: int
    critical: float
    training: float


def weights(team: Sequence[Member], least: int, months: float = 0.0) -> list[Weight]:
    """Give on whom the coverage hangs, and whom to train, in the order of the team."""
    now = covered(team, least, months)
    found = []
    for n, member in enumerate(team):
        without = [*team[:n], *team[n + 1 :]]
        taught = replace(member, able=max(member.able, TRAINED))
        found.append(
            Weight(
                person=member.person,
                critical=now - covered(without, least, months),
                training=covered([*without, taught], least, months) - now,
            )
        )
    return found
