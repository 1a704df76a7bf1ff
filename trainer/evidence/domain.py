"""A fact: one thing a person was seen to do, and how well; pure.

The ledger is never changed: a correction is a new fact that revokes another.
Whoever reads it (competence) computes; nothing here means anything by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from trainer.core.errors import TrainerError
from trainer.core.wording import N_


class FactKind(StrEnum):
    """How it was seen."""

    QUIZ_ANSWER = "quiz_answer"
    SCENARIO_CHOICE = "scenario_choice"
    OBSERVATION = "observation"
    COSIGNED_CASE = "cosigned_case"
    RETURNED_FILE = "returned_file"
    COMPLAINT = "complaint"
    RECEIPT_CHECK = "receipt_check"
    SIGN_OFF = "sign_off"
    WAIVER = "waiver"


class ImpossibleFactError(TrainerError):
    """A fact has a value that cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One observation.

    Attributes:
        person: Key of the person.
        competency: Code of the competency, for example ``P5``.
        item: What was asked: ``<slug>#<item id>``, empty when nothing single was.
        happened_at: Moment it happened, not when it was recorded.
        outcome: Share of the full mark, 0..1.
        kind: How it was seen.
        weight: How much it counts beside others of its kind, > 0; 1 is usual.
        guess: Chance to look right without knowing, 0..1, where the writer knows it:
            one of four options 0.25; None is what is usual for the kind.
        revision: Key of the revision it was shown on, None when there is none.
        source: Where it comes from, unique for one kind: the same source
            recorded twice is one fact (a replay changes nothing).
        revokes: ``source`` of the fact of this kind that it takes back, or empty.
    """

    person: int
    competency: str
    item: str
    happened_at: datetime
    outcome: float
    kind: FactKind
    weight: float = 1.0
    guess: float | None = None
    revision: int | None = None
    source: str
    revokes: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.outcome <= 1:
            raise ImpossibleFactError(
                N_("结果应在 0 到 1 之间，不能是 {outcome}", outcome=self.outcome)
            )
        if self.weight <= 0:
            raise ImpossibleFactError(
                N_("权重应大于 0，不能是 {weight}", weight=self.weight)
            )
        if self.guess is not None and not 0 <= self.guess < 1:
            raise ImpossibleFactError(
                N_("猜对的机会应在 0 到 1 之间，不能是 {guess}", guess=self.guess)
            )
        if not self.source:
            raise ImpossibleFactError(N_("一条记录必须写明来源"))


def standing(facts: Iterable[Fact]) -> list[Fact]:
    """Leave out what was revoked, and the revocations themselves."""
    facts = list(facts)
    revoked = {(fact.kind, fact.revokes) for fact in facts if fact.revokes}
    return [
        fact
        for fact in facts
        if not fact.revokes and (fact.kind, fact.source) not in revoked
    ]
