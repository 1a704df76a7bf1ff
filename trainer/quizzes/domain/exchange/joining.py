"""Questions that come into a bank: new ones, those that replace one, the same ones.

The id is the identity. What is in the bank stays where it is; what is new stands
behind it.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import count

from trainer.quizzes.domain.question import Case
from trainer.quizzes.domain.question import Question


class Standing(StrEnum):
    """What a question that comes in means for the bank."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


def placed(questions: Iterable[Question], topic: str) -> list[Question]:
    """Give questions as a bank of a business line holds them, wherever they stood."""
    return [
        replace(
            question,
            topic=question.topic or topic,
            line=0,
            cites=tuple(replace(cite, line=0) for cite in question.cites),
        )
        for question in questions
    ]


def standing_of(coming: Question, there: Question | None) -> Standing:
    """Compare two questions that :func:`placed` has given."""
    if there is None:
        return Standing.NEW
    return Standing.SAME if coming == there else Standing.CHANGED


def joined(there: Sequence[Question], coming: Sequence[Question]) -> list[Question]:
    """Put questions into a bank.

    A case has one stem: the one that comes in holds for its questions that stay.
    """
    new = {question.id: question for question in coming}
    cases = {question.case.id: question.case for question in coming if question.case}
    kept = [new.pop(each.id, _in_its_case(each, cases)) for each in there]
    return [*kept, *new.values()]


def _in_its_case(question: Question, cases: Mapping[str, Case]) -> Question:
    case = question.case
    return replace(question, case=cases.get(case.id, case)) if case else question


def free_prefix(there: Iterable[Question]) -> str:
    """Give what ids of questions without one may begin with, so that none is taken.

    Numbers of a file, 1 to 50, are no identity: a second file begins at 1 again.
    """
    ids = {question.id for question in there}
    ids |= {question.case.id for question in there if question.case}
    firsts = {key.partition("-")[0] for key in ids}
    tries = ("q" if n == 1 else f"q{n}" for n in count(1))
    return next(prefix for prefix in tries if prefix not in firsts)
