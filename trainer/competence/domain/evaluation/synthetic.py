"""Logs made up by chance, of which the truth is known.

Two shapes. ``MODEL`` is the world as the ledger believes it to be. ``OTHER`` is not:
its people are of another nature (:mod:`.natures`), its questions differ in how sharply
they tell people apart, and in how easily they are guessed, which the log does not say.
What the ledger's figures are worth there says how much they hang on its beliefs.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from random import Random
from statistics import fmean

from trainer.competence.domain.chances import sigmoid
from trainer.competence.domain.constants import DEFAULTS
from trainer.competence.domain.constants import Constants
from trainer.competence.domain.evaluation.logs import Answer
from trainer.competence.domain.evaluation.logs import in_order
from trainer.competence.domain.evaluation.natures import Believed
from trainer.competence.domain.evaluation.natures import Different
from trainer.competence.domain.evaluation.natures import Nature
from trainer.competence.domain.ledger import Seen

SITTING = 5
"""Answers of one day."""

MINUTES = 2 / 1440
"""Between two answers of a day, in days."""

BEGINNERS = 30.0
"""Days within which all people begin."""

SHARPNESS = 0.4
"""Of ``OTHER``: deviation of the logarithm of how sharply a question tells."""

GUESSES = (0.1, 0.35)
"""Of ``OTHER``: from where to where the chance to guess a question really lies."""


class Shape(StrEnum):
    """Whether the world is as the model believes."""

    MODEL = "model"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What is made up.

    Attributes:
        people: How many people, 1 or more.
        answers: Answers of each, 1 or more.
        skills: Competencies, 1 or more.
        items: Questions of each competency, 1 or more.
        gap: Mean days between two sittings.
        guess: Chance to be right without knowing, as the log says it.
        slip: Chance to be wrong in spite of knowing.
        constants: Those of the model's world.
        shape: Which world.
    """

    people: int = 50
    answers: int = 60
    skills: int = 6
    items: int = 20
    gap: float = 3.0
    guess: float = 0.22
    slip: float = 0.04
    constants: Constants = DEFAULTS
    shape: Shape = Shape.MODEL


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A log, and what is true of it.

    Attributes:
        answers: The log, oldest first.
        chances: The true chance of each answer to be right.
        day: When it ends.
        shares: By person and competency, the share of its questions that the person
            would know on that day, met for the first time.
        difficulties: How hard each question is, its competency included.
    """

    answers: Sequence[Answer]
    chances: Sequence[float]
    day: float
    shares: Mapping[tuple[str, str], float]
    difficulties: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Question:
    """How hard a question is, how sharply it tells people apart, its true guess."""

    item: str
    difficulty: float
    sharpness: float
    guess: float

    def known(self, standing: float) -> float:
        """Give the chance that somebody knows it."""
        return sigmoid(self.sharpness * (standing - self.difficulty))


Bank = Mapping[str, Sequence[Question]]


def made_up(recipe: Recipe, seed: int) -> World:
    """Make up a world."""
    random = Random(seed)  # noqa: S311  (no secret)
    bank = _bank(recipe, random)
    nature = Believed if recipe.shape is Shape.MODEL else Different
    people: dict[str, Nature] = {
        f"p{n:04}": nature(random, recipe.constants) for n in range(recipe.people)
    }
    told: list[tuple[Answer, float]] = []
    for person, own in people.items():
        told += _answers(recipe, bank, person, own, random)
    chances = {id(answer): chance for answer, chance in told}
    answers = in_order(answer for answer, _ in told)
    day = answers[-1].seen.day
    return World(
        answers=answers,
        chances=[chances[id(answer)] for answer in answers],
        day=day,
        shares={
            (person, skill): _share(own, skill, bank[skill], day)
            for person, own in people.items()
            for skill in bank
        },
        difficulties={q.item: q.difficulty for each in bank.values() for q in each},
    )


def _bank(recipe: Recipe, random: Random) -> Bank:
    c, other = recipe.constants, recipe.shape is Shape.OTHER
    found = {}
    for n in range(recipe.skills):
        hard = random.gauss(0, sqrt(c.competency))
        found[f"s{n:02}"] = [
            Question(
                item=f"s{n:02}-{m:03}",
                difficulty=hard + random.gauss(0, sqrt(c.question)),
                sharpness=random.lognormvariate(0, SHARPNESS) if other else 1.0,
                guess=random.uniform(*GUESSES) if other else recipe.guess,
            )
            for m in range(recipe.items)
        ]
    return found


def _answers(
    recipe: Recipe, bank: Bank, person: str, own: Nature, random: Random
) -> list[tuple[Answer, float]]:
    """Let somebody answer, with the true chance of each answer to be right."""
    found = []
    day = random.uniform(0, BEGINNERS)
    for n in range(recipe.answers):
        day += MINUTES if n % SITTING else random.expovariate(1 / recipe.gap)
        skill = random.choice(list(bank))
        question = random.choice(bank[skill])
        own.wait(skill, day)
        standing = own.standing(skill, day) + own.familiar(question.item, day)
        span = 1 - question.guess - recipe.slip
        chance = question.guess + span * question.known(standing)
        right = random.random() < chance
        own.practise(skill, question.item, day, right=right)
        seen = Seen(
            competencies=(skill,),
            item=question.item,
            day=day,
            outcome=float(right),
            guess=recipe.guess,
            slip=recipe.slip,
        )
        found.append((Answer(person, seen), chance))
    return found


def _share(own: Nature, skill: str, questions: Sequence[Question], day: float) -> float:
    own.wait(skill, day)
    standing = own.standing(skill, day)
    return fmean(question.known(standing) for question in questions)
