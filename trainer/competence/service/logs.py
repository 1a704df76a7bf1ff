"""Logs of answers as files: read for an evaluation, written from a made-up world.

A file says of each answer who gave it, to which question, of which competencies, right
or wrong, and when. ``docs/competence.md`` says how the columns of public sets map.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import fields
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from math import isfinite
from pathlib import Path

from trainer.competence.domain.evaluation.logs import Answer
from trainer.competence.domain.evaluation.logs import in_order
from trainer.competence.domain.evaluation.synthetic import World
from trainer.competence.domain.ledger import Seen
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.files import records
from trainer.kit.files import write_csv

SECONDS_A_DAY = 86_400
MILLISECONDS = 1e11
"""A number of seconds above it (the year 5138) is one of milliseconds."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OUTCOMES = {
    **dict.fromkeys(("1", "1.0", "true", "correct"), 1.0),
    **dict.fromkeys(("0", "0.0", "false", "incorrect"), 0.0),
}
SKILLS = re.compile(r"~~|[;|]")
"""What stands between two competencies."""


class LogError(TrainerError):
    """The file is no log of answers; the sentence says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The names of the columns of a log.

    Attributes:
        user: Who answered.
        item: Which question.
        skills: Its competencies, separated by ``;``, ``|`` or ``~~``.
        correct: 1, true or correct; 0, false or incorrect.
        time: When: ISO 8601 (without a zone it is UTC), seconds or milliseconds; an
            empty name: not known, the answers stand in order.
        guess: Chance to be right without knowing, a column that may be missing.
        slip: Chance to be wrong in spite of knowing, likewise.
    """

    user: str = "user"
    item: str = "item"
    skills: str = "skills"
    correct: str = "correct"
    time: str = "time"
    guess: str = "guess"
    slip: str = "slip"

    @property
    def needed(self) -> tuple[str, ...]:
        """The names that must be there."""
        every = self.user, self.item, self.skills, self.correct, self.time
        return tuple(name for name in every if name)


COLUMNS = tuple(each.name for each in fields(Columns))


@dataclass(frozen=True, slots=True)
class Log:
    """Answers, oldest first, and how many lines were left out.

    A line is left out when nobody, no question, no competency or neither right nor
    wrong stands in it: a hint, a study trial, a part of a mark.
    """

    answers: list[Answer]
    left_out: int


def read_log(path: Path, columns: Columns) -> Log:
    """Read a file of answers, gzip or not.

    Raises:
        RecordsError: the file cannot be read.
        LogError: a column is missing, a time or chance unreadable, or no answer in it.
    """
    answers, left_out = [], 0
    with records(path) as lines:
        there = lines.fieldnames or []
        for name in columns.needed:
            if name not in there:
                raise LogError(_missing(name, there))
        for line in lines:
            answer = _answer(line, columns, lines.line_num + 1)
            if answer:
                answers.append(answer)
            else:
                left_out += 1
    if not answers:
        raise LogError(N_("文件里没有能用的作答；请确认选对了文件和列"))
    return Log(in_order(answers), left_out)


def write_world(world: World) -> bytes:
    """Write a made-up log as CSV; ``chance`` is the truth nobody knows elsewhere."""
    rows = (
        (
            answer.person,
            answer.seen.item,
            ";".join(answer.seen.competencies),
            int(answer.outcome),
            (EPOCH + timedelta(days=answer.seen.day)).isoformat(timespec="seconds"),
            answer.seen.guess,
            answer.seen.slip,
            round(chance, 6),
        )
        for answer, chance in zip(world.answers, world.chances, strict=True)
    )
    return write_csv("", [*COLUMNS, "chance"], rows)


def _missing(name: str, there: Sequence[str]) -> str:
    return N_(
        "文件里没有“{name}”这一列（有：{there}）；请用 --columns 说明各列叫什么",
        name=name,
        there=list(there),
    )


def _answer(line: Mapping[str, str], columns: Columns, number: int) -> Answer | None:
    person, item = line[columns.user].strip(), line[columns.item].strip()
    skills = tuple(s for s in map(str.strip, SKILLS.split(line[columns.skills])) if s)
    outcome = OUTCOMES.get(line[columns.correct].strip().casefold())
    if not (person and item and skills) or outcome is None:
        return None
    guess = _chance(line.get(columns.guess), number)
    slip = _chance(line.get(columns.slip), number)
    if guess + slip >= 1:
        raise LogError(N_("第 {n} 行猜对与失误的概率之和要小于 1", n=number))
    seen = Seen(
        competencies=tuple(dict.fromkeys(skills)),
        item=item,
        day=_day(line[columns.time], number) if columns.time else 0.0,
        outcome=outcome,
        guess=guess,
        slip=slip,
    )
    return Answer(person, seen)


def _chance(text: str | None, number: int) -> float:
    value = _number(text or "0")
    if value is None or not 0 <= value < 1:
        raise LogError(
            N_("第 {n} 行的概率“{text}”要在 0 到 1 之间", n=number, text=text or "")
        )
    return value


def _day(text: str, number: int) -> float:
    """Give the days since 1970 that a text says."""
    seconds = _number(text)
    if seconds is not None:
        return seconds / (1000 if seconds > MILLISECONDS else 1) / SECONDS_A_DAY
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise LogError(
            N_(
                "第 {n} 行的时间“{text}”读不懂；要写成 2026-01-31 08:30:00 或秒数，"
                "没有时间的文件请写 --columns time=",
                n=number,
                text=text,
            )
        ) from error
    known = read if read.tzinfo else read.replace(tzinfo=UTC)
    return (known - EPOCH) / timedelta(days=1)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None
