"""Tables of what was shown and what became of it; nothing of a citizen is in them.

What each column says of a clerk, why and how long, is in docs/personal-data.md.
"""

from __future__ import annotations

from datetime import date
from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class ShowingRow(Base):
    """Items shown at a step, once somebody has told what became of them.

    ``digest`` is that of the ticket: told again, it is the same showing. ``person_id``
    is empty for nobody in particular, and after a year for everybody.
    """

    __tablename__ = "showing"
    __table_args__ = (
        CheckConstraint(
            "(source = 'api') = (token_id IS NOT NULL)", name="token_of_a_system"
        ),
        Index("ix_showing_of_person", "person_id", "given_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    source: Mapped[str]
    token_id: Mapped[int | None] = mapped_column(ForeignKey("api_token.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    business: Mapped[str]
    step: Mapped[str]
    on: Mapped[date]
    given_at: Mapped[datetime] = mapped_column(index=True)


class ShowingItemRow(Base):
    """An item of a showing, with the first moment each thing was told of it."""

    __tablename__ = "showing_item"
    __table_args__ = (
        CheckConstraint(
            "ticked_at IS NULL OR ignored_at IS NULL", name="ticked_or_ignored"
        ),
        Index("ix_showing_item_of_list", "slug", "item"),
    )

    showing_id: Mapped[int] = mapped_column(
        ForeignKey("showing.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    item: Mapped[str]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    shown_at: Mapped[datetime | None]
    ticked_at: Mapped[datetime | None]
    ignored_at: Mapped[datetime | None]
    useful_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
