"""数值: a number, fixed or worked out by a formula of the site."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from decimal import InvalidOperation
from fractions import Fraction
from functools import reduce
from itertools import product
from operator import mul

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.quizzes.domain.answers import NO_ANSWER
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.answers import Drawn
from trainer.quizzes.domain.rules import FULL
from trainer.quizzes.domain.rules import NOTHING
from trainer.quizzes.domain.types.base import Asked
from trainer.quizzes.domain.types.base import Body
from trainer.quizzes.domain.types.base import Face
from trainer.quizzes.domain.types.base import Solution
from trainer.quizzes.domain.types.base import Type
from trainer.topics.domain.formulas import FORMULAS
from trainer.topics.domain.formulas.formula import Refusal
from trainer.topics.domain.outline import Record
from trainer.topics.domain.outline_text import Written

NAME = re.compile(r"\{([a-z_]+)\}")
"""A value of a parameterised question, in its stem and in the inputs of its formula."""

NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?")
MOST_COMBINATIONS = 200


class CannotBeWorkedOutError(TrainerError):
    """The formula refuses what it is given."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far off a number may be; ``relative`` in percent of the right one."""

    by: Decimal = Decimal(0)
    relative: bool = False

    def allows(self, given: Decimal, right: Decimal) -> bool:
        """Tell whether a number counts as the right one."""
        allowed = abs(right) * self.by / 100 if self.relative else self.by
        return abs(given - right) <= allowed


@dataclass(frozen=True, slots=True)
class Working:
    """How the number is worked out.

    Attributes:
        formula: Code of a formula of the site.
        on: Business day it is asked for.
        values: What each name may be; the names are drawn for each taker.
        inputs: What the formula is given; names in braces are filled in.
    """

    formula: str
    on: date
    values: Mapping[str, tuple[str, ...]]
    inputs: Mapping[str, str]

    @property
    def combinations(self) -> Iterator[Drawn]:
        """All that can be drawn."""
        return product(*self.values.values())

    @property
    def count(self) -> int:
        """How many there are."""
        return reduce(mul, map(len, self.values.values()), 1)

    def result(self, drawn: Drawn) -> Decimal:
        """Work the number out.

        Raises:
            CannotBeWorkedOutError: the formula refuses; the words say why.
        """
        given = {name: self.filled(text, drawn) for name, text in self.inputs.items()}
        outcome = FORMULAS[self.formula].run(given, self.on)
        if isinstance(outcome, Refusal):
            first = outcome.mistakes[0]
            raise CannotBeWorkedOutError(
                N_("{name}：{why}", name=first.name, why=first.message)
            )
        return outcome.value

    def filled(self, text: str, drawn: Drawn) -> str:
        """Fill drawn values into a text."""
        drawn_for = dict(zip(self.values, drawn, strict=True))
        return NAME.sub(lambda found: drawn_for.get(found[1], found[0]), text)


@dataclass(frozen=True, slots=True)
class Calculating:
    """A number; drawn are the values of the names, an answer is its digits."""

    right: Decimal | None
    working: Working | None
    tolerance: Tolerance
    unit: str

    def draw(self, dice: Dice, *, shuffle: bool) -> Drawn:  # noqa: ARG002  (values are drawn anyway)
        """Let chance choose each value."""
        values = self.working.values if self.working else {}
        return tuple(allowed[dice(len(allowed))] for allowed in values.values())

    def face(self, stem: str, drawn: Drawn) -> Face:
        """Show the stem with its values."""
        shown = self.working.filled(stem, drawn) if self.working else stem
        return Face(stem=shown, unit=self.unit)

    def read(self, given: Sequence[str], drawn: Drawn) -> Answer:  # noqa: ARG002  (as all types)
        """Take a number, with commas, spaces and its unit or without."""
        words = "".join(unicodedata.normalize("NFKC", "".join(given)).split())
        words = words.replace(",", "").removesuffix(self.unit)
        if not words:
            return NO_ANSWER
        if not NUMBER.fullmatch(words):
            raise BadAnswerError(N_("请填一个数，例如 1234.56"))
        return (words,)

    def score(self, answer: Answer, drawn: Drawn) -> Fraction:
        """Compare with the right number within the tolerance."""
        if not answer:
            return NOTHING
        near = self.tolerance.allows(Decimal(answer[0]), self.number(drawn))
        return FULL if near else NOTHING

    @property
    def guess(self) -> float:
        """Chance to be right without knowing."""
        return 0.02

    def solution(self, drawn: Drawn) -> Solution:
        """Give the right number."""
        number = f"{self.number(drawn):f}"
        return Solution(answer=(number,), words=(f"{number} {self.unit}".strip(),))

    def number(self, drawn: Drawn) -> Decimal:
        """Give the right number for what was drawn."""
        if self.right is not None:
            return self.right
        assert self.working is not None  # noqa: S101  (one of the two is there)
        return self.working.result(drawn)


