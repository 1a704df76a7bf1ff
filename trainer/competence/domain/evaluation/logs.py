"""Answers of many people, and how they are divided."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from trainer.competence.domain.ledger import Seen

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answered, and what was seen; ``seen.outcome`` is never None."""

    person: str
    seen: Seen

    @property
    def outcome(self) -> float:
        """Share of what was right, 0..1."""
        return self.seen.outcome or 0.0

    @property
    def skill(self) -> str:
        """The competencies as one, for models that know only one an answer."""
        return "+".join(self.seen.competencies)


def in_order(answers: Iterable[Answer]) -> list[Answer]:
    """Give answers oldest first; those of one moment stay in their order."""
    return sorted(answers, key=lambda answer: answer.seen.day)


def outcomes(answers: Sequence[Answer]) -> Floats:
    """Give what came of each answer, 0..1."""
    return np.array([answer.outcome for answer in answers], np.float64)


def folds(answers: Iterable[Answer], many: int, seed: int) -> list[frozenset[str]]:
    """Divide the people of a log by chance into ``many`` parts of nearly one size."""
    people = chosen(answers, None, seed)
    return [frozenset(people[place::many]) for place in range(many)]


def chosen(answers: Iterable[Answer], most: int | None, seed: int) -> list[str]:
    """Choose people of a log by chance, all of them when ``most`` is None."""
    people = sorted({answer.person for answer in answers})
    Random(seed).shuffle(people)  # noqa: S311  (no secret)
    return people[:most]


def of(answers: Iterable[Answer], people: Collection[str]) -> list[Answer]:
    """Leave the answers of some people, in their order."""
    wanted = frozenset(people)
    return [answer for answer in answers if answer.person in wanted]


INNER = 4
"""One in so many people is asked where something is chosen inside the others."""


def inner(answers: Sequence[Answer]) -> tuple[list[Answer], list[Answer]]:
    """Divide answers once more, by people: to learn from, and to try on."""
    tried = frozenset(chosen(answers, None, 0)[::INNER])
    learned = {answer.person for answer in answers} - tried
    return of(answers, learned), of(answers, tried)
