"""The runs of jobs as they are kept: asked for, claimed, done, failed, tried again.

A run is claimed by one statement, so of several workers one has it. Who dies with a
run loses it after :data:`LEASE`; jobs bear being done twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlalchemy import Index
from sqlalchemy import UniqueConstraint
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import Session
from sqlalchemy.orm import mapped_column

from trainer.core import paging
from trainer.core.errors import ConflictError
from trainer.core.errors import NotFoundError
from trainer.core.paging import Part
from trainer.core.wording import N_
from trainer.kit.db import Base
from trainer.kit.db import insert_missing

DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=3),
)
"""How long each further try waits; after the last one the run has failed."""

LEASE = timedelta(minutes=30)
"""How long a run may take before somebody else may have it."""

LONGEST_ERROR = 300

BEAT = 1
"""Key of the one row that says when a worker was last seen."""


class JobState(StrEnum):
    """How far a run is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobRunRow(Base):
    """A run of a job; ``name`` and ``key`` together are what is done once."""

    __tablename__ = "job_run"
    __table_args__ = (
        UniqueConstraint("name", "key"),
        Index("ix_job_run_due", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str]
    state: Mapped[str]
    tries: Mapped[int]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    error: Mapped[str]


class JobBeatRow(Base):
    """When a worker was last seen; one row."""

    __tablename__ = "job_beat"

    id: Mapped[int] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run as others see it.

    Attributes:
        id: Its key in the table.
        name: Name of the job.
        key: What it is done for.
        state: How far it is.
        tries: How often it was begun since it was last asked for.
        asked_at: When it was asked for.
        due_at: When it may begin next.
        began_at: When it began last, None when it has not.
        ended_at: When it ended last, None when it has not.
        error: Why the last try failed, a sentence; empty when none did.
    """

    id: int
    name: str
    key: str
    state: JobState
    tries: int
    asked_at: datetime
    due_at: datetime
    began_at: datetime | None
    ended_at: datetime | None
    error: str


def ask(session: Session, name: str, key: str, *, at: datetime) -> None:
    """Ask for a run; asked twice, it is the same one."""
    row = {
        "name": name,
        "key": key,
        "state": JobState.WAITING,
        "tries": 0,
        "asked_at": at,
        "due_at": at,
        "error": "",
    }
    insert_missing(session, JobRunRow, [row])


def is_asked(session: Session, name: str, key: str) -> bool:
    """Tell whether a run was ever asked for."""
    row = JobRunRow
    found = select(row.id).where(row.name == name, row.key == key)
    return session.scalar(found) is not None


def ask_again(session: Session, key: int, *, at: datetime) -> Run:
    """Have a run done again, from its first try.

    Raises:
        NotFoundError: there is none.
        ConflictError: it is running.
    """
    row = session.get(JobRunRow, key, with_for_update=True)
    if row is None:
        raise NotFoundError(N_("没有这个任务"))
    if row.state == JobState.RUNNING and not _is_lost(row, at):
        raise ConflictError(N_("这个任务正在做，等它做完再说"))
    row.state, row.tries, row.due_at = JobState.WAITING, 0, at
    session.flush()
    return _value(row)


def due(session: Session, at: datetime) -> list[int]:
    """Give the keys of the runs that may begin, longest due first."""
    query = select(JobRunRow.id).where(_may_begin(at))
    return list(session.scalars(query.order_by(JobRunRow.due_at, JobRunRow.id)))


def claim(session: Session, key: int, *, at: datetime) -> Run | None:
    """Take a run that may begin; None when somebody else has it or it is over."""
    row = JobRunRow
    taken = session.execute(
        update(row)
        .where(row.id == key, _may_begin(at))
        .values(
            state=JobState.RUNNING,
            tries=row.tries + 1,
            began_at=at,
            ended_at=None,
        )
        .returning(row.id)
    ).first()
    found = session.get(row, key, populate_existing=True) if taken else None
    return _value(found) if found else None


def finish(session: Session, run: Run, *, at: datetime) -> None:
    """Say that a claimed run is done."""
    _end(session, run, {"state": JobState.DONE, "error": ""}, at)


def fail(session: Session, run: Run, why: str, *, at: datetime) -> None:
    """Say that a try has failed: it is tried again later, or has failed for good."""
    last = run.tries > len(DELAYS)
    state = JobState.FAILED if last else JobState.WAITING
    due_at = run.due_at if last else at + DELAYS[run.tries - 1]
    told = {"state": state, "due_at": due_at, "error": why[:LONGEST_ERROR]}
    _end(session, run, told, at)


def beat(session: Session, *, at: datetime) -> None:
    """Note that a worker is there."""
    insert_missing(session, JobBeatRow, [{"id": BEAT, "seen_at": at}])
    session.execute(update(JobBeatRow).values(seen_at=at))


def last_seen(session: Session) -> datetime | None:
    """Give when a worker was last there, None when never."""
    return session.scalar(select(JobBeatRow.seen_at))


def runs(session: Session, part: int) -> Part[Run]:
    """Give a part of the runs, those asked for last first."""
    row = JobRunRow
    total = session.scalar(select(func.count()).select_from(row)) or 0
    rows = session.scalars(
        select(row)
        .order_by(row.asked_at.desc(), row.id.desc())
        .limit(paging.SIZE)
        .offset(paging.offset(part))
    )
    return Part(tuple(map(_value, rows)), part, total)


def _end(session: Session, run: Run, told: dict[str, object], at: datetime) -> None:
    """Write the end of a try, unless somebody else has the run by now."""
    row = JobRunRow
    mine = (row.id == run.id, row.state == JobState.RUNNING, row.tries == run.tries)
    session.execute(update(row).where(*mine).values(**told, ended_at=at))


def _may_begin(at: datetime) -> ColumnElement[bool]:
    row = JobRunRow
    waits = (row.state == JobState.WAITING) & (row.due_at <= at)
    lost = (row.state == JobState.RUNNING) & (row.began_at <= at - LEASE)
    return or_(waits, lost)


def _is_lost(row: JobRunRow, at: datetime) -> bool:
    return row.began_at is not None and row.began_at <= at - LEASE


def _value(row: JobRunRow) -> Run:
    return Run(
        id=row.id,
        name=row.name,
        key=row.key,
        state=JobState(row.state),
        tries=row.tries,
        asked_at=row.asked_at,
        due_at=row.due_at,
        began_at=row.began_at,
        ended_at=row.ended_at,
        error=row.error,
    )
