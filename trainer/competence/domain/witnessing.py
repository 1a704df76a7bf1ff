"""What somebody saw of a colleague at work, entered by form or from a file; pure.

Terms:
    sighting: one thing that was seen: an observation by a rubric, a case signed
        together, a file that came back. It is kept with who saw it and becomes one
        fact of the ledger for each competency it speaks of.
    source: what names a fact; made of the key of the sighting and the competency, so
        the same form sent twice is one.

A sighting is never changed. Who entered it by mistake takes it back, with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta

from trainer.core.clock import start_of
from trainer.core.errors import ConflictError
from trainer.core.errors import DeniedError
from trainer.core.errors import TrainerError
from trainer.core.masking import masked
from trainer.core.wording import N_
from trainer.evidence.domain import Fact
from trainer.evidence.domain import FactKind
from trainer.topics.domain.causes import CAUSE_NAMES
from trainer.topics.domain.causes import ErrorCause

BEST = 3
RUBRIC: Mapping[int, str] = {
    0: N_("没做对"),
    1: N_("提示后部分做对"),
    2: N_("基本做对"),
    3: N_("独立做对"),
}
"""Levels of an observation; the share of what was right is level / :data:`BEST`."""

CASE_OUTCOMES: Mapping[str, float] = {"right": 1.0, "corrected": 0.0}
CASE_NAMES = {"right": N_("一次办对"), "corrected": N_("复核时改过")}

LONGEST_BACK = timedelta(days=366)
"""What was seen longer ago is not entered any more."""

MOST_A_DAY = 20
"""Returned files that count of a person, competency and day: they come in streams, are
alike, and so tell less than their number. Source: ``docs/competence.md``, section 4."""

MOST_COMPETENCIES = 12
"""Competencies of one sighting: nobody watches more at a time."""

LONGEST_WORDS = 300
LONGEST_REASON = 200
SOURCE = "sighting"
BY_FORM = (
    FactKind.OBSERVATION,
    FactKind.COSIGNED_CASE,
    FactKind.RETURNED_FILE,
)
"""Kinds that are entered by form; a sign-off is part of an authorisation."""


class ImpossibleDayError(TrainerError):
    """It cannot have been seen on that day."""


class NothingSeenError(TrainerError):
    """No competency was judged."""

    def __init__(self) -> None:
        super().__init__(N_("一项能力也没有评；请至少选一项"))


class UnknownItemError(TrainerError):
    """There is no such competency or business."""


class OwnSightingError(DeniedError):
    """Nobody watches himself."""

    def __init__(self) -> None:
        super().__init__(N_("不能给自己登记；请带教老师或主管来登记"))


class CitizenDataError(TrainerError):
    """The words hold what may be the number of a citizen."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "文字里有像身份证、电话或账号的号码；请删去，只写业务和问题，不写群众信息"
            )
        )


class TooManyReturnedError(TrainerError):
    """More files came back than count on a day."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "同一人同一项能力，一天最多记 {most} 件退件；多出的不再计",
                most=MOST_A_DAY,
            )
        )


class EnteredError(ConflictError):
    """The form was sent before, and said something else."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "这张表已经登记过，这次改的没有记；"
                "要改，请先撤销原来那条，再打开新表登记"
            )
        )


class TakenBackError(ConflictError):
    """It was taken back already."""

    def __init__(self) -> None:
        super().__init__(N_("这条记录已经撤销过；请刷新后再看"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Command, and what is kept: something was seen of somebody.

    Attributes:
        person: Key of who was seen.
        kind: One of :data:`BY_FORM`.
        on: The day.
        outcomes: Share of what was right, 0..1, by code of the competency.
        business: Code of the business, may be empty of an observation.
        cause: What was wrong, for a file that came back.
        words: A remark, without anything of a citizen.
        token: What tells one form from another; the same one twice is one sighting.
        batch: What it was imported with, empty for a form.
    """

    person: int
    kind: FactKind
    on: date
    outcomes: Mapping[str, float]
    business: str = ""
    cause: ErrorCause | None = None
    words: str = ""
    token: str
    batch: str = ""

    @property
    def by_outcome(self) -> list[tuple[str, list[str]]]:
        """How it went in words, the best first, and for which competencies."""
        found: dict[float, list[str]] = {}
        for code, outcome in self.outcomes.items():
            found.setdefault(outcome, []).append(code)
        return [
            (self._word(outcome), found[outcome]) for outcome in sorted(found)[::-1]
        ]

    def _word(self, outcome: float) -> str:
        if self.kind is FactKind.RETURNED_FILE:
            return CAUSE_NAMES[self.cause] if self.cause else N_("被退回")
        if self.kind is FactKind.COSIGNED_CASE:
            return CASE_NAMES["right" if outcome else "corrected"]
        return RUBRIC[round(outcome * BEST)]

    def facts(self, key: int, at: datetime) -> Iterator[Fact]:
        """Give the facts of it; ``key`` is its own, ``at`` when it is entered."""
        for competency, outcome in self.outcomes.items():
            yield Fact(
                person=self.person,
                competency=competency,
                item="",
                happened_at=happened(self.on, at),
                outcome=outcome,
                kind=self.kind,
                source=f"{SOURCE}/{key}/{competency}",
            )


def happened(on: date, at: datetime) -> datetime:
    """Give the moment of something of a day: its noon, or now when that is earlier."""
    return min(start_of(on) + timedelta(hours=12), at)


def sighting_of(source: str) -> int:
    """Give the key of the sighting that a fact comes from, 0 for none."""
    name, _, rest = source.partition("/")
    key, _, _ = rest.partition("/")
    return int(key) if name == SOURCE and key.isascii() and key.isdigit() else 0


def must_be_possible(told: Sighting, today: date) -> None:
    """Check a sighting by itself.

    Raises:
        ImpossibleDayError: the day is to come, or too long ago.
        NothingSeenError: there is no competency.
        CitizenDataError: the words hold a number of a citizen.
    """
    if told.on > today:
        raise ImpossibleDayError(N_("{day} 还没有到；请写实际发生的那天", day=told.on))
    if told.on < today - LONGEST_BACK:
        raise ImpossibleDayError(
            N_("{day} 超过一年，不再登记；只登记一年以内的", day=told.on)
        )
    if not told.outcomes:
        raise NothingSeenError
    if len(told.outcomes) > MOST_COMPETENCIES:
        raise UnknownItemError(
            N_("一次最多评 {most} 项；请分几次登记", most=MOST_COMPETENCIES)
        )
    if masked(told.words) != told.words:
        raise CitizenDataError
