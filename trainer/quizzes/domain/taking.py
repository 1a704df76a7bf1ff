"""What goes back and forth while a quiz is taken; pure.

Nothing in these values tells what is right: what a page of an open attempt shows is
made from them alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from string import ascii_uppercase

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import ConflictError
from trainer.core.wording import N_
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.quiz import Navigation
from trainer.quizzes.domain.quiz import Review
from trainer.quizzes.domain.types.base import Choice
from trainer.quizzes.domain.types.base import Face
from trainer.quizzes.domain.types.filling import PLACE

DAILY, MISTAKES, CHANGE, STEP = "@daily", "@mistakes", "@change", "@step"
"""Practices that are made for one person; no slug begins with this sign."""

PRACTICE_NAMES = {
    DAILY: N_("每日一练"),
    MISTAKES: N_("错题本"),
    CHANGE: N_("必读答题"),
    STEP: N_("课程答题"),
}

PLACEMENTS = "@placement/"
"""How the names of placement tests begin; the code of the business line follows."""

EXAMINER = Actor(0, N_("考务"), frozenset({Permission.READ, Permission.EDIT}))
"""Reads banks for takers, who may not; what is made of them is theirs to see."""


def about_change(slug: str) -> str:
    """Name the practice of questions on what changed in a text."""
    return f"{CHANGE}/{slug}"


def for_step(course: str, step: str) -> str:
    """Name the practice of questions on what a step of a course leads to."""
    return f"{STEP}/{course}/{step}"


def practice_name(quiz: str) -> str:
    """Give what a practice is called that was made for one person; else nothing."""
    return PRACTICE_NAMES.get(quiz.partition("/")[0], "")


def quiz_of(line: str) -> str:
    """Give the name under which attempts at the placement test of a line are kept."""
    return PLACEMENTS + line


def line_of(quiz: str) -> str:
    """Give the line of a placement test; empty for everything else."""
    return quiz.removeprefix(PLACEMENTS) if quiz.startswith(PLACEMENTS) else ""


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


class OlderPageError(ConflictError):
    """The page is older than what another window has saved."""

    def __init__(self) -> None:
        super().__init__(N_("这一题在别的窗口里改过，保留了那里的答案；请刷新页面对照"))


class NotShownError(ConflictError):
    """What is right is not to be seen yet."""


class SittingError(NotShownError):
    """What is right would help in an exam of whoever asks."""

    def __init__(self) -> None:
        super().__init__(N_("这道题也在您自己的测验里，那边能看解析以后再来看"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Save:
    """Command: keep the answer to one question.

    Attributes:
        position: Place of the question in the paper, from 1.
        given: Letters or words, as the page has them.
        number: The browser counts its saves, up from the number the page came with.
        flagged: Whether the taker wants to look at it again.
        seconds: How long the question was on the screen, in all.
        known: Number of the save of this question that the page knows of; None when
            it does not say.
    """

    position: int
    given: tuple[str, ...]
    number: int
    flagged: bool = False
    seconds: int = 0
    known: int | None = None


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

    @property
    def pieces(self) -> list[str]:
        """The stem cut at its blanks: HTML, number of a blank, HTML, and so on."""
        return PLACE.split(self.face.stem) if self.face.blanks else [self.face.stem]

    @property
    def lettered(self) -> list[tuple[str, Choice]]:
        """The choices with their letters."""
        return [*zip(ascii_uppercase, self.face.choices, strict=False)]

    @property
    def partners(self) -> list[tuple[str, Choice]]:
        """What a choice may be matched with, with their letters."""
        return [*zip(ascii_uppercase, self.face.targets, strict=False)]

    def given_at(self, blank: int) -> str:
        """Give what stands in a place of the answer, from 0; empty when nothing."""
        return self.given[blank] if blank < len(self.given) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An open attempt as its taker sees it.

    ``edit`` is where the browser goes on counting its saves; ``place`` is the question
    the taker was at; ``due_at`` is when its time is up.
    """

    attempt: int
    quiz: str
    title: str
    mode: Mode
    navigation: Navigation
    review: Review
    state: State
    began_at: datetime
    due_at: datetime | None
    left: timedelta | None
    place: int
    edit: int
    items: tuple[AskedItem, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether answers still count."""
        out_of_time = self.left is not None and not self.left
        return self.state is State.IN_PROGRESS and not out_of_time

    @property
    def shown(self) -> tuple[AskedItem, ...]:
        """The questions on the page: all of them, or the one the taker is at."""
        if self.navigation is Navigation.FREE:
            return self.items
        return tuple(item for item in self.items if item.position == self.place)

    @property
    def unanswered(self) -> list[int]:
        """Positions of the questions without an answer."""
        return [item.position for item in self.items if not item.is_answered]

    @property
    def flagged(self) -> list[int]:
        """Positions of the questions to be looked at again."""
        return [item.position for item in self.items if item.flagged]
