"""People made up by chance, of whom the truth is known: of two natures.

``Believed`` people are as the ledger believes people to be. ``Different`` people are
not: a fifth are far weaker (no Gaussian), they learn in jumps, and what they learned is
lost exponentially, each at a pace of his own. All figures are log-odds and days.
"""

from __future__ import annotations

from collections import defaultdict
from math import exp
from math import log
from math import log1p
from math import sqrt
from random import Random
from typing import Protocol

from trainer.competence.domain.constants import Constants

WEAK_SHARE, WEAK, DEVIATION = 0.2, -1.7, 0.6
"""How many different people are weak, by how much, and how much all differ."""

SKILL_DEVIATION = 0.5
"""How much a different person differs from competency to competency."""

JUMP, JUMP_CHANCE = 1.2, 0.12
"""What a different person learns at once, and how often an answer brings that about."""

HALF_LIFE, HALF_LIFE_DEVIATION = 60.0, 0.7
"""Days after which half of that is lost, and the deviation of their logarithm."""


class Nature(Protocol):
    """A made-up person, whose truth moves as time passes and answers are given."""

    def standing(self, skill: str, at: float) -> float:
        """Give the log-odds on a question of no difficulty, never met before."""

    def familiar(self, item: str, at: float) -> float:
        """Give what having met a question before adds."""

    def wait(self, skill: str, at: float) -> None:
        """Let the days until a moment pass."""

    def practise(self, skill: str, item: str, at: float, *, right: bool) -> None:
        """Let an answer, whose solution is then shown, teach."""


class Believed:
    """A person as the ledger believes people to be.

    One thing its equations leave open: what drifts from day to day is drawn back to
    where it began, so that people do not differ more and more as years pass; the ledger
    likewise never becomes less sure than it was at the beginning.
    """

    def __init__(self, random: Random, constants: Constants) -> None:
        c = self._constants = constants
        self._random = random
        self._general = constants.mean + random.gauss(0, sqrt(c.person))
        self._values: dict[str, float] = {}
        self._taught: defaultdict[str, float] = defaultdict(float)
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._practised: dict[str, float] = {}
        self._moved: dict[str, float] = {}

    def standing(self, skill: str, at: float) -> float:
        """See :class:`Nature`."""
        value = self._value(skill, self._constants.skill)
        lost = self._lost(skill, self._constants.forgetting, at)
        return self._general + value + self._taught[skill] - lost

    def familiar(self, item: str, at: float) -> float:
        """See :class:`Nature`."""
        value = self._value(item, self._constants.familiarity)
        return value + self._taught[item] - self._lost(item, self._constants.losing, at)

    def wait(self, skill: str, at: float) -> None:
        """See :class:`Nature`."""
        c = self._constants
        days = at - self._moved.get(skill, at)
        kept = exp(-c.drift * days / c.skill) if c.skill else 1.0
        self._values[skill] = sqrt(kept) * self._value(skill, c.skill)
        self._add(skill, c.skill * (1 - kept))
        self._moved[skill] = at

    def practise(self, skill: str, item: str, at: float, *, right: bool) -> None:
        """See :class:`Nature`."""
        c = self._constants
        gain, met = (
            (c.gain_right, c.met_right) if right else (c.gain_wrong, c.met_wrong)
        )
        self._general += self._random.gauss(0, sqrt(c.person_noise))
        for key, taught, noise in (
            (skill, gain, c.skill_noise),
            (item, met, c.familiarity_noise),
        ):
            self._taught[key] += taught / (1 + self._counts[key])
            self._add(key, noise)
            self._counts[key] += 1
            self._practised[key] = at

    def _value(self, key: str, variance: float) -> float:
        if key not in self._values:
            self._values[key] = self._random.gauss(0, sqrt(variance))
        return self._values[key]

    def _add(self, key: str, variance: float) -> None:
        self._values[key] += self._random.gauss(0, sqrt(variance))

    def _lost(self, key: str, loss: float, at: float) -> float:
        days = at - self._practised.get(key, at)
        return loss * log1p(days / self._constants.pace)


class Different:
    """A person as the ledger does not believe people to be."""

    def __init__(self, random: Random, constants: Constants) -> None:
        self._random = random
        weak = WEAK if random.random() < WEAK_SHARE else -WEAK * WEAK_SHARE
        self._general = constants.mean + weak + random.gauss(0, DEVIATION)
        self._half_life = exp(random.gauss(log(HALF_LIFE), HALF_LIFE_DEVIATION))
        self._skills: dict[str, float] = {}
        self._learned: defaultdict[str, float] = defaultdict(float)
        self._practised: dict[str, float] = {}

    def standing(self, skill: str, at: float) -> float:
        """See :class:`Nature`."""
        if skill not in self._skills:
            self._skills[skill] = self._random.gauss(0, SKILL_DEVIATION)
        return self._general + self._skills[skill] + self._kept(skill, at)

    def familiar(self, item: str, at: float) -> float:
        """See :class:`Nature`."""
        return self._kept(item, at)

    def wait(self, skill: str, at: float) -> None:
        """See :class:`Nature`."""

    def practise(self, skill: str, item: str, at: float, *, right: bool) -> None:
        """See :class:`Nature`; a wrong answer teaches as much as a right one."""
        del right
        for key in (skill, item):
            self._learned[key] = self._kept(key, at)
            if self._random.random() < JUMP_CHANCE:
                self._learned[key] += JUMP
            self._practised[key] = at

    def _kept(self, key: str, at: float) -> float:
        days = at - self._practised.get(key, at)
        return float(self._learned[key] * 0.5 ** (days / self._half_life))
