"""What any model must beat: how often a question is answered right by everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

import numpy as np

from trainer.competence.domain.evaluation.logs import Answer
from trainer.competence.domain.evaluation.logs import Floats

PULL = 5.0
"""A question counts as if so many more had answered it as its competency is answered,
and a competency as if so many more had answered it as everything is."""


@dataclass(slots=True)
class Tally:
    """Right answers, and all answers, by what was asked."""

    right: dict[str, float] = field(default_factory=dict)
    count: dict[str, int] = field(default_factory=dict)

    def add(self, key: str, outcome: float) -> None:
        """Count an answer."""
        self.right[key] = self.right.get(key, 0.0) + outcome
        self.count[key] = self.count.get(key, 0) + 1

    def share(self, key: str, otherwise: float) -> float:
        """Give the share of right answers, pulled to another."""
        right = self.right.get(key, 0.0) + PULL * otherwise
        return right / (self.count.get(key, 0) + PULL)


def item_mean(known: Sequence[Answer], asked: Sequence[Answer]) -> Floats:
    """Forecast by the share of right answers to the same question."""
    items, skills, every = Tally(), Tally(), Tally()
    for answer in known:
        outcome = answer.outcome
        items.add(answer.seen.item, outcome)
        skills.add(answer.skill, outcome)
        every.add("", outcome)
    middle = every.share("", 0.5)
    return np.array(
        [
            items.share(answer.seen.item, skills.share(answer.skill, middle))
            for answer in asked
        ],
        np.float64,
    )
