"""A question as a taker sees it, with the answer beside, for who writes and grades."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from string import ascii_uppercase

from trainer.publishing.domain.structured import Cite
from trainer.quizzes.domain.answers import Drawn
from trainer.quizzes.domain.manuscripts import WHY
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.taking import AskedItem
from trainer.quizzes.domain.types import TYPES
from trainer.quizzes.domain.types.base import Face
from trainer.quizzes.domain.types.base import Solution
from trainer.quizzes.domain.types.numbers import Calculating


@dataclass(frozen=True, slots=True)
class CiteLine:
    """What a question rests on: the address, and what it is called."""

    cite: Cite
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A question with one draw of what chance decides.

    Attributes:
        question: The question.
        item: What a taker sees, nothing answered.
        letters: Letters of the choices by key.
        solution: What is right.
        why: Safe HTML of the explanation.
        cites: What it rests on.
        is_drawn: Whether another draw shows other numbers.
        is_stale: Whether a cited clause changed since somebody looked.
    """

    question: Question
    item: AskedItem
    letters: Mapping[str, str]
    solution: Solution
    why: str
    cites: tuple[CiteLine, ...]
    is_drawn: bool
    is_stale: bool = False

    @property
    def type_name(self) -> str:
        """What its type is called."""
        return TYPES[self.question.type].name


def shown(
    question: Question,
    drawn: Drawn,
    html: Mapping[str, str],
    names: Mapping[tuple[str, str], str],
    *,
    place: int = 1,
    stale: bool = False,
) -> Shown:
    """Lay out a question.

    Args:
        question: The question.
        drawn: What chance has decided.
        html: Safe HTML of its stem, its explanation and its case, by section.
        names: What the cited clauses are called, by slug and section.
        place: Where it stands on the page, from 1.
        stale: Whether one of them changed.
    """
    body = question.body
    face = body.face(html[question.id], tuple(map(escape, drawn)))
    keys = (choice.key for choice in face.choices)
    return Shown(
        question=question,
        item=_item(question, face, html, place),
        letters=dict(zip(keys, ascii_uppercase, strict=False)),
        solution=body.solution(drawn),
        why=html[question.id + WHY],
        cites=tuple(
            CiteLine(c, names.get((c.slug, c.section), f"{c.slug}#{c.section}"))
            for c in question.cites
        ),
        is_drawn=_is_drawn(question),
        is_stale=stale,
    )


def _item(
    question: Question, face: Face, html: Mapping[str, str], place: int
) -> AskedItem:
    return AskedItem(
        position=place,
        type=question.type,
        face=face,
        story=html[question.case.id] if question.case else "",
        tells_story=True,
        given=(),
        flagged=False,
        marks=f"{question.marks:f}",
        number=0,
        is_shown=False,
        is_passed=False,
    )


def _is_drawn(question: Question) -> bool:
    body = question.body
    return isinstance(body, Calculating) and bool(body.working and body.working.values)


@dataclass(frozen=True, slots=True)
class Worked:
    """One combination of a parameterised question, and its number in words."""

    drawn: Drawn
    result: str


def worked(question: Question) -> tuple[tuple[str, ...], tuple[Worked, ...]]:
    """Give the names of a parameterised question, and every combination worked out."""
    body = question.body
    if not isinstance(body, Calculating) or body.working is None:
        return (), ()
    working = body.working
    return tuple(working.values), tuple(
        Worked(drawn, f"{working.result(drawn):f}") for drawn in working.combinations
    )
