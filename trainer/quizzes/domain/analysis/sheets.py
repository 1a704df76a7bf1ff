"""What is analysed: submitted attempts, and what is graded of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from trainer.quizzes.domain.analysis.measures import Values
from trainer.quizzes.domain.answers import NO_ANSWER
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.quiz import Place

Numbers = NDArray[np.int64]

FIRST = 1
"""Number of the attempt that counts."""

EXACT = 9
"""Decimals in which figures are compared with bounds: a sum of floats that ought to be
70 % may end just below."""


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """A question in one wording; ``wording`` is a digest of its words."""

    place: Place
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a person made of an item.

    Attributes:
        item: The item.
        share: Share of the full mark, 0 to 1; None while a person has to grade it,
            and when it is void.
        marks: Full mark, above 0.
        given: The answer, as its type reads it.
        seconds: How long the person was at it, if that is known.
    """

    item: Item
    share: Fraction | float | None
    marks: Decimal = Decimal(1)
    given: Answer = NO_ANSWER
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A submitted attempt.

    Attributes:
        person: Whose it is.
        number: Which attempt of this person at this quiz it is, from 1.
        outcomes: What was asked, each item once.
    """

    person: int
    number: int
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """What is graded of the first attempts: a line for each answer, by paper.

    Attributes:
        items: The items; an item's number is its place here.
        outcomes: The answer of each line.
        paper: Number of its paper, from 0, never falling.
        item: Number of its item.
        share: Its share of the full mark, 0 to 1.
        marks: Its full mark.
        got: Marks of each paper.
        full: Full mark of each paper, above 0.
    """

    items: tuple[Item, ...]
    outcomes: tuple[Outcome, ...]
    paper: Numbers
    item: Numbers
    share: Values
    marks: Values
    got: Values
    full: Values

    @property
    def percent(self) -> Values:
        """Result of each paper, 0 to 100."""
        return np.round(100 * self.got / self.full, EXACT)


def graded(sheets: Iterable[Sheet]) -> Graded:
    """Lay out the first attempts; what has no share is left out of its paper.

    Who gave up his first attempt is left out: the second is not fresh to him.
    """
    numbers: dict[Item, int] = {}
    outcomes: list[Outcome] = []
    sizes: list[int] = []
    for sheet in sheets:
        if sheet.number == FIRST:
            told = [each for each in sheet.outcomes if each.share is not None]
            outcomes += told
            sizes += [len(told)] if told else []
    item = [numbers.setdefault(each.item, len(numbers)) for each in outcomes]
    paper = np.repeat(np.arange(len(sizes)), np.array(sizes, np.int64))
    share = np.array([float(each.share or 0) for each in outcomes])
    marks = np.array([float(each.marks) for each in outcomes])
    return Graded(
        items=tuple(numbers),
        outcomes=tuple(outcomes),
        paper=paper,
        item=np.array(item, np.int64),
        share=share,
        marks=marks,
        got=np.bincount(paper, share * marks).astype(np.float64),
        full=np.bincount(paper, marks).astype(np.float64),
    )
