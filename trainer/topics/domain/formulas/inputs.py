"""What a formula asks for, and how the typed words become values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.topics.domain.formulas.amounts import CENT

Value: TypeAlias = Decimal | date | str

MOST_CHARACTERS = 20
"""Longest text accepted for one input: what ``Decimal`` holds without rounding."""


class InputKind(StrEnum):
    """What sort of value is asked for; decides how it is read and bounded."""

    MONEY = "money"
    PERCENT = "percent"
    YEARS = "years"
    MONTHS = "months"
    INTEGER = "integer"
    DAY = "day"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class _Numeral:
    """How numbers of a kind are written: units with their factor, smallest step."""

    units: Mapping[str, int]
    step: Decimal
    hint: str


_NUMERALS: Mapping[InputKind, _Numeral] = {
    InputKind.MONEY: _Numeral(
        {"": 1, "元": 1, "万": 10_000, "万元": 10_000},
        CENT,
        N_("以元为单位，例如 500000，也可写 50万"),
    ),
    InputKind.PERCENT: _Numeral({"": 1, "%": 1}, Decimal("0.0001"), N_("例如 2.6")),
    InputKind.YEARS: _Numeral({"": 1, "年": 1}, Decimal(1), N_("例如 20")),
    InputKind.MONTHS: _Numeral({"": 1, "个月": 1, "月": 1}, Decimal(1), N_("例如 6")),
    InputKind.INTEGER: _Numeral({"": 1}, Decimal(1), N_("例如 1")),
}
_NUMBER = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)([^0-9.]*)")
_DAY = re.compile(r"([0-9]{4})([-/.年])([0-9]{1,2})([-/.月])([0-9]{1,2})日?")
_SHORT_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to choose from."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One thing a formula asks for.

    Attributes:
        name: Key of the answer.
        label: What it is called on the page.
        kind: Sort of value.
        unit: Unit of ``least``, ``most`` and the value, for the page.
        least: Smallest value accepted, inclusive.
        most: Largest value accepted, inclusive.
        default: What the form shows at first; never filled in for a missing answer.
        choices: For :attr:`InputKind.CHOICE`, what to choose from.
        required: Whether an empty answer is a mistake.
        help: One sentence for the page.
    """

    name: str
    label: str
    kind: InputKind
    unit: str = ""
    least: Decimal | date | None = None
    most: Decimal | date | None = None
    default: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = True
    help: str = ""

    @property
    def bounds(self) -> str:
        """The smallest and the largest value accepted, for the page; may be empty."""
        if not isinstance(self.least, Decimal) or not isinstance(self.most, Decimal):
            return ""
        return N_("{least:,f} 到 {most}", least=self.least, most=self._show(self.most))

    def read(self, written: str) -> Value | None:
        """Turn typed words into a value; ``None`` when nothing was typed.

        Raises:
            ValueError: a Chinese sentence saying what is wrong.
        """
        words = "".join(unicodedata.normalize("NFKC", written).split())
        if not words:
            if self.required:
                raise ValueError(N_("请填写{label}", label=self.label))
            return None
        if len(words) > MOST_CHARACTERS:
            raise ValueError(
                N_(
                    "{label}最多 {most} 个字",
                    label=self.label,
                    most=MOST_CHARACTERS,
                )
            )
        if self.kind is InputKind.CHOICE:
            return self._choice(words)
        value = self._day(words) if self.kind is InputKind.DAY else self._number(words)
        low = self.least is not None and _less(value, self.least)
        high = self.most is not None and _less(self.most, value)
        if low or high:
            raise ValueError(
                N_(
                    "{label}最小 {least}，最大 {most}，填的是 {value}{hint}",
                    label=self.label,
                    least=self._show(self.least),
                    most=self._show(self.most),
                    value=self._show(value),
                    hint=self._hint(),
                )
            )
        return value

    def _choice(self, words: str) -> str:
        if words not in {choice.value for choice in self.choices}:
            labels = [choice.label for choice in self.choices]
            raise ValueError(
                N_("{label}只能选：{labels}", label=self.label, labels=labels)
            )
        return words

    def _number(self, words: str) -> Decimal:
        numeral = _NUMERALS[self.kind]
        shape = _NUMBER.fullmatch(words.replace(",", ""))
        if shape is None or shape[2] not in numeral.units:
            raise ValueError(
                N_("{label}应是数字{hint}", label=self.label, hint=self._hint())
            )
        value = Decimal(shape[1]) * numeral.units[shape[2]]
        if value % numeral.step:
            raise ValueError(
                N_("{label}应是整数", label=self.label)
                if numeral.step == 1
                else N_(
                    "{label}的小数位数太多，最小到 {step} {unit}",
                    label=self.label,
                    step=numeral.step,
                    unit=self.unit,
                )
            )
        return value

    def _day(self, words: str) -> date:
        shape = _DAY.fullmatch(words)
        parts = (shape[1], shape[3], shape[5]) if shape else ()
        if short := _SHORT_DAY.fullmatch(words):
            parts = (short[1], short[2], short[3])
        try:
            year, month, day = (int(part) for part in parts)
            return date(year, month, day)
        except ValueError:
            raise ValueError(
                N_(
                    "{label}应是日期，写作 2026-09-20，填的是“{words}”",
                    label=self.label,
                    words=words,
                )
            ) from None

    def _hint(self) -> str:
        numeral = _NUMERALS.get(self.kind)
        return N_("（{hint}）", hint=numeral.hint) if numeral else ""

    def _counted(self, value: Decimal) -> str:
        if self.kind is InputKind.YEARS:
            return Nn_("{n:,} 年", n=int(value))
        if not self.unit:
            return f"{value:,f}"
        return N_("{number:,f} {unit}", number=value, unit=self.unit)

    def _show(self, value: Decimal | date | None) -> str:
        if isinstance(value, Decimal):
            return self._counted(value)
        return str(value) if value is not None else N_("不限")


@dataclass(frozen=True, slots=True)
class Given:
    """The values of one run, by the name of the input."""

    values: Mapping[str, Value | None]

    def number(self, name: str) -> Decimal:
        """Give an amount, a rate or a whole number that was required."""
        value = self.values[name]
        assert isinstance(value, Decimal)  # noqa: S101  (a formula asks by kind)
        return value

    def number_if_given(self, name: str) -> Decimal | None:
        """Give a number that was not required."""
        return None if self.values[name] is None else self.number(name)

    def day(self, name: str) -> date:
        """Give a day that was required."""
        value = self.values[name]
        assert isinstance(value, date)  # noqa: S101  (likewise)
        return value

    def choice(self, name: str) -> str:
        """Give the value chosen."""
        value = self.values[name]
        assert isinstance(value, str)  # noqa: S101  (likewise)
        return value


def _less(a: Decimal | date, b: Decimal | date) -> bool:
    """Compare two values of one kind."""
    if isinstance(a, date):
        return isinstance(b, date) and a < b
    return isinstance(b, Decimal) and a < b
