"""Our own model over a log: learned in one pass, then frozen, then asked forward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.competence.domain.constants import Constants
from trainer.competence.domain.evaluation.logs import Answer
from trainer.competence.domain.evaluation.logs import Floats
from trainer.competence.domain.evaluation.logs import outcomes
from trainer.competence.domain.evaluation.recalibration import UNCHANGED
from trainer.competence.domain.evaluation.recalibration import Forecast
from trainer.competence.domain.evaluation.recalibration import recalibration
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.ledger import Person


def passed(ledger: Ledger, answers: Sequence[Answer]) -> list[Forecast]:
    """Let a ledger see a log, oldest first; give what it forecast of each answer."""
    people: dict[str, Person] = {}
    found = []
    for answer in answers:
        person = people.get(answer.person)
        if person is None:
            person = people[answer.person] = ledger.newcomer()
        seen = answer.seen
        odds = ledger.foresee(person, seen)
        found.append(Forecast(odds=odds, guess=seen.guess, slip=seen.slip))
        ledger.update(person, seen)
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """Forecasts as the ledger makes them, and as recalibration leaves them, 0..1."""

    plain: Floats
    recalibrated: Floats


def forward(
    constants: Constants, known: Sequence[Answer], asked: Sequence[Answer]
) -> Told:
    """Learn how hard questions are from some people, then forecast others.

    Args:
        constants: Those of the ledger.
        known: Answers to learn from, oldest first; what was forecast of them on the
            way is what recalibration is fitted to.
        asked: Answers of other people, oldest first.
    """
    learning = Ledger(constants, learns=True)
    logged = passed(learning, known)
    honest = recalibration(logged, outcomes(known))
    found = passed(Ledger(constants, learning.questions), asked)
    return Told(UNCHANGED.chances(found), honest.chances(found))
