"""Table of the ledger; rows are added, never changed or deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class FactRow(Base):
    """One observation; see :class:`trainer.evidence.domain.Fact`."""

    __tablename__ = "fact"
    __table_args__ = (
        UniqueConstraint("kind", "source"),
        CheckConstraint("outcome >= 0 AND outcome <= 1", name="outcome_is_a_share"),
        CheckConstraint("weight > 0", name="weight_is_positive"),
        CheckConstraint("guess >= 0 AND guess < 1", name="guess_is_a_chance"),
        Index("ix_fact_of_person", "person_id", "competency", "happened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    competency: Mapped[str]
    item: Mapped[str]
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    outcome: Mapped[float]
    kind: Mapped[str]
    weight: Mapped[float]
    guess: Mapped[float | None]
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    source: Mapped[str]
    revokes: Mapped[str]
