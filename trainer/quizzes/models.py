"""Tables of quizzes: attempts with what was asked and answered, and how it was judged.

Questions are texts and live in publishing; a row here names the revision of the bank
that was shown, so that what a person was asked never changes under him.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class AttemptRow(Base):
    """One person's try at a quiz, with the rules that held when it began.

    ``quiz`` is the slug of the quiz, or the name of what is made for one person
    (``@daily``, ``@mistakes``, ``@placement/<line>``); then there is no revision.
    ``due_at`` is when its time is up. ``edit`` is the greatest number of a save so far.
    ``full`` and ``earned`` are decimal numbers as text.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("person_id", "quiz", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint(
            "state IN ('in_progress', 'overdue', 'submitted', 'graded', 'abandoned')",
            name="known_state",
        ),
        CheckConstraint(
            "(state = 'in_progress') = (ended_at IS NULL)", name="ended_or_open"
        ),
        Index("ix_attempt_due", "state", "due_at"),
        Index("ix_attempt_of_quiz", "quiz", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    quiz: Mapped[str]
    number: Mapped[int]
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    mode: Mapped[str]
    navigation: Mapped[str]
    review: Mapped[str]
    limit_seconds: Mapped[int | None]
    closes_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    pass_percent: Mapped[int]
    state: Mapped[str]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    graded_at: Mapped[datetime | None]
    place: Mapped[int]
    edit: Mapped[int]
    full: Mapped[str]
    earned: Mapped[str | None]
    passed: Mapped[bool | None]


class PaperRow(Base):
    """A question of an attempt: what was drawn, the answer that is kept, its share.

    ``wording`` is the question's own revision, see :mod:`.domain.listing`. ``number``
    is that of the save that is kept, 0 before the first. ``share`` is a fraction as
    text, ``2/3``, empty until it is graded. ``is_void`` takes the question out of the
    sum. ``fact`` is the source of its fact in the ledger, empty while there is none.
    ``checked_at`` is when a practice showed what is right.
    """

    __tablename__ = "paper_item"
    __table_args__ = (Index("ix_paper_item_question", "bank", "item"),)

    attempt_id: Mapped[int] = mapped_column(
        ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    bank: Mapped[str]
    item: Mapped[str]
    wording: Mapped[str]
    competency: Mapped[str]
    marks: Mapped[str]
    drawn: Mapped[list[str]] = mapped_column(JSON)
    number: Mapped[int]
    answer: Mapped[list[str]] = mapped_column(JSON)
    saved_at: Mapped[datetime | None]
    seconds: Mapped[int]
    flagged: Mapped[bool]
    share: Mapped[str]
    is_void: Mapped[bool]
    fact: Mapped[str]
    checked_at: Mapped[datetime | None]


class PlacementRow(Base):
    """What came of a placement test when it ended; later answers do not change it.

    ``ending`` says why it ended, ``figures`` are by competency, see
    :mod:`.domain.placing`.
    """

    __tablename__ = "placement"

    attempt_id: Mapped[int] = mapped_column(
        ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True
    )
    ending: Mapped[str]
    figures: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class JudgementRow(Base):
    """A share that a person gave or changed, with the reason; append-only.

    ``points`` are the marks of each key point where an essay was graded. ``ruling_id``
    says that all who had the question were judged at once.
    """

    __tablename__ = "judgement"
    __table_args__ = (Index("ix_judgement_of_item", "attempt_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(
        ForeignKey("attempt.id", ondelete="CASCADE")
    )
    position: Mapped[int]
    ruling_id: Mapped[int | None] = mapped_column(ForeignKey("ruling.id"))
    before: Mapped[str]
    after: Mapped[str]
    is_void: Mapped[bool]
    points: Mapped[list[str]] = mapped_column(JSON)
    reason: Mapped[str]
    by: Mapped[int]
    at: Mapped[datetime]


class RulingRow(Base):
    """How a question that was wrong is scored from now on, and for who had it.

    It holds for one wording: a question that was mended is another question. A later
    ruling on the same wording takes its place.
    """

    __tablename__ = "ruling"
    __table_args__ = (
        CheckConstraint(
            "act IN ('void', 'full', 'accept', 'restore')", name="known_act"
        ),
        Index("ix_ruling_of_question", "bank", "item", "wording"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    bank: Mapped[str]
    item: Mapped[str]
    wording: Mapped[str]
    act: Mapped[str]
    accepted: Mapped[list[list[str]]] = mapped_column(JSON)
    reason: Mapped[str]
    by: Mapped[int]
    at: Mapped[datetime]
