"""Items: questions in the terms that GIFT and Moodle XML have in common.

A type of ours that they do not know becomes an essay that carries the rest; what is
shown there is then for people only. What they know is read from where it is shown,
so that changes made in another system come in.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import singledispatch

from trainer.quizzes.domain.exchange.carried import NOTHING
from trainer.quizzes.domain.exchange.carried import Carried
from trainer.quizzes.domain.exchange.carried import carried_of
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.rules import Rule
from trainer.quizzes.domain.types.base import Body
from trainer.quizzes.domain.types.deciding import Deciding
from trainer.quizzes.domain.types.filling import Filling
from trainer.quizzes.domain.types.matching import Matching
from trainer.quizzes.domain.types.numbers import Calculating
from trainer.quizzes.domain.types.ordering import Ordering
from trainer.quizzes.domain.types.ticking import Ticking

ALL = Decimal(100)
NONE = Decimal(0)
GAP = "_____"
"""What stands for the blank of a short answer."""

EXACT = Decimal("0.00001")
"""Weights are written to this, in percent."""


class Form(StrEnum):
    """What an item asks for."""

    ONE = "one"
    SEVERAL = "several"
    TRUE_FALSE = "true_false"
    SHORT = "short"
    NUMBER = "number"
    MATCH = "match"
    ORDER = "order"
    ESSAY = "essay"


FORMS: Mapping[str, Form] = {
    "single": Form.ONE,
    "multiple": Form.SEVERAL,
    "materials": Form.SEVERAL,
    "true_false": Form.TRUE_FALSE,
    "blanks": Form.SHORT,
    "number": Form.NUMBER,
    "match": Form.MATCH,
    "order": Form.ORDER,
    "essay": Form.ESSAY,
}
"""The form of each type that has one; see :func:`item_of` for those that have not."""

NATIVE: Mapping[Form, frozenset[str]] = {
    Form.ONE: frozenset({"options"}),
    Form.SEVERAL: frozenset({"options", "items"}),
    Form.TRUE_FALSE: frozenset({"answer"}),
    Form.SHORT: frozenset({"blanks"}),
    Form.NUMBER: frozenset({"answer"}),
    Form.MATCH: frozenset({"pairs", "extra"}),
    Form.ORDER: frozenset({"items"}),
    Form.ESSAY: frozenset(),
}
"""Keys of ours that an item of a form says itself."""

SHOWN = frozenset({"id", "stem", "explanation"})
"""Keys that every item says itself."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """An answer, its weight in percent of the full mark, and what is said of it."""

    text: str
    percent: Decimal = ALL
    why: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A thing and its partner."""

    left: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question as GIFT and Moodle know it.

    Attributes:
        name: What tells it from others, our id.
        stem: What is asked, the story of its case before it.
        form: What it asks for.
        answers: What can be ticked, the wordings of a short answer, or the items of
            an order in the right one.
        right: Of a statement.
        pairs: Of a matching question.
        extra: Partners that fit nowhere.
        number: The right number.
        tolerance: How far off it may be, not in percent.
        unit: Its unit.
        explanation: What is shown afterwards.
        marks: The full mark, empty when it is not said.
        tags: Words to find it by, where a format has them.
        carried: What the format has no place for.
        line: Where it begins in the file, from 1; 0 when it goes out.
    """

    name: str
    stem: str
    form: Form
    answers: tuple[Weighted, ...] = ()
    right: bool = False
    pairs: tuple[Pair, ...] = ()
    extra: tuple[str, ...] = ()
    number: str = ""
    tolerance: str = ""
    unit: str = ""
    explanation: str = ""
    marks: str = ""
    tags: tuple[str, ...] = ()
    carried: Carried = NOTHING
    line: int = 0


def item_of(question: Question, can: Callable[[Item], bool]) -> Item:
    """Give a question as an item.

    Args:
        question: The question.
        can: Whether a format can write an item as it is; else it goes as an essay.
    """
    form = FORMS[question.type]
    item = _made(question, form) if _has_form(question.body) else None
    if item is None or not can(item):
        return _made(question, Form.ESSAY)
    return item


def _has_form(body: Body) -> bool:
    if isinstance(body, Filling):
        return len(body.blanks) == 1
    return not isinstance(body, Calculating) or body.working is None


def _made(question: Question, form: Form) -> Item:
    native = NATIVE[form] | SHOWN
    if form is Form.SHORT:
        native -= {"stem"}  # the place of its blank
    own = Own() if form is Form.ESSAY else _own(question.body)
    story = (question.case.stem,) if question.case else ()
    return Item(
        name=question.id,
        stem="\n\n".join((*story, shown(question.stem, form))),
        form=form,
        answers=own.answers,
        right=own.right,
        pairs=own.pairs,
        extra=own.extra,
        number=own.number,
        tolerance=own.tolerance,
        unit=own.unit,
        explanation=question.explanation,
        marks=f"{question.marks:f}",
        tags=question.tags,
        carried=carried_of(question, native),
    )


def shown(stem: str, form: Form) -> str:
    """Give a stem as another system shows it."""
    return stem.replace("{{1}}", GAP) if form is Form.SHORT else stem


@dataclass(frozen=True, slots=True)
class Own:
    """What only items of one form say."""

    answers: tuple[Weighted, ...] = ()
    right: bool = False
    pairs: tuple[Pair, ...] = ()
    extra: tuple[str, ...] = ()
    number: str = ""
    tolerance: str = ""
    unit: str = ""


@singledispatch
def _own(body: Body) -> Own:
    raise TypeError(body)


@_own.register
def _ticking(body: Ticking) -> Own:
    right = sum(option.right for option in body.options)
    share, loss = weights(right, body.rule)
    return Own(
        tuple(
            Weighted(
                option.text,
                share if option.right else NONE if body.one else loss,
                option.why,
            )
            for option in body.options
        )
    )


@_own.register
def _deciding(body: Deciding) -> Own:
    return Own(right=body.right)


@_own.register
def _filling(body: Filling) -> Own:
    # A star stands for anything in their short answers.
    return Own(tuple(Weighted(told.replace("*", "\\*")) for told in body.blanks[0]))


@_own.register
def _calculating(body: Calculating) -> Own:
    assert body.right is not None  # noqa: S101  (see _has_form)
    by = body.tolerance.by
    if body.tolerance.relative:
        by = abs(body.right) * by / 100
    return Own(number=f"{body.right:f}", tolerance=f"{by:f}", unit=body.unit)


@_own.register
def _matching(body: Matching) -> Own:
    texts = {choice.key: choice.text for choice in body.rights}
    pairs = zip(body.lefts, body.right, strict=True)
    return Own(
        pairs=tuple(Pair(left, texts[key]) for left, key in pairs),
        extra=tuple(text for key, text in texts.items() if key not in body.right),
    )


@_own.register
def _ordering(body: Ordering) -> Own:
    return Own(tuple(Weighted(item.text) for item in body.items))


def weights(right: int, rule: Rule) -> tuple[Decimal, Decimal]:
    """Give the weights of a right and of a wrong tick that come nearest to a rule.

    ``partial`` and ``each`` are met exactly; nothing there is like ``all``.
    """
    share = (ALL / right).quantize(EXACT)
    return share, -share if rule is Rule.EACH else -ALL


def rule_of(answers: Sequence[Weighted]) -> Rule | None:
    """Give the rule that weights amount to, None when none does."""
    right = [answer.percent for answer in answers if answer.percent > 0]
    wrong = {answer.percent for answer in answers if answer.percent <= 0}
    if not right or abs(sum(right) - ALL) > 1 or max(right) - min(right) > 1:
        return None
    if all(percent <= -ALL for percent in wrong):
        return Rule.PARTIAL
    return Rule.EACH if all(abs(p + right[0]) <= 1 for p in wrong) else None
