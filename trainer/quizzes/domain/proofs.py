"""A question as a taker sees it, with the answer beside, for who writes and grades."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from html import escape
from string import ascii_uppercase

from trainer.quizzes.domain.answers import Drawn
from trainer.quizzes.domain.manuscripts import WHY
from trainer.quizzes.domain.question import Cite
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.types import TYPES
from trainer.quizzes.domain.types.base import Face
from trainer.quizzes.domain.types.base import Solution
from trainer.quizzes.domain.types.filling import PLACE
from trainer.quizzes.domain.types.numbers import Calculating

BLANK = '<span class="blank">{}</span>'
"""A place that is to be filled in, with its number."""


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
        face: What a taker sees; the stem is safe HTML.
        letters: Letters of the choices by key.
        solution: What is right.
        story: Safe HTML of its case, empty when it stands alone.
        why: Safe HTML of the explanation.
        cites: What it rests on.
        is_drawn: Whether another draw shows other numbers.
        is_stale: Whether a cited clause changed since somebody looked.
    """

    question: Question
    face: Face
    letters: Mapping[str, str]
    solution: Solution
    story: str
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
    stale: bool = False,
) -> Shown:
    """Lay out a question.

    Args:
        question: The question.
        drawn: What chance has decided.
        html: Safe HTML of its stem, its explanation and its case, by section.
        names: What the cited clauses are called, by slug and section.
        stale: Whether one of them changed.
    """
    body = question.body
    face = body.face(html[question.id], tuple(map(escape, drawn)))
    face = replace(face, stem=PLACE.sub(lambda at: BLANK.format(at[1]), face.stem))
    keys = (choice.key for choice in face.choices)
    return Shown(
        question=question,
        face=face,
        letters=dict(zip(keys, ascii_uppercase, strict=False)),
        solution=body.solution(drawn),
        story=html[question.case.id] if question.case else "",
        why=html[question.id + WHY],
        cites=tuple(
            CiteLine(c, names.get((c.slug, c.section), f"{c.slug}#{c.section}"))
            for c in question.cites
        ),
        is_drawn=_is_drawn(question),
        is_stale=stale,
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
