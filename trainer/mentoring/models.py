"""Tables of mentoring. Who trains whom stands in ``secondment.mentor_id``.

How a case went stands in the sighting that its signature entered, and nowhere else.
"""

from __future__ import annotations

from datetime import date
from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class MentoringPlanRow(Base):
    """How long the phases of a secondment and line are, where somebody changed it."""

    __tablename__ = "mentoring_plan"
    __table_args__ = (
        CheckConstraint("in_a_row <= cases", name="row_possible"),
        CheckConstraint("share BETWEEN 10 AND 100", name="share_possible"),
    )

    secondment_id: Mapped[int] = mapped_column(
        ForeignKey("secondment.id"), primary_key=True
    )
    line: Mapped[str] = mapped_column(primary_key=True)
    shadow: Mapped[int]
    cosign: Mapped[int]
    sample: Mapped[int]
    cases: Mapped[int]
    in_a_row: Mapped[int]
    spot: Mapped[int]
    share: Mapped[int]
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class MentoringStepRow(Base):
    """Somebody put a newcomer into a phase; rows are added, never changed.

    ``after`` is the number of the last case before it.
    """

    __tablename__ = "mentoring_step"
    __table_args__ = (Index("ix_mentoring_step_line", "secondment_id", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    secondment_id: Mapped[int] = mapped_column(ForeignKey("secondment.id"))
    line: Mapped[str]
    phase: Mapped[str]
    on: Mapped[date]
    after: Mapped[int]
    reason: Mapped[str]
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class CosignedCaseRow(Base):
    """A case of the log; nothing of a citizen is in it.

    ``sighting_id`` is the last signature. Who took it back there has unsigned it here.
    """

    __tablename__ = "cosigned_case"
    __table_args__ = (
        UniqueConstraint("secondment_id", "line", "number"),
        UniqueConstraint("secondment_id", "once"),
        CheckConstraint("number >= 1", name="counted_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    secondment_id: Mapped[int] = mapped_column(ForeignKey("secondment.id"))
    line: Mapped[str]
    number: Mapped[int]
    business: Mapped[str]
    reference: Mapped[str]
    on: Mapped[date]
    drawn: Mapped[bool]
    once: Mapped[str]
    entered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    sighting_id: Mapped[int | None] = mapped_column(
        ForeignKey("sighting.id"), index=True
    )


class MentoringNoteRow(Base):
    """A reflection or a question of a newcomer, and the answer to it."""

    __tablename__ = "mentoring_note"
    __table_args__ = (UniqueConstraint("secondment_id", "once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    secondment_id: Mapped[int] = mapped_column(ForeignKey("secondment.id"))
    kind: Mapped[str]
    week: Mapped[int]
    words: Mapped[str]
    once: Mapped[str]
    written_at: Mapped[datetime]
    answer: Mapped[str]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
