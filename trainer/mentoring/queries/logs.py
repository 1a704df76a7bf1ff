"""The log of cases, the plans and the notes of some secondments; of any reader.

Whoever asks has been given the secondments first, see :mod:`.pairs`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence

from sqlalchemy import Select
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.competence.models import SightingRow
from trainer.mentoring.domain.cases import Logged
from trainer.mentoring.domain.notes import Note
from trainer.mentoring.domain.notes import NoteKind
from trainer.mentoring.domain.weeks import DEFAULT
from trainer.mentoring.domain.weeks import Phase
from trainer.mentoring.domain.weeks import Plan
from trainer.mentoring.domain.weeks import Step
from trainer.mentoring.models import CosignedCaseRow
from trainer.mentoring.models import MentoringNoteRow
from trainer.mentoring.models import MentoringPlanRow
from trainer.mentoring.models import MentoringStepRow
from trainer.topics.domain.causes import ErrorCause

_FIGURES = ("shadow", "cosign", "sample", "cases", "in_a_row", "spot", "share")
Place = tuple[int, str]
"""A secondment and a line."""


def cases(session: Session, keys: Collection[int]) -> Sequence[Logged]:
    """Give the cases of some secondments, the latest first; without withdrawn ones."""
    row = CosignedCaseRow
    query = _cases().where(row.secondment_id.in_(keys), row.withdrawn_at.is_(None))
    rows = session.execute(query.order_by(row.on.desc(), row.id.desc()))
    return [_logged(case, seen) for case, seen in rows]


def cases_of(session: Session, keys: Collection[int]) -> Sequence[Logged]:
    """Give some cases that are not withdrawn, by key."""
    row = CosignedCaseRow
    query = _cases().where(row.id.in_(keys), row.withdrawn_at.is_(None))
    return [_logged(*found) for found in session.execute(query.order_by(row.id))]


def plans(session: Session, keys: Collection[int]) -> Mapping[Place, Plan]:
    """Give the plans of some secondments and lines; else the default holds."""
    row = MentoringPlanRow
    found: dict[Place, Plan] = defaultdict(lambda: DEFAULT)
    for held in session.scalars(select(row).where(row.secondment_id.in_(keys))):
        figures = {name: getattr(held, name) for name in _FIGURES}
        found[held.secondment_id, held.line] = Plan(**figures)
    return found


def steps(session: Session, keys: Collection[int]) -> Mapping[Place, Step]:
    """Give the last step that somebody took, by secondment and line."""
    row = MentoringStepRow
    query = select(row).where(row.secondment_id.in_(keys)).order_by(row.id)
    return {
        (held.secondment_id, held.line): Step(
            phase=Phase(held.phase),
            on=held.on,
            after=held.after,
            reason=held.reason,
        )
        for held in session.scalars(query)
    }


def notes(session: Session, keys: Collection[int]) -> Sequence[Note]:
    """Give the notes of some secondments, the latest first."""
    row = MentoringNoteRow
    query = select(row).where(row.secondment_id.in_(keys)).order_by(row.id.desc())
    return [note_of(held) for held in session.scalars(query)]


def usual(session: Session, businesses: Collection[str]) -> Mapping[str, list[str]]:
    """Give what the last signature of each business spoke of, for the next one."""
    row = CosignedCaseRow
    query = (
        select(row.business, SightingRow.outcomes)
        .join(SightingRow, SightingRow.id == row.sighting_id)
        .where(row.business.in_(businesses), SightingRow.taken_back_at.is_(None))
        .order_by(SightingRow.id)
    )
    return {business: [*told] for business, told in session.execute(query)}


def note_of(row: MentoringNoteRow) -> Note:
    """Give a row as readers get it."""
    return Note(
        id=row.id,
        secondment=row.secondment_id,
        kind=NoteKind(row.kind),
        week=row.week,
        words=row.words,
        at=row.written_at,
        answer=row.answer,
    )


def _cases() -> Select[CosignedCaseRow, SightingRow]:
    row = CosignedCaseRow
    return select(row, SightingRow).outerjoin(
        SightingRow, SightingRow.id == row.sighting_id
    )


def _logged(row: CosignedCaseRow, seen: SightingRow | None) -> Logged:
    counts = seen is not None and seen.taken_back_at is None
    told = seen if counts else None
    return Logged(
        id=row.id,
        secondment=row.secondment_id,
        number=row.number,
        business=row.business,
        reference=row.reference,
        on=row.on,
        drawn=row.drawn,
        sighting=row.sighting_id or 0,
        right=min(told.outcomes.values(), default=0.0) > 0 if told else None,
        cause=ErrorCause(told.cause) if told and told.cause else None,
        words=told.words if told else "",
    )
