"""Elo: each answer is a game of a person against a question.

``P = sigmoid(middle + person - question)``; the loser gives the winner
``U(n) (outcome - P)`` with ``U(n) = a / (1 + b n)``, n the answers before. A question
begins where the rating of its competency stands. The speeds are chosen inside the
people that are learned from, so that nobody can say the model was given bad ones.

Source: Pelánek, Applications of the Elo rating system in adaptive educational
systems, 2016.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from itertools import product

import numpy as np

from trainer.competence.domain.chances import logit
from trainer.competence.domain.chances import sigmoid
from trainer.competence.domain.evaluation.logs import Answer
from trainer.competence.domain.evaluation.logs import Floats
from trainer.competence.domain.evaluation.logs import chosen
from trainer.competence.domain.evaluation.logs import inner
from trainer.competence.domain.evaluation.logs import of
from trainer.competence.domain.evaluation.logs import outcomes
from trainer.competence.domain.evaluation.metrics import log_loss

ENOUGH = 200
"""So many people decide on the speeds."""

EDGE = 0.01
"""The share of right answers that ``middle`` is taken from keeps this far from 0, 1."""


@dataclass(frozen=True, slots=True)
class Speed:
    """``U(n) = a / (1 + b n)``."""

    a: float
    b: float

    def after(self, count: int) -> float:
        """Give how far an answer moves a rating after ``count`` others."""
        return self.a / (1 + self.b * count)


OF_PEOPLE = (
    Speed(0.1, 0.0),
    Speed(0.3, 0.0),
    Speed(0.6, 0.0),
    Speed(1.0, 0.02),
    Speed(1.0, 0.05),
)
OF_QUESTIONS = (Speed(1.0, 0.2), Speed(0.5, 0.05), Speed(1.0, 0.05))
"""The speeds that are tried."""


@dataclass(slots=True)
class Rating:
    """How strong a person or how hard a question is, after ``count`` answers."""

    value: float = 0.0
    count: int = 0

    def move(self, speed: Speed, surprise: float) -> None:
        """Let an answer move it."""
        self.value += speed.after(self.count) * surprise
        self.count += 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """All ratings, and how fast they move."""

    people_move: Speed
    questions_move: Speed
    middle: float
    people: dict[str, Rating] = field(default_factory=dict)
    skills: dict[str, Rating] = field(default_factory=dict)
    items: dict[str, Rating] = field(default_factory=dict)

    def meet(self, answer: Answer, *, learns: bool) -> float:
        """Forecast an answer, then let it move the person, and if so the question."""
        person = self.people.setdefault(answer.person, Rating())
        skill = self.skills.setdefault(answer.skill, Rating())
        item = self.items.get(answer.seen.item)
        if item is None:
            item = self.items[answer.seen.item] = Rating(skill.value)
        strong = self.middle + person.value
        chance = sigmoid(strong - item.value)
        if learns:
            of_skill = answer.outcome - sigmoid(strong - skill.value)
            skill.move(self.questions_move, -of_skill)
            item.move(self.questions_move, chance - answer.outcome)
        person.move(self.people_move, answer.outcome - chance)
        return chance


def elo(known: Sequence[Answer], asked: Sequence[Answer]) -> Floats:
    """Forecast by ratings, their speeds chosen among those who are learned from."""
    learned, tried = inner(of(known, chosen(known, ENOUGH, 0)))
    truth = outcomes(tried)

    def loss(speeds: tuple[Speed, Speed]) -> float:
        return log_loss(truth, rated(learned, tried, *speeds))

    best = OF_PEOPLE[1], OF_QUESTIONS[0]
    if learned:  # else there is one person, and nothing to choose by
        best = min(product(OF_PEOPLE, OF_QUESTIONS), key=loss)
    return rated(known, asked, *best)


def rated(
    known: Sequence[Answer], asked: Sequence[Answer], people: Speed, questions: Speed
) -> Floats:
    """Learn ratings at some speeds, then forecast others, questions frozen."""
    share = float(outcomes(known).mean())
    model = Ratings(
        people_move=people,
        questions_move=questions,
        middle=logit(min(max(share, EDGE), 1 - EDGE)),
    )
    for answer in known:
        model.meet(answer, learns=True)
    return np.array([model.meet(answer, learns=False) for answer in asked], np.float64)
