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


class LiveRow(Base):
    """A scenario that two people play, while somebody observes.

    ``once`` is made by the page that sets it up: the same form twice is one play.
    ``situation`` is as in :class:`PlayRow`, ``score`` too. It is finished when the
    citizen (``walked_at``) and the observer (``judged_at``) both say so.
    """

    __tablename__ = "live_play"
    __table_args__ = (
        UniqueConstraint("made_by", "once"),
        CheckConstraint(
            "state IN ('open', 'finished', 'called_off', 'voided')", name="known_state"
        ),
        CheckConstraint(
            "clerk_id <> citizen_id AND clerk_id <> observer_id", name="clerk_is_judged"
        ),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_or_open"),
        CheckConstraint(
            "(state IN ('finished', 'voided')) = (score IS NOT NULL)", name="scored"
        ),
        CheckConstraint(
            "(state = 'voided') = (voided_by IS NOT NULL)", name="voided_by_somebody"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str]
    slug: Mapped[str]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    situation: Mapped[str]
    clerk_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    citizen_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    observer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    state: Mapped[str]
    walked_at: Mapped[datetime | None]
    judged_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    score: Mapped[str | None]
    comment: Mapped[str]
    voided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[str]


class SaidRow(Base):
    """What the clerk said at a node, as the citizen heard it.

    ``choice`` is what it came nearest to; where it came near to none it is empty, and
    ``note`` says what it was. What was tapped by mistake is taken back, not deleted.
    """

    __tablename__ = "live_step"
    __table_args__ = (
        CheckConstraint("(choice = '') = (note <> '')", name="choice_or_note"),
    )

    live_id: Mapped[int] = mapped_column(ForeignKey("live_play.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    node: Mapped[str]
    choice: Mapped[str]
    note: Mapped[str]
    taken_back: Mapped[bool]
    at: Mapped[datetime]


class LiveMarkRow(Base):
    """What an observer marks: the level reached in a line of the rubric, from 0."""

    __tablename__ = "live_mark"
    __table_args__ = (CheckConstraint("level >= 0", name="level_from_zero"),)

    live_id: Mapped[int] = mapped_column(ForeignKey("live_play.id"), primary_key=True)
    line: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[int]
    at: Mapped[datetime]
