"""A placement test (摸底测验): its questions, when it ends, what came of it.

Pure. The test is an attempt whose questions are added one by one; its name says for
which business line it is. What is asked next is the rule of
:mod:`trainer.competence.domain.placement`.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from enum import StrEnum
from typing import Any

from trainer.competence.domain.placement import PRECISE
from trainer.competence.domain.placement import USUAL_ITEMS
from trainer.competence.domain.readying import Need
from trainer.competence.domain.sitting import Advice
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.quizzes.domain.drawing import Candidate
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.showing import Source

LASTS = timedelta(hours=24)
"""How long a test may be gone on with; then it ends, and what was answered counts."""

BY_HAND = "essay"
"""The type that waits for a person: nothing can follow from it at once."""


class Ending(StrEnum):
    """Why a test ended."""

    PRECISE = "precise"
    ITEMS = "items"
    NOTHING = "nothing"
    LEFT = "left"
    TIME = "time"


ENDING_NAMES = {
    Ending.PRECISE: N_("已经够有把握了，不用再问。"),
    Ending.ITEMS: N_("问满了 {n} 题，到此为止；没有把握的下面写着。", n=USUAL_ITEMS),
    Ending.NOTHING: N_(
        "没有别的题可以问了：剩下的最近见过、正在考，或者条款刚变、题还没复核。"
    ),
    Ending.LEFT: N_("提前结束了，只按答过的题估计。"),
    Ending.TIME: N_("过了 24 小时，自动结束，只按答过的题估计。"),
}

ADVICE_NAMES = {
    Advice.SKIP: N_("可以跳过"),
    Advice.LEARN: N_("要学"),
    Advice.UNSURE: N_("还说不准，先学"),
    Advice.UNASKED: N_("没有问到，按没学过安排"),
}


class UnansweredError(TrainerError):
    """Nobody goes on by mistake: whoever does not know says so."""

    def __init__(self) -> None:
        super().__init__(N_("这一题还没有作答；不会的，点“不会，下一题”"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Command: the answer to one question, and on to the next.

    Attributes:
        position: Place of the question in the test, from 1.
        given: Letters or words, as the page has them.
        number: Number of the save, as the page counts them.
        known: Number of the save of this question that the page knows of.
        skips: The taker says that he does not know it; nothing is given.
    """

    position: int
    given: tuple[str, ...]
    number: int
    known: int | None
    skips: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What came of a test for one competency, percents of cases handled correctly.

    ``low`` to ``high`` is the 80 % band; ``asked`` counts questions of this test.
    """

    code: str
    percent: int
    low: int
    high: int
    advice: Advice
    asked: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """Something to learn, and the sections to begin with."""

    figure: Figure
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A test that has ended.

    Attributes:
        attempt: Its key.
        line: Name of the business line.
        began_at: When it began.
        ended_at: When it ended.
        ending: Why.
        asked: Questions that were answered.
        skip: What may be skipped.
        learn: What to learn, the weakest first.
        names: Names of competencies by code.
    """

    attempt: int
    line: str
    began_at: datetime
    ended_at: datetime
    ending: Ending
    asked: int
    skip: tuple[Figure, ...]
    learn: tuple[Lesson, ...]
    names: Mapping[str, str]

    @property
    def minutes(self) -> int:
        """How long it took from beginning to end, pauses included; at least 1."""
        return max(1, round((self.ended_at - self.began_at).total_seconds() / 60))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A line whose test may be taken.

    Attributes:
        line: Code of the line.
        name: Its name.
        questions: How many questions may be asked now.
        open_attempt: Key of the test that is open, 0 for none.
        last: Key of the last one that has ended, 0 for none.
        ended_at: When that was.
    """

    line: str
    name: str
    questions: int
    open_attempt: int = 0
    last: int = 0
    ended_at: datetime | None = None


def of_line(
    pool: Iterable[Candidate], needs: Sequence[Need], line: str
) -> list[Candidate]:
    """Leave the questions that say something of a line.

    All of the line's own competencies; of a general one those about the line, or all of
    it where there are none. A question of a case is left out, as nobody is asked half
    of a story; an essay, as it waits for a person.

    Args:
        pool: What may be asked at all.
        needs: What the line asks for.
        line: Code of the line.
    """
    core = {need.code: need.core for need in needs}
    found = [
        each
        for each in pool
        if each.question.competency in core
        and each.question.type != BY_HAND
        and not each.question.story
    ]
    own = {e.question.competency for e in found if e.question.topic == line}
    return [
        each
        for each in found
        if core[each.question.competency]
        or each.question.topic == line
        or each.question.competency not in own
    ]


def fresh(pool: Iterable[Candidate], met: Collection[Place]) -> list[Candidate]:
    """Leave what was not met lately."""
    return [each for each in pool if each.place not in met]


def reached(error: float, asked: int, *, is_left: bool) -> Ending | None:
    """Say why a test ends by itself; None while it goes on.

    Args:
        error: Mean standard error by now, in log-odds.
        asked: Questions answered.
        is_left: Whether anything is left to ask.
    """
    if error <= PRECISE:
        return Ending.PRECISE
    if asked >= USUAL_ITEMS:
        return Ending.ITEMS
    return None if is_left else Ending.NOTHING


def kept(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    """Give the form in which figures are kept."""
    return [
        {
            "code": each.code,
            "percent": each.percent,
            "band": [each.low, each.high],
            "advice": each.advice.value,
            "asked": each.asked,
        }
        for each in figures
    ]


def read_back(stored: Iterable[Mapping[str, Any]]) -> tuple[Figure, ...]:
    """Read what :func:`kept` gave."""
    return tuple(
        Figure(
            code=each["code"],
            percent=each["percent"],
            low=each["band"][0],
            high=each["band"][1],
            advice=Advice(each["advice"]),
            asked=each["asked"],
        )
        for each in stored
    )
