"""Grading an answer by hand."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.quizzes.domain.grading import Grade
from trainer.quizzes.domain.grading import GradedMeanwhileError
from trainer.quizzes.domain.grading import NotGradedByHandError
from trainer.quizzes.domain.grading import RuledError
from trainer.quizzes.domain.grading import must_give_reason
from trainer.quizzes.domain.grading import share_of
from trainer.quizzes.domain.rulings import Verdict
from trainer.quizzes.domain.types.writing import Writing
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import JudgementRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.queries.attempts import papers
from trainer.quizzes.queries.grading import SAME_FOR_ALL
from trainer.quizzes.queries.grading import last_judgement
from trainer.quizzes.queries.opening import open_banks
from trainer.quizzes.queries.overseen import overseen_attempt
from trainer.quizzes.queries.rulings import rulings_on
from trainer.quizzes.service.scoring import add_up
from trainer.quizzes.service.scoring import judge


def grade(session: Session, command: Grade, *, by: Actor, at: datetime) -> AttemptRow:
    """Give marks to an answer, for the first time or again.

    Raises:
        NotGradersError: ``by`` looks after nobody.
        NotFoundError: no such attempt of somebody ``by`` looks after.
        NotGradedByHandError: a machine scores the question.
        GradedMeanwhileError: somebody judged it since ``command.seen``.
        RuledError: the question counts the same for all.
        BadMarksError: marks that cannot be.
        ReasonMissingError: it is graded again without a reason.
    """
    row = _locked(session, command, by=by, at=at)
    items = papers(session, [row.id])
    item = next((each for each in items if each.position == command.position), None)
    if item is None:
        raise NotGradedByHandError
    essay = _essay(session, item)
    _must_be_free(session, item, command)
    share, is_again = share_of(essay.points, command.marks), bool(item.share)
    if is_again:
        must_give_reason(command.remark)
    session.add(_judgement(item, command, share, by=by, at=at))
    judge(session, row, item, Verdict(share), at=at)
    add_up(row, items, at=at)
    session.flush()
    told = Entry(
        person=by.person,
        verb="attempt.regraded" if is_again else "attempt.graded",
        object=f"attempt/{row.id}",
        detail=str(item.position),
    )
    audit.record(session, told, at=at)
    return row


def _essay(session: Session, item: PaperRow) -> Writing:
    bank = open_banks(session, {item.revision_id})[item.revision_id]
    body = bank.questions[item.item].body
    if not isinstance(body, Writing):
        raise NotGradedByHandError
    return body


def _must_be_free(session: Session, item: PaperRow, command: Grade) -> None:
    """Stop here when somebody was faster, or a ruling decides for all."""
    seen, _ = last_judgement(session, item.attempt_id, item.position)
    if seen != command.seen:
        raise GradedMeanwhileError
    ruling = rulings_on(session, [item]).get((item.bank, item.item, item.wording))
    if ruling is not None and ruling.act in SAME_FOR_ALL:
        raise RuledError


def _judgement(
    item: PaperRow, command: Grade, share: Fraction, *, by: Actor, at: datetime
) -> JudgementRow:
    return JudgementRow(
        attempt_id=item.attempt_id,
        position=item.position,
        before=item.share,
        after=str(share),
        is_void=False,
        points=[f"{given.normalize():f}" for given in command.marks],
        reason=command.remark.strip(),
        by=by.person,
        at=at,
    )


def _locked(session: Session, command: Grade, *, by: Actor, at: datetime) -> AttemptRow:
    """Fetch somebody's attempt so that nobody else grades it until the commit."""
    row, _ = overseen_attempt(session, command.attempt, day_of(at), reader=by)
    query = select(AttemptRow).where(AttemptRow.id == row.id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()
