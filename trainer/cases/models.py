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
    """Somebody says that a card is wrong; the owner of the card answers.

    ``query`` and ``words`` are masked before they are kept. ``seen_at`` is when
    the reporter had seen the answer.
    """

    __tablename__ = "flag"
    __table_args__ = (
        CheckConstraint(
            "state = 'open' OR (answered_by IS NOT NULL AND answered_at IS NOT NULL)",
            name="answered_by_somebody",
        ),
        CheckConstraint(
            "state IN ('open', 'accepted', 'fixed', 'declined')", name="known_state"
        ),
        Index("ix_flag_of_owner", "owner", "state"),
        Index("ix_flag_raised_by", "raised_by"),
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
    seen_at: Mapped[datetime | None]
