"""How hard questions are, learned from everybody's answers in one pass.

Between two calibrations nothing that others do moves a person's figure. One pass in
the order of time with the learning ledger is what was measured best
(``docs/competence.md``, section 3); a second pass or learning rates gained nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping

from trainer.competence.domain.constants import DEFAULTS
from trainer.competence.domain.constants import Constants
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.ledger import Part
from trainer.competence.domain.ledger import Person
from trainer.competence.domain.ledger import Questions
from trainer.competence.domain.ledger import Seen

ENOUGH_QUESTIONS = 5
"""Fewer questions of a competency do not tell how much they differ."""


def calibrated(
    seen: Iterable[tuple[int, Seen]], constants: Constants = DEFAULTS
) -> Questions:
    """Learn how hard questions are.

    Args:
        seen: Key of the person and what was seen, oldest first.
        constants: The constants.
    """
    ledger = Ledger(constants, learns=True)
    people: dict[int, Person] = {}
    belong: dict[str, str] = {}
    for key, each in seen:
        person = people.setdefault(key, ledger.newcomer())
        ledger.update(person, each)
        if each.item:
            belong[each.item] = each.competencies[0]
    found = ledger.questions
    found.spreads = _spreads(found, belong, constants.question)
    return found


def _spreads(
    questions: Questions, belong: Mapping[str, str], prior: float
) -> dict[str, float]:
    groups: dict[str, list[Part]] = {}
    for item, code in belong.items():
        groups.setdefault(code, []).append(questions.items[item])
    return {code: spread(items, prior) for code, items in groups.items()}


def spread(items: list[Part], prior: float) -> float:
    """Give how much questions differ in difficulty, a variance.

    The variance of their means and their mean variance together; ``prior`` where there
    are too few to tell.
    """
    if len(items) < ENOUGH_QUESTIONS:
        return prior
    middle = sum(item.mean for item in items) / len(items)
    between = sum((item.mean - middle) ** 2 for item in items) / (len(items) - 1)
    return between + sum(item.variance for item in items) / len(items)
