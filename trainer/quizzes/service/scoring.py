"""From answers to shares, from shares to a score, from shares to the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from trainer.evidence import service as evidence
from trainer.evidence.domain import Fact
from trainer.evidence.domain import FactKind
from trainer.quizzes.domain import attempts
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.rulings import Ruling
from trainer.quizzes.domain.rulings import Verdict
from trainer.quizzes.domain.rulings import verdict
from trainer.quizzes.domain.score import Score
from trainer.quizzes.domain.score import Weighed
from trainer.quizzes.domain.score import summed
from trainer.quizzes.domain.taking import line_of
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.queries.attempts import attempt_of
from trainer.quizzes.queries.opening import OpenBank
from trainer.quizzes.queries.opening import open_banks
from trainer.quizzes.queries.rulings import rulings_on

PRACTICE_WEIGHT = 0.5
"""What an answer in practice counts beside one in an exam: one may look things up."""


def score_all(
    session: Session, row: AttemptRow, items: Sequence[PaperRow], *, at: datetime
) -> None:
    """Judge every question of an attempt that was handed in, and add up."""
    banks = open_banks(session, {item.revision_id for item in items})
    rulings = rulings_on(session, items)
    for item in items:
        if not item.share and not item.is_void:
            ruling = rulings.get((item.bank, item.item, item.wording))
            judge(session, row, item, judged(item, banks, ruling), at=at)
    add_up(row, items, at=at)


def add_up(row: AttemptRow, items: Sequence[PaperRow], *, at: datetime) -> None:
    """Write the score of an attempt; it is graded when nothing waits for a person."""
    score = score_of(row, items)
    row.full = f"{score.full:f}"
    row.earned = None if score.earned is None else f"{score.earned:f}"
    row.passed = score.passed
    if score.earned is not None and row.state == State.SUBMITTED:
        row.state = attempts.graded(attempt_of(row)).state
        row.graded_at = at
    if score.earned is None:
        row.state, row.graded_at = attempts.reopened(attempt_of(row)).state, None


def score_of(row: AttemptRow, items: Sequence[PaperRow]) -> Score:
    """Add up what is known of a paper."""
    return summed((weighed(item) for item in items), row.pass_percent)


def weighed(item: PaperRow) -> Weighed:
    """Give a question as it counts."""
    share = Fraction(item.share) if item.share else None
    return Weighed(Decimal(item.marks), share, item.is_void)


def judged(
    item: PaperRow,
    banks: dict[int, OpenBank],
    ruling: Ruling | None,
    by_hand: Fraction | None = None,
) -> Verdict:
    """Judge the answer that is kept, by its type, the ruling, and who graded it."""
    body = banks[item.revision_id].questions[item.item].body
    return verdict(body, tuple(item.answer), tuple(item.drawn), ruling, by_hand)


def judge(
    session: Session, row: AttemptRow, item: PaperRow, found: Verdict, *, at: datetime
) -> None:
    """Write a verdict, and tell the ledger; a second one takes the first one back."""
    item.share = "" if found.share is None else str(found.share)
    item.is_void = found.is_void
    if item.fact:
        _tell(session, row, item, f"{item.fact}/back", revokes=item.fact, at=at)
        item.fact = ""
    if found.share is not None and not found.is_void:
        item.fact = f"attempt/{row.id}/{item.position}/{at.isoformat()}"
        _tell(session, row, item, item.fact, guess=found.guess, at=at)


def _tell(  # noqa: PLR0913  (of what, from where and when, each by name)
    session: Session,
    row: AttemptRow,
    item: PaperRow,
    source: str,
    *,
    guess: float | None = None,
    revokes: str = "",
    at: datetime,
) -> None:
    share = Fraction(item.share or 0)
    fact = fact_of(row, item, share, source, guess=guess, at=at)
    evidence.record(session, replace(fact, revokes=revokes), at=at)


def fact_of(
    row: AttemptRow,
    item: PaperRow,
    share: Fraction,
    source: str,
    *,
    guess: float | None,
    at: datetime,
) -> Fact:
    """Give an answer as the ledger sees it.

    A placement test is no place to look things up either: it counts as an exam.
    """
    is_full = row.mode == Mode.EXAM or line_of(row.quiz)
    return Fact(
        person=row.person_id,
        competency=item.competency,
        item=f"{item.bank}#{item.item}",
        happened_at=item.saved_at or row.ended_at or at,
        outcome=float(share),
        kind=FactKind.QUIZ_ANSWER,
        weight=1.0 if is_full else PRACTICE_WEIGHT,
        guess=guess,
        revision=item.revision_id,
        source=source,
    )
