"""Tables of scenarios: who played which text, and what was chosen.

Scenarios are texts and live in publishing; a play names the revision that it began
with, so that what somebody is asked never changes under him.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class PlayRow(Base):
    """One person's play of a scenario.

    ``situation`` is the id of the case that was drawn, empty where there is none.
    ``shows`` says that choices are judged at once, ``timed`` that minutes are shown.
    ``replays`` is the play that this one goes on from, ``copied`` how many steps of it
    it began with. ``score`` is a fraction as text, ``17/20``.
    """

    __tablename__ = "play"
    __table_args__ = (
        UniqueConstraint("person_id", "slug", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("state IN ('open', 'ended', 'abandoned')", name="known_state"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_or_open"),
        CheckConstraint("(state = 'ended') = (score IS NOT NULL)", name="scored"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    slug: Mapped[str]
    number: Mapped[int]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    situation: Mapped[str]
    shows: Mapped[bool]
    timed: Mapped[bool]
    state: Mapped[str]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    replays: Mapped[int | None] = mapped_column(ForeignKey("play.id"))
    copied: Mapped[int]
    score: Mapped[str | None]
    passed: Mapped[bool | None]


class StepRow(Base):
    """What was chosen in one step of a play, by the ids of node and choice."""

    __tablename__ = "play_step"

    play_id: Mapped[int] = mapped_column(
        ForeignKey("play.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    node: Mapped[str]
    choice: Mapped[str]
    at: Mapped[datetime]
