"""One person's try at a quiz: a state machine on the server's clock; pure.

``in_progress -> (time up) overdue -> submitted -> graded``, and ``in_progress ->
abandoned``. What is kept of an answer is the newest save by the number that the
browser gave it, so saves may come late, twice, or in another order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from enum import StrEnum

from trainer.core.errors import ConflictError
from trainer.core.wording import N_
from trainer.quizzes.domain.answers import Answer


class State(StrEnum):
    """Where an attempt stands."""

    IN_PROGRESS = "in_progress"
    OVERDUE = "overdue"
    SUBMITTED = "submitted"
    GRADED = "graded"
    ABANDONED = "abandoned"


STATE_NAMES = {
    State.IN_PROGRESS: N_("没有答完"),
    State.OVERDUE: N_("到时未交"),
    State.SUBMITTED: N_("待评分"),
    State.GRADED: N_("已评分"),
    State.ABANDONED: N_("放弃了"),
}


class ClosedAttemptError(ConflictError):
    """Nothing can be saved any more."""

    def __init__(self) -> None:
        super().__init__(N_("这份答卷已经交了或时间已到，刚才的答案没有保存"))


class NotYetError(ConflictError):
    """What is asked for comes later in the life of an attempt."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What is kept of one question: the answer, and the number of its save."""

    answer: Answer
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try.

    Attributes:
        began_at: When the server began it.
        limit: How long it may last; None is for ever.
        closes_at: When the quiz closes, whatever is left of the limit; None is never.
        state: Where it stands.
        ended_at: When it ended: when it was submitted or abandoned, or when its time
            ran out; None while it is open.
        answers: What is kept, by the place of the question in the paper.
    """

    began_at: datetime
    limit: timedelta | None
    closes_at: datetime | None = None
    state: State = State.IN_PROGRESS
    ended_at: datetime | None = None
    answers: Mapping[int, Saved] = field(default_factory=dict)

    @property
    def deadline(self) -> datetime | None:
        """When its time is up; None is never."""
        ends = self.began_at + self.limit if self.limit is not None else None
        known = [moment for moment in (ends, self.closes_at) if moment is not None]
        return min(known, default=None)

    def left(self, at: datetime) -> timedelta | None:
        """Give how much time is left, never below nothing; None is all of it."""
        if self.deadline is None:
            return None
        return max(timedelta(0), self.deadline - at)

    def is_open(self, at: datetime) -> bool:
        """Tell whether answers still count."""
        in_time = self.deadline is None or at < self.deadline
        return self.state is State.IN_PROGRESS and in_time


def saved(
    attempt: Attempt, place: int, answer: Answer, number: int, *, at: datetime
) -> Attempt:
    """Keep an answer, unless a later one is kept already.

    Args:
        attempt: The attempt.
        place: Place of the question in the paper.
        answer: The answer, as its type reads it.
        number: The browser counts its saves, up.
        at: Now, by the server.

    Raises:
        ClosedAttemptError: it has ended, or its time is up.
    """
    kept = attempt.answers.get(place)
    if kept is not None and kept.number >= number:
        return attempt  # a replay, or one that came late: nothing is lost
    if not attempt.is_open(at):
        raise ClosedAttemptError
    answers = {**attempt.answers, place: Saved(answer, number)}
    return replace(attempt, answers=answers)


def timed(attempt: Attempt, at: datetime) -> Attempt:
    """Let the time run out when it has, however late anybody looks.

    The attempt ended when its time was up, not when this was noticed.
    """
    ends = attempt.deadline
    if attempt.state is not State.IN_PROGRESS or ends is None or at < ends:
        return attempt
    return replace(attempt, state=State.OVERDUE, ended_at=ends)


def submitted(attempt: Attempt, at: datetime) -> Attempt:
    """Hand in; a second time changes nothing.

    Raises:
        ClosedAttemptError: it was abandoned.
    """
    attempt = timed(attempt, at)
    if attempt.state in {State.SUBMITTED, State.GRADED}:
        return attempt
    if attempt.state is State.ABANDONED:
        raise ClosedAttemptError
    return replace(attempt, state=State.SUBMITTED, ended_at=attempt.ended_at or at)


def graded(attempt: Attempt) -> Attempt:
    """Finish grading; a second time changes nothing.

    Raises:
        NotYetError: it was not handed in.
    """
    if attempt.state is State.GRADED:
        return attempt
    if attempt.state is not State.SUBMITTED:
        raise NotYetError(N_("还没有交卷，不能评分"))
    return replace(attempt, state=State.GRADED)


def reopened(attempt: Attempt) -> Attempt:
    """Wait for a grade again: a ruling that spared a question it was taken back."""
    if attempt.state is not State.GRADED:
        return attempt
    return replace(attempt, state=State.SUBMITTED)


def abandoned(attempt: Attempt, at: datetime) -> Attempt:
    """Give up while it is open; what was handed in stays.

    Raises:
        ClosedAttemptError: it has ended another way.
    """
    attempt = timed(attempt, at)
    if attempt.state is State.ABANDONED:
        return attempt
    if attempt.state is not State.IN_PROGRESS:
        raise ClosedAttemptError
    return replace(attempt, state=State.ABANDONED, ended_at=at)
