"""The judge of a day: calibration and changes of policy as the day knew them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.pool import Pool

from trainer.competence.domain.keeping import read_questions
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.readying import Readiness
from trainer.competence.domain.records import Judge
from trainer.competence.domain.records import judge
from trainer.competence.domain.reliability import SECONDS_A_DAY
from trainer.competence.domain.standing import Standing
from trainer.competence.models import CalibrationRow
from trainer.competence.queries.changes import changes
from trainer.competence.queries.changes import digest
from trainer.core.clock import day_of
from trainer.core.clock import start_of
from trainer.publishing import queries as publishing
from trainer.topics.domain.competencies import Competencies
from trainer.topics.domain.lines import Topics


@dataclass(slots=True)
class Remembered:
    """What was believed of a person, and what makes it old.

    Attributes:
        standings: What is believed, by competency.
        ready: Readiness by line.
        spine: The framework and the lines it was judged by.
        own: Key of the person's last fact.
        checked: Key of the last fact of anybody when that was looked up.
    """

    standings: Mapping[str, Standing]
    ready: Mapping[str, Readiness]
    spine: tuple[Competencies, Topics]
    own: int
    checked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The judge of a day, and what makes another one of it.

    Attributes:
        on: The day.
        judge: The judge.
        calibration: Number of the calibration, 0 before the first.
        changes: Digest of the changes of policy.
        remembered: What was believed of people when somebody last asked, by key; see
            :mod:`.remembering`.
    """

    on: date
    judge: Judge
    calibration: int
    changes: str
    remembered: dict[int, Remembered] = field(default_factory=dict, compare=False)

    @property
    def at(self) -> float:
        """The moment at which the day is judged, in days."""
        return moment(self.on)

    def day_of(self, at: float) -> date:
        """Give the centre's day of a moment in days."""
        return day_of(datetime.fromtimestamp(at * SECONDS_A_DAY, UTC))


DAYS_KEPT = 8
_Key = tuple[date, publishing.LastChange, int]
_benches: WeakKeyDictionary[Pool, dict[_Key, Bench]] = WeakKeyDictionary()
_lock = Lock()


def moment(on: date) -> float:
    """Give the moment at which a day is judged: its end, in days.

    So a figure stays the same all day, whatever the hour.
    """
    return start_of(on + timedelta(1)).timestamp() / SECONDS_A_DAY


def bench(session: Session, on: date) -> Bench:
    """Give the judge of a day; the same object as long as nothing changed."""
    row = _calibration(session, on)
    number = row.id if row else 0
    home = session.get_bind().engine.pool
    key = (on, publishing.last_change(session), number)
    with _lock:
        kept = _benches.setdefault(home, {})
        if key not in kept:
            while len(kept) >= DAYS_KEPT:
                del kept[next(iter(kept))]
            known = changes(session, on)
            questions = read_questions(row.questions) if row else None
            found = judge(Ledger(questions=questions), known)
            kept[key] = Bench(
                on=on, judge=found, calibration=number, changes=digest(known)
            )
        return kept[key]


def kept_bench(
    session: Session, on: date, calibration: int, changes: str
) -> Bench | None:
    """Give the judge of a day by which a record was kept, None when it is gone.

    A judge that is there is given without a question to the database.
    """
    home = session.get_bind().engine.pool
    with _lock:
        there = [*_benches.get(home, {}).values()]
    wanted = (on, calibration, changes)
    for each in there:
        if (each.on, each.calibration, each.changes) == wanted:
            return each
    now = bench(session, on)
    return now if (now.on, now.calibration, now.changes) == wanted else None


def _calibration(session: Session, on: date) -> CalibrationRow | None:
    """Give the calibration that held on a day: the last made before its end."""
    return session.scalars(
        select(CalibrationRow)
        .where(CalibrationRow.made_at < start_of(on + timedelta(1)))
        .order_by(CalibrationRow.id.desc())
        .limit(1)
    ).first()
