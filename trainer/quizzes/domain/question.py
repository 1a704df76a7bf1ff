"""A question: what all types share, and the part its type understands.

A case (案例) is a stem with several questions. It is no type: each of its questions
stands by itself and carries the case it belongs to, so that drawing, scoring and
counting know only questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from trainer.publishing.domain.structured import Cite
from trainer.quizzes.domain.types.base import Body


class Asks(StrEnum):
    """What a question is about."""

    RECALL = "recall"
    RULE = "rule"
    CASE = "case"


DIFFICULTIES = range(1, 4)
"""1 easy, 2 middle, 3 hard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What several questions have in common."""

    id: str
    stem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a bank.

    Attributes:
        id: Stable id, unique in the bank; the identity across revisions.
        type: Code of its type, a key of :data:`.types.TYPES`.
        body: What only the type understands.
        competency: Code of the competency it is evidence for.
        topic: Code of its business line.
        difficulty: 1 easy to 3 hard.
        asks: What it is about.
        on: Business date of the case, None when there is none.
        stem: What is asked, Markdown.
        marks: Full mark, above 0.
        explanation: Why, Markdown; shown only when answers may be.
        cites: What it rests on, at least one.
        tags: Words to find it by.
        case: The case it belongs to.
        line: Where it begins in the bank, from 1.
    """

    id: str
    type: str
    body: Body
    competency: str
    topic: str
    difficulty: int
    asks: Asks
    on: date | None
    stem: str
    marks: Decimal
    explanation: str
    cites: tuple[Cite, ...]
    tags: tuple[str, ...] = ()
    case: Case | None = None
    line: int
