"""Grading by hand: marks for each key point, and what is shown to who grades; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from trainer.core.errors import ConflictError
from trainer.core.errors import DeniedError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.quizzes.domain.showing import Marked
from trainer.quizzes.domain.types.writing import Point

STEP = Decimal("0.5")
"""The least difference between two marks of a key point."""

SHORTEST_REASON = 4
"""Characters of the reason why something graded is graded again."""

LONGEST_REASON = 300


class NotGradersError(DeniedError):
    """Whoever asks grades nobody."""

    def __init__(self) -> None:
        super().__init__(
            N_("评分和看别人的成绩由带教老师和主管来做；自己的成绩在“练习和测验”")
        )


class BadMarksError(TrainerError):
    """Marks that a key point cannot have."""


class ReasonMissingError(TrainerError):
    """Nobody would understand the change."""

    def __init__(self) -> None:
        super().__init__(
            N_("请写明理由，至少 {least} 个字，答题人会看到", least=SHORTEST_REASON)
        )


class GradedMeanwhileError(ConflictError):
    """Somebody else was faster; nothing is overwritten."""

    def __init__(self) -> None:
        super().__init__(
            N_("这份答案刚才有别人评过分或改判过，您的分没有保存；请看过再决定")
        )


class RuledError(ConflictError):
    """The question counts the same for all; a single answer cannot differ."""

    def __init__(self) -> None:
        super().__init__(
            N_("这道题已经统一裁定（作废或人人满分），不再逐份评分；要评先恢复原判")
        )


class NotGradedByHandError(ConflictError):
    """Only answers in words that were handed in are graded."""

    def __init__(self) -> None:
        super().__init__(N_("这一题不用人工评分，或者还没有交卷"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """Command: give marks to an answer.

    Attributes:
        attempt: Key of the attempt.
        position: Place of the question in it.
        marks: For each key point, from 0 to its marks, in steps of ``STEP``.
        remark: What the taker reads; the reason when it is graded again.
        seen: Number of the last judgement that the grader has seen, 0 is none.
    """

    attempt: int
    position: int
    marks: tuple[Decimal, ...]
    remark: str
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An answer that waits to be graded, as a list shows it."""

    attempt: int
    position: int
    bank: str
    item: str
    wording: str
    name: str
    quiz: str
    person: str
    ended_at: datetime

    @property
    def question(self) -> tuple[str, str, str]:
        """What is asked: answers to the same are graded together."""
        return self.bank, self.item, self.wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An answer that somebody graded, as the list of his last ones shows it."""

    attempt: int
    position: int
    name: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ToGrade:
    """An answer with everything that is needed to grade it.

    Attributes:
        attempt: Key of the attempt.
        quiz: Title of the quiz.
        person: Who answered.
        marked: The question, the answer and what is right.
        points: The key points.
        given: Marks given last for each, empty while there are none.
        seen: Number of the last judgement, 0 while there is none.
        is_ruled: Whether a ruling stands on the question, so it is not graded.
        following: Attempt and position of the next answer that waits, None at the end.
        left: How many wait, this one included.
    """

    attempt: int
    quiz: str
    person: str
    marked: Marked
    points: tuple[Point, ...]
    given: tuple[str, ...]
    seen: int
    is_ruled: bool
    following: tuple[int, int] | None
    left: int

    @property
    def is_again(self) -> bool:
        """Whether it was graded before."""
        return self.marked.share is not None

    @property
    def steps(self) -> tuple[str, ...]:
        """By how much the marks of each point may go up, as a field of a form says."""
        return tuple("any" if p.marks % STEP else f"{STEP}" for p in self.points)


def share_of(points: Sequence[Point], marks: Sequence[Decimal]) -> Fraction:
    """Give the share of the full mark that marks for each key point make, exactly.

    Raises:
        BadMarksError: too few or too many marks, or some that cannot be.
    """
    if len(marks) != len(points):
        raise BadMarksError(N_("每个得分点都要给分，一分没有就填 0"))
    for point, given in zip(points, marks, strict=True):
        if not _can_be(point, given):
            raise BadMarksError(
                N_(
                    "“{point}”可以给 0 到 {most} 分，每档 {step} 分",
                    point=point.text,
                    most=point.marks,
                    step=STEP,
                )
            )
    full = sum((Fraction(point.marks) for point in points), Fraction(0))
    return sum((Fraction(given) for given in marks), Fraction(0)) / full


def _can_be(point: Point, given: Decimal) -> bool:
    """Tell whether a key point can have marks; its full ones it always can."""
    if not given.is_finite() or not 0 <= given <= point.marks:
        return False
    return given == point.marks or not given % STEP


def must_give_reason(words: str) -> None:
    """Check the reason for a change.

    Raises:
        ReasonMissingError: too few characters.
    """
    if len(words.strip()) < SHORTEST_REASON:
        raise ReasonMissingError
