"""A formula: its inputs, its parameters, and what a run gives."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trainer.topics.domain.formulas.inputs import Given
from trainer.topics.domain.formulas.inputs import Input
from trainer.topics.domain.formulas.inputs import Value
from trainer.topics.domain.formulas.parameters import RefusedError
from trainer.topics.domain.formulas.parameters import Series
from trainer.topics.domain.formulas.parameters import Source
from trainer.topics.domain.formulas.parameters import Version


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result; ``decides`` marks the limit that decided."""

    label: str
    value: str
    note: str = ""
    decides: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of a run, explained in Chinese.

    Attributes:
        headline: The result in one sentence.
        value: The main number, in ``unit``.
        unit: ``元`` or ``个月``.
        rows: The numbers behind it.
        steps: How it was computed, one sentence each.
        warnings: What the result does not take into account.
        sources: What the parameters rest on.
    """

    headline: str
    value: Decimal
    unit: str
    rows: tuple[Row, ...]
    steps: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class InputMistake:
    """What is wrong with one input; an empty ``name`` is the business day."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a formula was not run, at least one mistake."""

    mistakes: tuple[InputMistake, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A calculation with a code that articles name.

    ``parameters`` are the tables it takes its numbers from; ``work`` may raise
    :class:`RefusedError`, which :meth:`run` turns into a :class:`Refusal`.
    """

    code: str
    title: str
    inputs: tuple[Input, ...]
    parameters: tuple[Series[Version], ...] = ()
    work: Callable[[Given, date], Outcome]

    @property
    def first_day(self) -> date | None:
        """First business day it can be run on; ``None`` is any day."""
        return max((series.first_day for series in self.parameters), default=None)

    def run(self, written: Mapping[str, str], on: date) -> Outcome | Refusal:
        """Run it on what was typed.

        Args:
            written: Typed words by the name of the input; a missing name is an
                empty answer, other names are ignored.
            on: Business day; decides which version of the parameters is used.
        """
        values: dict[str, Value | None] = {}
        mistakes = []
        for asked in self.inputs:
            try:
                values[asked.name] = asked.read(written.get(asked.name, ""))
            except ValueError as error:
                mistakes.append(InputMistake(asked.name, str(error)))
        if mistakes:
            return Refusal(tuple(mistakes))
        try:
            for series in self.parameters:
                series.on(on)
            return self.work(Given(values), on)
        except RefusedError as error:
            return Refusal((InputMistake(error.name, error.message),))
