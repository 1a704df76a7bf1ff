"""Ruling on a question that was wrong: tried first, then applied as it was seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Select
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.grading import must_give_reason
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.regrading import Asked
from trainer.quizzes.domain.regrading import Changed
from trainer.quizzes.domain.regrading import ChangedMeanwhileError
from trainer.quizzes.domain.regrading import DryRun
from trainer.quizzes.domain.regrading import Rule
from trainer.quizzes.domain.regrading import ruled
from trainer.quizzes.domain.regrading import takes_others
from trainer.quizzes.domain.rulings import Ruling
from trainer.quizzes.domain.rulings import Verdict
from trainer.quizzes.domain.score import Weighed
from trainer.quizzes.domain.score import summed
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import JudgementRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.models import RulingRow
from trainer.quizzes.queries.attempts import papers
from trainer.quizzes.queries.opening import open_banks
from trainer.quizzes.queries.overseen import OVER
from trainer.quizzes.queries.questions import question_asked
from trainer.quizzes.queries.rulings import by_hand
from trainer.quizzes.queries.rulings import rulings
from trainer.quizzes.service.scoring import add_up
from trainer.quizzes.service.scoring import judge
from trainer.quizzes.service.scoring import judged
from trainer.quizzes.service.scoring import score_of
from trainer.quizzes.service.scoring import weighed


@dataclass(frozen=True, slots=True)
class _Case:
    """An answer that was judged: its attempt, all of its paper, and the question."""

    row: AttemptRow
    paper: Sequence[PaperRow]
    item: PaperRow

    @property
    def verdict(self) -> Verdict:
        """How it stands."""
        share = Fraction(self.item.share) if self.item.share else None
        return Verdict(share, is_void=self.item.is_void)


def dry_run(session: Session, command: Rule, *, by: Actor) -> DryRun:
    """Tell what a ruling would change; nothing is written.

    Raises:
        DeniedError: ``by`` does not approve.
        NotFoundError: there is no such question.
        ReasonMissingError: no reason.
        BadAnswerError: what is accepted is no answer to the question.
        NothingToRuleError, NothingAcceptedError, CannotAcceptError: see ``ruled``.
    """
    by.must(Permission.APPROVE)
    must_give_reason(command.reason)
    ruling, last = _ruling(session, command)
    cases = _cases(session, command.asked)
    return _tried(session, command.asked, ruling, last, cases)


def rule(
    session: Session, command: Rule, seal: str, *, by: Actor, at: datetime
) -> DryRun:
    """Apply a ruling whose dry run somebody has looked at.

    Who hands in at this moment is either judged here or finds the ruling: the
    attempts with the question are held, open ones too.

    Args:
        session: A session.
        command: The ruling.
        seal: That of the dry run.
        by: Who rules.
        at: Now.

    Raises:
        ChangedMeanwhileError: it would change something else by now.
        TrainerError: as :func:`dry_run`.
    """
    by.must(Permission.APPROVE)
    must_give_reason(command.reason)
    held = _having(select(AttemptRow.id), command.asked).order_by(AttemptRow.id)
    session.execute(held.with_for_update(of=AttemptRow)).all()
    session.expire_all()
    ruling, last = _ruling(session, command)
    cases = _cases(session, command.asked)
    found = _tried(session, command.asked, ruling, last, cases)
    if found.seal != seal:
        raise ChangedMeanwhileError
    row = _written(session, command, ruling, by=by, at=at)
    _apply(session, row, found, cases, at=at)
    told = Entry(
        person=by.person,
        verb="ruling.made",
        object=f"ruling/{row.id}",
        detail=command.act,
    )
    audit.record(session, told, at=at)
    return found


def _apply(
    session: Session,
    row: RulingRow,
    found: DryRun,
    cases: Sequence[_Case],
    *,
    at: datetime,
) -> None:
    """Write what was tried: answers, facts and scores."""
    changes = {each.attempt: each for each in found.changes}
    for case in cases:
        if change := changes.get(case.row.id):
            session.add(_judgement(change, row))
            judge(session, case.row, case.item, change.becomes, at=at)
            if change.is_over:
                add_up(case.row, case.paper, at=at)
    session.flush()


def _ruling(session: Session, command: Rule) -> tuple[Ruling, int]:
    """Give what is ruled, and the number of the ruling it takes the place of."""
    question = question_asked(session, command.asked)
    drawn = question.body.draw(lambda _: 0, shuffle=False)
    accepted: tuple[Answer, ...] = tuple(
        question.body.read(each, drawn) for each in command.accepted
    )
    before = rulings(session, command.asked)
    ruling = ruled(
        command.act,
        (each for each in accepted if each),
        before[0].ruling if before else None,
        takes=takes_others(question),
    )
    return ruling, before[0].id if before else 0


def _cases(session: Session, asked: Asked) -> list[_Case]:
    """Give the answers to a question that were judged, with their papers."""
    judged_ones = or_(AttemptRow.state.in_(OVER), PaperRow.checked_at.is_not(None))
    query = _having(select(AttemptRow), asked).where(judged_ones)
    rows = session.scalars(query.order_by(AttemptRow.id)).unique().all()
    sheets: dict[int, list[PaperRow]] = defaultdict(list)
    for item in papers(session, [row.id for row in rows]):
        sheets[item.attempt_id].append(item)
    return [
        _Case(row, sheets[row.id], item)
        for row in rows
        for item in sheets[row.id]
        if (item.bank, item.item, item.wording)
        == (asked.bank, asked.item, asked.wording)
    ]


def _having(query: Select[Any], asked: Asked) -> Select[Any]:
    """Ask only for attempts in whose paper a question is."""
    return (
        query.select_from(AttemptRow)
        .join(PaperRow, PaperRow.attempt_id == AttemptRow.id)
        .where(
            PaperRow.bank == asked.bank,
            PaperRow.item == asked.item,
            PaperRow.wording == asked.wording,
        )
    )


def _tried(
    session: Session,
    asked: Asked,
    ruling: Ruling,
    last: int,
    cases: Sequence[_Case],
) -> DryRun:
    """Work out what becomes of each answer."""
    items = [case.item for case in cases]
    banks = open_banks(session, {item.revision_id for item in items})
    hands = by_hand(session, items)
    found = [
        _changed(
            case,
            judged(
                case.item,
                banks,
                ruling,
                hands.get((case.row.id, case.item.position)),
            ),
        )
        for case in cases
    ]
    changes = tuple(each for each in found if each.becomes != each.verdict)
    still_open = _having(select(func.count()), asked)
    return DryRun(
        ruling=ruling,
        changes=changes,
        same=len(found) - len(changes),
        open=session.scalar(still_open.where(AttemptRow.state == State.IN_PROGRESS))
        or 0,
        last=last,
    )


def _changed(case: _Case, becomes: Verdict) -> Changed:
    row = case.row
    after = Weighed(weighed(case.item).marks, becomes.share, is_void=becomes.is_void)
    return Changed(
        attempt=row.id,
        position=case.item.position,
        person=row.person_id,
        quiz=row.quiz,
        is_over=row.state in OVER,
        is_exam=row.mode == Mode.EXAM,
        verdict=case.verdict,
        becomes=becomes,
        score=score_of(row, case.paper),
        turns=summed(
            (after if each is case.item else weighed(each) for each in case.paper),
            row.pass_percent,
        ),
    )


def _written(
    session: Session, command: Rule, ruling: Ruling, *, by: Actor, at: datetime
) -> RulingRow:
    row = RulingRow(
        bank=command.asked.bank,
        item=command.asked.item,
        wording=command.asked.wording,
        act=ruling.act,
        accepted=[[*each] for each in ruling.accepted],
        reason=command.reason.strip(),
        by=by.person,
        at=at,
    )
    session.add(row)
    session.flush()
    return row


def _judgement(change: Changed, row: RulingRow) -> JudgementRow:
    return JudgementRow(
        attempt_id=change.attempt,
        position=change.position,
        ruling_id=row.id,
        before=_text(change.verdict),
        after=_text(change.becomes),
        is_void=change.becomes.is_void,
        points=[],
        reason=row.reason,
        by=row.by,
        at=row.at,
    )


def _text(verdict: Verdict) -> str:
    return "" if verdict.share is None else str(verdict.share)
