"""Results of the people somebody looks after: what is wanted, and the table; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trainer.core.clock import CENTRE
from trainer.core.paging import Part
from trainer.core.wording import N_
from trainer.quizzes.domain.analysis.table import Cell
from trainer.quizzes.domain.analysis.table import Table
from trainer.quizzes.domain.exporting import OUTCOME_SHEETS
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.showing import Tried


class Came(StrEnum):
    """How an attempt came out."""

    PASSED = "passed"
    FAILED = "failed"
    WAITING = "waiting"


CAME_NAMES = {
    Came.PASSED: N_("及格"),
    Came.FAILED: N_("未及格"),
    Came.WAITING: N_("待评分"),
}

COLUMNS = (
    *("工号", "姓名", "第几次", "交卷时间", "用时（分钟）"),
    *("得分", "满分", "得分率（%）", "结果"),
)
MISSING_COLUMNS = ("工号", "姓名")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which attempts at a quiz a list shows; what is empty does not narrow it.

    Attributes:
        came: How they came out.
        since: First day on which they were handed in.
        until: Last day, inclusive.
        first: Only first attempts.
        part: Part of the list, from 1.
    """

    came: Came | None = None
    since: date | None = None
    until: date | None = None
    first: bool = False
    part: int = 1

    def told(self) -> str:
        """Say it in codes, for the audit."""
        return ",".join(
            [
                self.came or "",
                str(self.since or ""),
                str(self.until or ""),
                "first" if self.first else "",
            ]
        )


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a list of results."""

    id: int
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """An attempt that was handed in, and who took it."""

    person: Person
    tried: Tried


@dataclass(frozen=True, slots=True)
class Missing:
    """Who works today and has no graded attempt; ``total`` counts all of them."""

    people: tuple[Person, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The results of a quiz for somebody who looks after people."""

    part: Part[Outcome]
    missing: Missing


def tables(found: Iterable[Outcome], missing: Iterable[Person]) -> tuple[Table, ...]:
    """Give the tables 成绩 and 还没有成绩."""
    return (
        Table(OUTCOME_SHEETS[0], COLUMNS, tuple(map(_row, found))),
        Table(
            OUTCOME_SHEETS[1],
            MISSING_COLUMNS,
            tuple((person.login, person.name) for person in missing),
        ),
    )


def came_of(tried: Tried) -> str:
    """Name how an attempt came out; a practice is neither passed nor failed."""
    if tried.earned is None:
        return CAME_NAMES[Came.WAITING]
    if tried.mode is not Mode.EXAM:
        return ""
    return CAME_NAMES[Came.PASSED if tried.passed else Came.FAILED]


def _row(found: Outcome) -> tuple[Cell, ...]:
    tried, ended = found.tried, found.tried.ended_at or found.tried.began_at
    percent = tried.percent
    return (
        found.person.login,
        found.person.name,
        tried.number,
        f"{ended.astimezone(CENTRE):%Y-%m-%d %H:%M}",
        round((ended - tried.began_at).total_seconds() / 60, 1),
        None if tried.earned is None else float(tried.earned),
        float(tried.full),
        None if percent is None else float(percent),
        came_of(tried),
    )
