"""Somebody in the middle of a placement test: what is known of him by now; pure.

While it runs nobody learns and nobody is told anything, so what is known moves by the
answers alone (:func:`.placement.placing`). What was known before counts: who has worked
here is asked less.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from enum import StrEnum

from trainer.competence.domain import placement
from trainer.competence.domain.facets import routed
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.placement import Candidate
from trainer.competence.domain.placement import placing
from trainer.competence.domain.records import Judge
from trainer.competence.domain.records import Record
from trainer.competence.domain.records import add
from trainer.competence.domain.records import concerning
from trainer.competence.domain.records import judge
from trainer.competence.domain.records import standing_of
from trainer.competence.domain.standing import Standing
from trainer.evidence.domain import Fact

SHARE, SURE = 0.70, 0.85
"""What is known enough to be skipped: 70 % of cases handled correctly, with a
probability of 85 %. The share is that of supervised work: whoever skips a lesson still
works beside somebody."""


class Advice(StrEnum):
    """What follows from a placement test for one competency."""

    SKIP = "skip"
    LEARN = "learn"
    UNSURE = "unsure"
    UNASKED = "unasked"


def advice(standing: Standing) -> Advice:
    """Give what follows; a rule that changed and was not shown yet is learned anew."""
    if standing.open_facets:
        return Advice.LEARN
    if not standing.is_seen:
        return Advice.UNASKED
    chance = standing.main.at_least(SHARE)
    if chance >= SURE:
        return Advice.SKIP
    return Advice.LEARN if chance <= 1 - SURE else Advice.UNSURE


@dataclass(frozen=True, slots=True)
class Sitting:
    """A person, by the judge of a test, at a moment in days."""

    judge: Judge
    record: Record
    at: float

    @property
    def ledger(self) -> Ledger:
        """The ledger of the test."""
        return self.judge.ledger

    def placed(self, candidate: Candidate, revision: int | None) -> Candidate:
        """Give a question as evidence for what it is: its competency, or a facet."""
        code = candidate.competency
        changes = concerning(self.record, code, self.judge.changes)
        left = [each for each in changes if each.code not in self.record.joined]
        told = routed(code, candidate.item, revision, self.at, left)
        return replace(candidate, competency=told)

    def error(self, codes: Collection[str]) -> float:
        """Give the mean standard error of some competencies, in log-odds."""
        return placement.error(self.ledger, self.record.person, codes, self.at)

    def next_question(
        self, candidates: Sequence[Candidate], seed: str
    ) -> Candidate | None:
        """Choose what to ask next; None when nothing is left."""
        return placement.next_question(
            self.ledger, self.record.person, candidates, seed
        )

    def standing(self, code: str) -> Standing:
        """Give what is believed of a competency."""
        return standing_of(self.record, code, self.judge, self.at)


def sitting(record: Record, told: Iterable[Fact], by: Judge, at: float) -> Sitting:
    """Let the answers of a test change what was known before it.

    Args:
        record: What was known before; it is changed.
        told: The answers, oldest first, as the facts they will be.
        by: The judge of the day.
        at: Now, in days.
    """
    calm = Ledger(placing(by.ledger.constants), by.ledger.questions)
    there = judge(calm, by.changes)
    for fact in told:
        add(record, fact, there)
    return Sitting(there, record, at)
