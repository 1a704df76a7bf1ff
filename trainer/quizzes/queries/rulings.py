"""What was ruled on questions, and what people judged by hand."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from fractions import Fraction

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.quizzes.domain.regrading import Asked
from trainer.quizzes.domain.regrading import Ruled
from trainer.quizzes.domain.rulings import Act
from trainer.quizzes.domain.rulings import Ruling
from trainer.quizzes.models import JudgementRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.models import RulingRow


def rulings_on(
    session: Session, items: Sequence[PaperRow]
) -> dict[tuple[str, str, str], Ruling]:
    """Give the last ruling on each question, by bank, item and wording."""
    rows = session.scalars(
        select(RulingRow)
        .where(RulingRow.wording.in_({item.wording for item in items}))
        .order_by(RulingRow.id)
    )
    return {(row.bank, row.item, row.wording): ruling_of(row) for row in rows}


def ruling_of(row: RulingRow) -> Ruling:
    """Give a row as the rules know it."""
    return Ruling(Act(row.act), tuple(tuple(each) for each in row.accepted))


def rulings(session: Session, asked: Asked) -> list[Ruled]:
    """Give what was ruled on one wording, the last one first."""
    changed = (
        select(func.count())
        .where(JudgementRow.ruling_id == RulingRow.id)
        .scalar_subquery()
    )
    found = session.execute(
        select(RulingRow, changed)
        .where(
            RulingRow.bank == asked.bank,
            RulingRow.item == asked.item,
            RulingRow.wording == asked.wording,
        )
        .order_by(RulingRow.id.desc())
    )
    return [
        Ruled(
            id=row.id,
            ruling=ruling_of(row),
            reason=row.reason,
            by=row.by,
            at=row.at,
            changed=count,
        )
        for row, count in found
    ]


def by_hand(
    session: Session, items: Iterable[PaperRow]
) -> dict[tuple[int, int], Fraction]:
    """Give the share that a person gave last, by attempt and position."""
    keys = {item.attempt_id for item in items}
    rows = session.execute(
        select(JudgementRow.attempt_id, JudgementRow.position, JudgementRow.after)
        .where(JudgementRow.attempt_id.in_(keys), JudgementRow.ruling_id.is_(None))
        .order_by(JudgementRow.id)
    )
    return {(key, position): Fraction(after) for key, position, after in rows}
