"""Tables of competence: decisions, sightings, calibrations, and a cache to drop."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from trainer.kit.db import Base


class AuthorisationEventRow(Base):
    """One step of an authorisation; rows are added, never changed or deleted.

    ``number`` counts the steps of one person and line from 1: of two steps taken at
    once the database keeps one. ``by`` is 0 for the rule.
    """

    __tablename__ = "authorisation_event"
    __table_args__ = (UniqueConstraint("person_id", "line", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    line: Mapped[str]
    number: Mapped[int]
    act: Mapped[str]
    by: Mapped[int]
    at: Mapped[datetime]
    reason: Mapped[str]
    until: Mapped[date | None]


class CalibrationRow(Base):
    """How hard questions are, from one moment on; the latest one holds."""

    __tablename__ = "calibration"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    facts: Mapped[int]
    questions: Mapped[dict[str, Any]] = mapped_column(JSON)


class RecordRow(Base):
    """What is known of a person, kept so that it need not be replayed: a cache.

    The other columns say what it was computed from, see
    :class:`trainer.competence.domain.keeping.Basis`.
    """

    __tablename__ = "competence_record"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    calibration: Mapped[int]
    changes: Mapped[str]
    made_on: Mapped[date]
    fact: Mapped[int]
    day: Mapped[float]
    record: Mapped[dict[str, Any]] = mapped_column(JSON)


class SightingRow(Base):
    """What was seen of somebody at work, and who entered it.

    ``token`` comes from the form, so that one sent twice is one sighting; ``batch`` is
    what it was imported with, empty for a form. Only taking back changes a row.
    """

    __tablename__ = "sighting"
    __table_args__ = (
        UniqueConstraint("token"),
        Index("ix_sighting_person", "person_id", "happened_on"),
        Index("ix_sighting_batch", "batch"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    happened_on: Mapped[date]
    outcomes: Mapped[dict[str, Any]] = mapped_column(JSON)
    business: Mapped[str]
    cause: Mapped[str]
    words: Mapped[str]
    token: Mapped[str]
    batch: Mapped[str]
    by: Mapped[int]
    at: Mapped[datetime]
    taken_back_by: Mapped[int | None]
    taken_back_at: Mapped[datetime | None]
    taken_back_why: Mapped[str]
