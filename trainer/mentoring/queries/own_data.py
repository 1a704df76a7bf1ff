"""What is kept of somebody here, for the export of his own data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.wording import N_
from trainer.mentoring.domain.notes import NOTE_NAMES
from trainer.mentoring.domain.notes import NoteKind
from trainer.mentoring.domain.weeks import PHASE_NAMES
from trainer.mentoring.domain.weeks import Phase
from trainer.mentoring.models import CosignedCaseRow
from trainer.mentoring.models import MentoringNoteRow
from trainer.mentoring.models import MentoringPlanRow
from trainer.mentoring.models import MentoringStepRow
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells
from trainer.people.models import SecondmentRow


def own_data(session: Session, _at: datetime, reader: Actor) -> list[Chapter]:
    """Give the log, the notes and the steps of whoever asks, and what he set."""
    return [_cases(session, reader), _notes(session, reader), *_set(session, reader)]


def _cases(session: Session, reader: Actor) -> Chapter:
    row = CosignedCaseRow
    rows = session.execute(
        select(row.on, row.business, row.reference, row.drawn, row.entered_at)
        .add_columns(row.withdrawn_at)
        .join(SecondmentRow, SecondmentRow.id == row.secondment_id)
        .where(SecondmentRow.person_id == reader.person)
        .order_by(row.id)
    )
    columns = (N_("日期"), N_("办的业务"), N_("柜台流水号"), N_("要不要共同签字"))
    return Chapter(
        N_("带教期的办件"),
        (*columns, N_("登记时间"), N_("撤回时间")),
        tuple(
            cells(on, business, reference, N_("要") if drawn else N_("不用"), *times)
            for on, business, reference, drawn, *times in rows
        ),
    )


def _notes(session: Session, reader: Actor) -> Chapter:
    row = MentoringNoteRow
    rows = session.execute(
        select(row.written_at, row.kind, row.words, row.answer, row.answered_at)
        .join(SecondmentRow, SecondmentRow.id == row.secondment_id)
        .where(
            or_(
                SecondmentRow.person_id == reader.person,
                row.answered_by == reader.person,
            )
        )
        .order_by(row.id)
    )
    return Chapter(
        N_("带教期的小结、提问和回答"),
        (N_("时间"), N_("种类"), N_("内容"), N_("回答"), N_("回答时间")),
        tuple(
            cells(at, NOTE_NAMES[NoteKind(kind)], words, answer, answered_at)
            for at, kind, words, answer, answered_at in rows
        ),
    )


def _set(session: Session, reader: Actor) -> list[Chapter]:
    """Give the phases somebody was put into or put others into, and plans he set."""
    step, plan = MentoringStepRow, MentoringPlanRow
    steps = session.execute(
        select(step.at, step.line, step.phase, step.reason)
        .join(SecondmentRow, SecondmentRow.id == step.secondment_id)
        .where(or_(SecondmentRow.person_id == reader.person, step.by == reader.person))
        .order_by(step.id)
    )
    plans = session.execute(
        select(plan.at, plan.line, plan.shadow, plan.cosign, plan.sample)
        .join(SecondmentRow, SecondmentRow.id == plan.secondment_id)
        .where(or_(SecondmentRow.person_id == reader.person, plan.by == reader.person))
        .order_by(plan.at)
    )
    return [
        Chapter(
            N_("带教阶段的调整"),
            (N_("时间"), N_("业务条线"), N_("阶段"), N_("理由")),
            tuple(
                cells(at, line, PHASE_NAMES[Phase(phase)], reason)
                for at, line, phase, reason in steps
            ),
        ),
        Chapter(
            N_("带教计划的调整"),
            (
                N_("时间"),
                N_("业务条线"),
                N_("跟看周数"),
                N_("全签周数"),
                N_("抽查周数"),
            ),
            tuple(cells(*row) for row in plans),
        ),
    ]
