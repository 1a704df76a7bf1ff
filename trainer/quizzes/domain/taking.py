"""What goes back and forth while a quiz is taken; pure.

Nothing in these values tells what is right: what a page of an open attempt shows is
made from them alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import ConflictError
from trainer.core.wording import N_
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.quiz import Navigation
from trainer.quizzes.domain.quiz import Review
from trainer.quizzes.domain.types.base import Face

DAILY, MISTAKES = "@daily", "@mistakes"
"""Practices that are made for one person; no slug begins with this sign."""

PRACTICE_NAMES = {DAILY: N_("每日一练"), MISTAKES: N_("错题本")}

EXAMINER = Actor(0, N_("考务"), frozenset({Permission.READ, Permission.EDIT}))
"""Reads banks for takers, who may not; what is made of them is theirs to see."""


class NotOpenError(ConflictError):
    """The quiz cannot be begun now."""


class NoMoreAttemptsError(ConflictError):
    """All tries are used up."""

    def __init__(self, most: int) -> None:
        super().__init__(N_("这份测验最多考 {n} 次，已经用完", n=most))


class NothingToAskError(ConflictError):
    """No question can be drawn."""


class PassedByError(ConflictError):
    """A question that one may not go back to."""

    def __init__(self) -> None:
        super().__init__(N_("这份测验只能往前答，翻过去的题不能再改"))


class AlreadyShownError(ConflictError):
    """The answer was shown; what is given now proves nothing."""

    def __init__(self) -> None:
        super().__init__(N_("这一题已经看过答案，不能再改"))


class NotShownError(ConflictError):
    """What is right is not to be seen yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Save:
    """Command: keep the answer to one question.

    Attributes:
        position: Place of the question in the paper, from 1.
        given: Letters or words, as the page has them.
        number: The browser counts its saves, up from the number the page came with.
        flagged: Whether the taker wants to look at it again.
        seconds: How long the question was on the screen, in all.
    """

    position: int
    given: tuple[str, ...]
    number: int
    flagged: bool = False
    seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the server keeps of a question after a save.

    A ``number`` above that of the save means: another window was faster.
    """

    position: int
    number: int
    left: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItem:
    """A question of a paper as its taker sees it.

    Attributes:
        position: Place in the paper, from 1.
        type: Code of its type.
        face: What is asked; the stem is safe HTML.
        story: Safe HTML of the case, empty when it stands alone.
        tells_story: Whether it is the first of its case.
        given: The answer kept, in letters or words.
        flagged: Whether the taker marked it.
        marks: Full mark.
        number: Number of the save that is kept.
        is_shown: Whether the answer was shown already (practice).
        is_passed: Whether one may not go back to it.
    """

    position: int
    type: str
    face: Face
    story: str
    tells_story: bool
    given: Answer
    flagged: bool
    marks: str
    number: int
    is_shown: bool
    is_passed: bool

    @property
    def is_answered(self) -> bool:
        """Tell whether anything is given."""
        return any(self.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An open attempt as its taker sees it.

    ``edit`` is where the browser goes on counting its saves; ``place`` is the question
    the taker was at.
    """

    attempt: int
    quiz: str
    title: str
    mode: Mode
    navigation: Navigation
    review: Review
    state: State
    began_at: datetime
    left: timedelta | None
    place: int
    edit: int
    items: tuple[AskedItem, ...]
