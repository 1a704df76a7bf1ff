"""Tables of cases."""

from __future__ import annotations

from datetime import date
from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class FlagRow(Base):
    """Somebody says that a card is wrong; the owner of the card answers."""

    __tablename__ = "flag"
    __table_args__ = (
        CheckConstraint(
            "state = 'open' OR (answered_by IS NOT NULL AND answered_at IS NOT NULL)",
            name="answered_by_somebody",
        ),
        Index("ix_flag_of_owner", "owner", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    owner: Mapped[str]
    query: Mapped[str]
    on: Mapped[date]
    words: Mapped[str]
    state: Mapped[str]
    raised_by: Mapped[int]
    raised_at: Mapped[datetime]
    answer: Mapped[str]
    answered_by: Mapped[int | None]
    answered_at: Mapped[datetime | None]
