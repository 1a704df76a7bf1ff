"""What pages show of a course, and what is refused; pure."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta

from trainer.core.errors import ConflictError
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.masking import masked
from trainer.core.wording import N_
from trainer.courses.domain.completing import Progress
from trainer.courses.domain.completing import State
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import Step
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.revision import StoredSection

LONGEST_BACK = 365
"""Days after which a session is not signed any more."""

LONGEST_REASON = 200


class NoStepError(NotFoundError):
    """The course has no such step, or nothing can be done for it in that way."""

    def __init__(self) -> None:
        super().__init__(N_("这门课里没有这一步；课程可能已更新，请回课程页看看"))


class TextMeanwhileError(ConflictError):
    """What the page has shown is not what holds now."""

    def __init__(self) -> None:
        super().__init__(N_("内容已更新，请看变化；刚才那一版没有记作读过"))


class NotYoursToSignError(DeniedError):
    """Nobody signs for himself, or for whom he does not look after."""

    def __init__(self) -> None:
        super().__init__(N_("只能给自己带教或督导的人签字，不能给自己签"))


class ImpossibleDayError(TrainerError):
    """A session cannot have been on that day."""

    def __init__(self) -> None:
        super().__init__(N_("面授的日子不能晚于今天，也不能早于一年前；请改日期"))


class NobodyTickedError(TrainerError):
    """Nobody is to be signed for."""

    def __init__(self) -> None:
        super().__init__(N_("还没有勾选；请勾选这次来了的人"))


class NoReasonError(TrainerError):
    """Something is taken back without saying why."""

    def __init__(self) -> None:
        super().__init__(N_("请写明为什么收回"))


class CitizenDataError(TrainerError):
    """Words hold a number that may be somebody's."""

    def __init__(self) -> None:
        super().__init__(N_("里面像有证件号、手机号或账号；请删掉再保存"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A course in force, how far whoever looks is with it, and whether it is for him.

    Attributes:
        slug: What it is known by.
        course: The course.
        progress: How far.
        is_mine: Whether it is for his post and one of his lines, or he has begun it.
    """

    slug: str
    course: Course
    progress: Progress
    is_mine: bool


def nearest_first(found: Iterable[Shelved], tiers: Sequence[str]) -> list[Shelved]:
    """Put first what somebody should go on with.

    What is begun, then what is not, then what is completed; of these by stage of a
    career, and a path before its courses. Otherwise the order stays.

    Args:
        found: Courses.
        tiers: Codes of the stages, the first first; other stages come last.
    """

    def place(each: Shelved) -> tuple[bool, bool, int, bool]:
        state, tier = each.progress.state, each.course.tier
        return (
            state is State.COMPLETED,
            state is State.NEW,
            tiers.index(tier) if tier in tiers else len(tiers),
            not each.course.is_path,
        )

    return sorted(found, key=place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """One course as whoever learns it sees it.

    Attributes:
        revision: The text that holds.
        course: The same, read.
        progress: How far he is.
        before: The courses to complete before, by slug; what holds no more is left out.
        titles: What the texts are called that steps lead to, by slug.
    """

    revision: Revision
    course: Course
    progress: Progress
    before: Mapping[str, Shelved] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[Shelved, ...]:
        """The courses to complete before that are not."""
        return tuple(b for b in self.before.values() if not b.progress.is_completed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a step of a course leads to, as it holds.

    Attributes:
        step: The step.
        revision: The version of the text that holds.
        sections: What is to be read, in order.
        digest: Of that; a receipt names it.
        read_on: When this very text was read last; None when it was not.
        before: Number of an earlier version that was read; None for none.
        asked: How many questions are to be answered right; 0 for none.
        right: How many of them are.
    """

    step: Step
    revision: Revision
    sections: tuple[StoredSection, ...]
    digest: str
    read_on: date | None = None
    before: int | None = None
    asked: int = 0
    right: int = 0

    @property
    def is_left(self) -> bool:
        """Whether questions are left."""
        return self.read_on is not None and self.right < self.asked


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """Who was at which session: key of the person, id of the step."""

    person: int
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """That somebody was at a session; ``key`` is of the signature, ``by`` who signed.

    ``may_take_back`` says whether whoever looks may.
    """

    key: int
    on: date
    by: str
    may_take_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendant:
    """Somebody one looks after, and his sessions of a course.

    Attributes:
        person: Key.
        name: Shown name.
        site: Where he works.
        signed: The signatures that count, by id of the step.
    """

    person: int
    name: str
    site: str
    signed: Mapping[str, Signature]


def must_be_possible(on: date, today: date) -> None:
    """Stop here when a session cannot have been on a day.

    Raises:
        ImpossibleDayError: it cannot.
    """
    if on > today or on < today - timedelta(LONGEST_BACK):
        raise ImpossibleDayError


def reason_of(written: str) -> str:
    """Give a reason as it is kept: on one line.

    Raises:
        NoReasonError: there is none.
        CitizenDataError: it holds a number that may be somebody's.
    """
    reason = " ".join(written.split())[:LONGEST_REASON]
    if not reason:
        raise NoReasonError
    if masked(reason) != reason:
        raise CitizenDataError
    return reason
