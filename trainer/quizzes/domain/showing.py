"""What is shown of attempts: lists, results, and what is right where it may be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from trainer.publishing.domain.revision import Revision
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.quiz import Quiz
from trainer.quizzes.domain.quiz import Review
from trainer.quizzes.domain.score import rounded
from trainer.quizzes.domain.taking import AskedItem
from trainer.quizzes.domain.taking import line_of
from trainer.quizzes.domain.types.base import Solution


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An attempt in a list.

    ``earned`` and ``passed`` are None while something is to be graded by hand.
    """

    id: int
    person: int
    quiz: str
    title: str
    number: int
    mode: Mode
    state: State
    began_at: datetime
    ended_at: datetime | None
    full: Decimal
    earned: Decimal | None
    passed: bool | None

    @property
    def is_placement(self) -> bool:
        """Tell whether it is a placement test: no marks are made of it."""
        return bool(line_of(self.quiz))

    @property
    def percent(self) -> Decimal | None:
        """The marks earned, percent of those that can be had, to one place."""
        if self.earned is None or not self.full:
            return None
        return (100 * self.earned / self.full).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A quiz in force, with the tries of whoever asks."""

    revision: Revision
    quiz: Quiz
    tried: tuple[Tried, ...]

    @property
    def open_attempt(self) -> Tried | None:
        """The attempt that is still open, None when there is none."""
        return next((t for t in self.tried if t.state is State.IN_PROGRESS), None)

    def attempts_left(self) -> int | None:
        """Give how often it may be tried yet; None is as often as one likes."""
        if self.quiz.mode is Mode.PRACTICE:
            return None
        return max(0, self.quiz.attempts - len(self.tried))

    def is_open(self, at: datetime) -> bool:
        """Tell whether it may be begun at a moment."""
        opened = self.quiz.opens is None or at >= self.quiz.opens
        return opened and (self.quiz.closes is None or at < self.quiz.closes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A share that a person gave or changed: how it was, how it is, and why."""

    at: datetime
    before: Fraction | None
    after: Fraction | None
    is_void: bool
    reason: str
    points: tuple[str, ...]

    @property
    def is_first(self) -> bool:
        """Whether it is a grade that was waited for, and changed none."""
        return self.before is None and bool(self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A section a question rests on, as it stands on the day of the attempt."""

    slug: str
    section: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A question of a paper that was handed in, with what is right.

    Attributes:
        asked: The question as it was shown.
        place: ``<bank>#<id>``.
        solution: What is right, in letters where there are letters.
        whys: Why a choice is wrong, by its letter.
        why: Safe HTML of the explanation.
        share: Share of its mark; None is to be graded by hand.
        earned: Marks.
        sources: What it rests on.
        corrections: What was changed by hand, oldest first.
    """

    asked: AskedItem
    place: str
    solution: Solution
    why: str
    share: Fraction | None
    earned: Decimal | None
    is_void: bool
    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]

    @property
    def is_right(self) -> bool:
        """Tell whether it earned its full mark."""
        return self.share == 1

    def marks_of(self, share: Fraction) -> Decimal:
        """Give the marks that a share of the question is worth."""
        return rounded(Fraction(Decimal(self.asked.marks)) * share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """An attempt that has ended; ``marked`` is empty while answers are not to be seen.

    Attributes:
        tried: The attempt.
        pass_percent: Its pass mark.
        seconds: How long it took.
        may_review: Whether what is right may be seen now.
        review: When it may.
        closes_at: When the quiz closes, if it does.
        waiting: How many questions are to be graded by hand.
        withheld: How many questions are left out, because the reader has them in an
            exam of his own.
        marked: The questions.
        competencies: Marks earned and to be had by competency, weakest first.
    """

    tried: Tried
    pass_percent: int
    seconds: int
    may_review: bool
    review: Review
    closes_at: datetime | None
    waiting: int
    withheld: int
    marked: tuple[Marked, ...]
    competencies: Sequence[tuple[str, Decimal, Decimal]]


def may_review(
    review: Review, closes_at: datetime | None, state: State, at: datetime
) -> bool:
    """Tell whether a taker may see what is right, once his attempt has ended."""
    if state in {State.IN_PROGRESS, State.OVERDUE, State.ABANDONED}:
        return False
    return review is not Review.CLOSED or closes_at is None or at >= closes_at
