"""Whether what is kept of learning agrees with itself: for ``trainer doctor``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.clock import day_of
from trainer.courses.domain.outline import COURSE
from trainer.courses.domain.outline import Step
from trainer.courses.domain.outline import StepKind
from trainer.courses.domain.parsing import parse
from trainer.courses.models import ReceiptRow
from trainer.courses.models import StepReadRow
from trainer.courses.models import StepSignedRow
from trainer.courses.queries.read_texts import REGISTRAR
from trainer.publishing import queries as publishing
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import RevisionRow

Steps = Mapping[tuple[str, str], tuple[Step, ...]]
"""Every wording a step ever had in an approved version, by course and id."""


def contradictions(session: Session) -> list[str]:
    """Give what is kept of learning and cannot be, a key each; none is sound.

    A receipt is of the very text of an approved version; what was read or signed of a
    course is a step that an approved version of it had, of that kind, leading to the
    text that was read; the day of a reading is the day of its moment.
    """
    steps = _steps(session)
    return [
        *_receipts(session),
        *_readings(session, steps),
        *_signatures(session, steps),
    ]


def _receipts(session: Session) -> Iterator[str]:
    rows = session.execute(
        select(ReceiptRow.person_id, ReceiptRow.revision_id)
        .join(RevisionRow, RevisionRow.id == ReceiptRow.revision_id)
        .where(
            (ReceiptRow.content_hash != RevisionRow.content_hash)
            | RevisionRow.status.not_in([Status.APPROVED, Status.WITHDRAWN])
        )
    )
    yield from (f"receipt/{person}/{revision}" for person, revision in rows)


def _readings(session: Session, steps: Steps) -> Iterator[str]:
    rows = session.execute(
        select(StepReadRow, DocumentRow.slug, RevisionRow.status)
        .join(RevisionRow, RevisionRow.id == StepReadRow.revision_id)
        .join(DocumentRow, DocumentRow.id == RevisionRow.document_id)
    )
    for row, slug, status in rows:
        wordings = steps.get((row.course, row.step), ())
        led_there = any(each.is_read and each.target == slug for each in wordings)
        is_kept = status in {Status.APPROVED, Status.WITHDRAWN}
        if not (led_there and is_kept and row.on == day_of(row.read_at)):
            yield f"course_step_read/{row.id}"


def _signatures(session: Session, steps: Steps) -> Iterator[str]:
    for row in session.scalars(select(StepSignedRow)):
        wordings = steps.get((row.course, row.step), ())
        if not any(each.kind is StepKind.SESSION for each in wordings):
            yield f"course_step_signed/{row.id}"


def _steps(session: Session) -> Steps:
    found: dict[tuple[str, str], list[Step]] = defaultdict(list)
    for version in publishing.all_approved(session, reader=REGISTRAR, kinds=[COURSE]):
        read = parse(publishing.text(session, version))
        for step in read.course.steps if read.course else ():
            found[version.slug, step.id].append(step)
    return {key: tuple(wordings) for key, wordings in found.items()}
