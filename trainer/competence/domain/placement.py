"""Which question says most of a newcomer: the rule of the adaptive placement test.

The next question is one of the few that are expected to lower the total variance of
the competencies in question most; chance picks among the best, so that not everybody
gets the same test. It stops when the mean standard error is small enough, or after a
number of questions: 24, some two for each competency of a line and 15 minutes. Then
less than half of the competencies are decided; no more is promised
(``docs/competence.md``, section 3.7).
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from math import sqrt
from random import Random

from trainer.competence.domain.chances import SPREAD
from trainer.competence.domain.chances import sigmoid
from trainer.competence.domain.constants import Constants
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.ledger import Person

USUAL_ITEMS = 24
PRECISE = 0.7
"""Mean standard error, in log-odds, at which the test may stop: what a line of a dozen
competencies reaches just before :data:`USUAL_ITEMS` once its questions are calibrated.
Below it each further question tells little: 0.6 takes three times as many."""

BEST = 5
"""Chance picks among so many."""

REST_DAYS = 30
"""A question met within so many days is not asked again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A question that might be asked.

    Attributes:
        item: ``<slug>#<id>``.
        competency: Code of its competency, or of the facet it belongs to.
        guess: Chance to be right without knowing.
        slip: Chance to be wrong in spite of knowing.
    """

    item: str
    competency: str
    guess: float = 0.0
    slip: float = 0.0


def placing(constants: Constants) -> Constants:
    """Give the constants while a test runs: nobody learns or changes meanwhile."""
    return replace(
        constants,
        gain_right=0.0,
        gain_wrong=0.0,
        met_right=0.0,
        met_wrong=0.0,
        skill_noise=0.0,
        person_noise=0.0,
        familiarity_noise=0.0,
    )


def error(ledger: Ledger, person: Person, codes: Collection[str], at: float) -> float:
    """Give the mean standard error of some competencies, in log-odds."""
    errors = []
    for code in codes:
        trace = person.skills.get(code) or ledger.beginning(code)
        errors.append(sqrt(person.general.variance + ledger.variance(code, trace, at)))
    return sum(errors) / len(errors) if errors else 0.0


def worth(ledger: Ledger, person: Person, candidate: Candidate, many: int) -> float:
    """Give by how much a question is expected to lower the total variance.

    Args:
        ledger: The ledger.
        person: The newcomer.
        candidate: The question.
        many: Number of competencies that are placed; all share the person's part.
    """
    code = candidate.competency
    trace = person.skills.get(code) or ledger.beginning(code)
    item = ledger.questions.items.get(candidate.item)
    hard = ledger.difficulty(code)
    mean = ledger.questions.mean.mean + person.general.mean + trace.mean - hard.mean
    mean -= item.mean if item else 0.0
    general = person.general.variance
    unsure = general + trace.variance + hard.variance
    unsure += item.variance if item else ledger.constants.question
    shrunk = 1 / sqrt(1 + SPREAD * unsure)
    known = sigmoid(shrunk * mean)
    span = 1 - candidate.guess - candidate.slip
    likely = candidate.guess + span * known
    curve = (span * shrunk * known * (1 - known)) ** 2 / (likely * (1 - likely))
    return (many * general * general + trace.variance * trace.variance) * curve


def is_done(
    ledger: Ledger,
    person: Person,
    codes: Collection[str],
    asked: int,
    at: float,
    most: int = USUAL_ITEMS,
) -> bool:
    """Tell whether the test may stop."""
    return asked >= most or error(ledger, person, codes, at) <= PRECISE


def next_question(
    ledger: Ledger,
    person: Person,
    candidates: Sequence[Candidate],
    seed: str,
) -> Candidate | None:
    """Choose what to ask next; None when nothing is left.

    Args:
        ledger: The ledger.
        person: The newcomer as known by now.
        candidates: What may be asked: nothing stale, nothing met lately.
        seed: What chance is drawn from: the attempt and the number of the question.
    """
    many = len({candidate.competency for candidate in candidates})
    ranked = sorted(
        candidates,
        key=lambda each: (-worth(ledger, person, each, many), each.item),
    )
    return Random(seed).choice(ranked[:BEST]) if ranked else None  # noqa: S311  (no secret)
