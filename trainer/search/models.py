"""Table of the search log; questions are masked before they are kept."""

from __future__ import annotations

from datetime import date
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class SearchRow(Base):
    """One question that was asked, and what came of it.

    ``hits_unfiltered`` counts without the filters, so that a filter that hides
    everything can be told from a question nobody has an answer to.
    """

    __tablename__ = "search_log"
    __table_args__ = (Index("ix_search_log_at", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    raw: Mapped[str]
    normalised: Mapped[str]
    on: Mapped[date]
    filters: Mapped[str]
    hits: Mapped[int]
    hits_unfiltered: Mapped[int]
    outcome: Mapped[str]
    clicked_rank: Mapped[int | None]
    clicked_slug: Mapped[str | None]
    generation: Mapped[int]
    milliseconds: Mapped[float]
    person_id: Mapped[int]
    at: Mapped[datetime]
