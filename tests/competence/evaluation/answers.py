"""Answers for tests."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.competence.domain.evaluation.logs import Answer
from trainer.competence.domain.ledger import Seen


def answer(
    person: str = "a",
    right: float = 1,
    *,
    item: str = "q",
    skills: tuple[str, ...] = ("s",),
    day: float = 0.0,
) -> Answer:
    seen = Seen(competencies=skills, item=item, day=day, outcome=float(right))
    return Answer(person, seen)


def rows(*given: tuple[str, Sequence[int]], skill: str = "s") -> list[Answer]:
    """Answers of people to one skill, one person after the other."""
    return [
        answer(person, right, item=f"q{n}", skills=(skill,))
        for person, marks in given
        for n, right in enumerate(marks)
    ]