def _read(record: Record, asked: Asked) -> Calculating | None:
    tolerance = _tolerance(record)
    working = _working(record, asked) if record.has("formula") else None
    right = record.number("answer") if record.has("answer") or not working else None
    unit = record.text("unit", required=False)
    body = Calculating(right, working, tolerance, unit)
    if working is None:
        return body
    return _tried(record, body, working)


def _tolerance(record: Record) -> Tolerance:
    words = record.text("tolerance", required=False)
    if not words:
        return Tolerance()
    try:
        by = Decimal(words.removesuffix("%"))
    except InvalidOperation:
        by = Decimal(-1)
    if not by.is_finite() or by < 0:
        record.wrong(N_("“tolerance”写作 0.01 或 1%"), "tolerance")
        return Tolerance()
    return Tolerance(by, relative=words.endswith("%"))


def _working(record: Record, asked: Asked) -> Working | None:
    code = record.text("formula")
    if code not in FORMULAS:
        told = N_("没有公式“{code}”；有 {codes}", code=code, codes=[*FORMULAS])
        record.wrong(told, "formula")
        return None
    if asked.on is None:
        record.wrong(N_("用公式的题要写明“on”（按哪一天算）"), "formula")
        return None
    values = record.mapping("values")
    inputs = {name: words[0] for name, words in record.mapping("inputs").items()}
    known = [asked_for.name for asked_for in FORMULAS[code].inputs]
    for name in inputs:
        if name not in known:
            told = N_("公式没有“{name}”这一项；有 {names}", name=name, names=known)
            record.wrong(told, "inputs")
    working = Working(code, asked.on, values, inputs)
    used = {
        name for text in (asked.stem, *inputs.values()) for name in NAME.findall(text)
    }
    if used != set(values):
        told = N_("题干和“inputs”里的 {{名字}} 应与“values”里的一样")
        record.wrong(told, "values")
        return None
    if working.count > MOST_COMBINATIONS:
        told = N_(
            "“values”有 {n} 种组合，最多 {most} 种",
            n=working.count,
            most=MOST_COMBINATIONS,
        )
        record.wrong(told, "values")
        return None
    return working


def _tried(record: Record, body: Calculating, working: Working) -> Calculating | None:
    """Work out every combination once; whoever takes the quiz is not the first."""
    for drawn in working.combinations:
        try:
            number = working.result(drawn)
        except ValueError as error:
            shown = "、".join(drawn) or "无"
            record.wrong(
                N_("取值 {drawn} 时算不出：{why}", drawn=shown, why=str(error)),
                "formula",
            )
            return None
        if body.right is not None and not body.tolerance.allows(body.right, number):
            record.wrong(
                N_("“answer”与公式算出的 {number} 不一致", number=f"{number:f}"),
                "answer",
            )
            return None
    return body


def _write(body: Body) -> Mapping[str, Written]:
    assert isinstance(body, Calculating)  # noqa: S101  (its own body)
    written: dict[str, Written] = {}
    if body.working:
        written["formula"] = body.working.formula
        if body.working.values:
            written["values"] = body.working.values
        if body.working.inputs:
            written["inputs"] = body.working.inputs
    if body.right is not None:
        written["answer"] = f"{body.right:f}"
    if body.tolerance != Tolerance():
        sign = "%" if body.tolerance.relative else ""
        written["tolerance"] = f"{body.tolerance.by:f}{sign}"
    return written | ({"unit": body.unit} if body.unit else {})


NUMBER_TYPE = Type(
    code="number",
    name=N_("数值"),
    keys=("answer", "unit", "tolerance", "formula", "values", "inputs"),
    read=_read,
    write=_write,
)
