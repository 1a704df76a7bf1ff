"""What is done about a question that was wrong; pure."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum
from fractions import Fraction

from trainer.core.wording import N_
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.answers import Drawn
from trainer.quizzes.domain.answers import plain
from trainer.quizzes.domain.rules import FULL
from trainer.quizzes.domain.types.base import Body


class Act(StrEnum):
    """What is ruled.

    ``void`` takes the question out of the sum, ``full`` gives everybody its marks,
    ``accept`` lets other answers count as right, ``restore`` goes back to the question
    as it is written.
    """

    VOID = "void"
    FULL = "full"
    ACCEPT = "accept"
    RESTORE = "restore"


ACT_NAMES = {
    Act.VOID: N_("作废，不计分"),
    Act.FULL: N_("人人满分"),
    Act.ACCEPT: N_("另认一种答案"),
    Act.RESTORE: N_("恢复原来的判法"),
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is ruled on one wording; ``accepted`` are whole answers."""

    act: Act
    accepted: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A share, None while a person must grade it; a void question counts nowhere.

    ``guess`` is the chance to get it without knowing, where it is known. It is no
    part of the judgement: two verdicts that differ in it alone are equal.
    """

    share: Fraction | None
    is_void: bool = False
    guess: float | None = field(default=None, compare=False)


GIVEN_AWAY = 0.99
"""Chance to get a mark that everybody gets: it says next to nothing of anybody."""


def verdict(
    body: Body,
    answer: Answer,
    drawn: Drawn,
    ruling: Ruling | None = None,
    by_hand: Fraction | None = None,
) -> Verdict:
    """Judge an answer, under a ruling if there is one.

    ``by_hand`` is the share that a person gave it, None while nobody has.
    """
    if ruling is not None:
        if ruling.act is Act.VOID:
            return Verdict(None, is_void=True)
        if ruling.act is Act.FULL:
            return Verdict(FULL, guess=GIVEN_AWAY)
        if _is_accepted(answer, ruling):
            return Verdict(FULL, guess=body.guess)
    if by_hand is not None:
        return Verdict(by_hand, guess=body.guess)
    return Verdict(body.score(answer, drawn), guess=body.guess)


def _is_accepted(answer: Answer, ruling: Ruling) -> bool:
    """Compare as blanks are compared: full-width, case and spaces do not count."""
    told = tuple(map(plain, answer))
    return any(told == tuple(map(plain, each)) for each in ruling.accepted)
