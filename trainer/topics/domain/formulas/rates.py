"""Interest rates of fund loans, by day.

Source: announcements of the People's Bank of China; the article ``loan-rates``
says the same in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from trainer.core.wording import N_
from trainer.topics.domain.formulas.amounts import percent
from trainer.topics.domain.formulas.inputs import Choice
from trainer.topics.domain.formulas.inputs import Input
from trainer.topics.domain.formulas.inputs import InputKind
from trainer.topics.domain.formulas.parameters import Evidence
from trainer.topics.domain.formulas.parameters import Series
from trainer.topics.domain.formulas.parameters import Source
from trainer.topics.domain.formulas.parameters import Version

SHORT_TERM_YEARS = 5
"""Longest term in years that has the lower rate."""

SECOND_IS_FLOOR = N_("第二套的利率是下限，实际执行利率以当地规定和合同为准")


class Home(StrEnum):
    """Which home of the household the loan is for."""

    FIRST = "first"
    SECOND = "second"

    @property
    def label(self) -> str:
        """The word on the page."""
        return N_("首套") if self is Home.FIRST else N_("第二套")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanRates(Version):
    """Rates in percent a year; those of a second home are the least allowed."""

    first_short: Decimal
    first_long: Decimal
    second_short: Decimal
    second_long: Decimal

    @property
    def summary(self) -> str:
        """The four rates."""
        return N_(
            "首套 {first_short} / {first_long}，第二套不低于 {second_short} "
            "/ {second_long}（5 年以下含 5 年 / 5 年以上）",
            first_short=percent(self.first_short),
            first_long=percent(self.first_long),
            second_short=percent(self.second_short),
            second_long=percent(self.second_long),
        )

    def source_for(self, home: Home) -> Source:
        """Give the source, citing the section about this home."""
        return replace(self.source, cite=f"loan-rates#{home}-home")

    def rate(self, home: Home, years: int) -> Decimal:
        """Give the rate for a home and a term in years."""
        if years <= SHORT_TERM_YEARS:
            return self.first_short if home is Home.FIRST else self.second_short
        return self.first_long if home is Home.FIRST else self.second_long


def _rates(start: date, rates: str, source: str, evidence: Evidence) -> LoanRates:
    first_short, first_long, second_short, second_long = map(Decimal, rates.split())
    return LoanRates(
        effective_from=start,
        source=Source(source, evidence, "loan-rates"),
        first_short=first_short,
        first_long=first_long,
        second_short=second_short,
        second_long=second_long,
    )


RATES = Series(
    N_("公积金贷款利率表"),
    (
        _rates(
            date(2015, 8, 26),
            "2.75 3.25 3.025 3.575",
            "2015-08-26 起的公积金贷款利率（与人民银行 2022-09-30 公告相符，原文未核）",
            "C",
        ),
        _rates(
            date(2022, 10, 1),
            "2.60 3.10 3.025 3.575",
            "人民银行 2022-09-30 公告",
            "A",
        ),
        _rates(
            date(2024, 5, 18),
            "2.35 2.85 2.775 3.325",
            "银发〔2024〕104号",
            "A",
        ),
        _rates(
            date(2025, 5, 8),
            "2.10 2.60 2.525 3.075",
            "人民银行 2025-05-07 公告",
            "A",
        ),
    ),
)

HOME = Input(
    name="home",
    label=N_("住房套数"),
    kind=InputKind.CHOICE,
    choices=tuple(Choice(home.value, home.label) for home in Home),
    default=Home.FIRST,
)
RATE = Input(
    name="rate",
    label=N_("执行年利率"),
    kind=InputKind.PERCENT,
    unit="%",
    least=Decimal("0.1"),
    most=Decimal(12),
    required=False,
    help=N_("不填则按业务日期的利率表"),
)
PRINCIPAL = Input(
    name="principal",
    label=N_("贷款金额"),
    kind=InputKind.MONEY,
    unit=N_("元"),
    least=Decimal(1000),
    most=Decimal(10_000_000),
    default="500000",
)
YEARS = Input(
    name="years",
    label=N_("贷款年限"),
    kind=InputKind.YEARS,
    unit=N_("年"),
    least=Decimal(1),
    most=Decimal(30),
    default="20",
)
"""The inputs that loan formulas share."""


@dataclass(frozen=True, slots=True)
class Applied:
    """The rate a loan is computed with, and what to say about it."""

    rate: Decimal
    note: str
    warnings: tuple[str, ...]
    sources: tuple[Source, ...]


def applied(home: Home, years: int, typed: Decimal | None, on: date) -> Applied:
    """Choose the rate: the one typed, else the one in force on the day.

    Raises:
        RefusedError: the day lies before the first rates.
    """
    version = RATES.on(on)
    listed = version.rate(home, years)
    term = N_("5 年以下（含 5 年）") if years <= SHORT_TERM_YEARS else N_("5 年以上")
    name = N_("{home} {term}", home=home.label, term=term)
    warnings = []
    if home is Home.SECOND:
        warnings.append(SECOND_IS_FLOOR)
    if typed is not None:
        if home is Home.SECOND and typed < listed:
            warnings.append(
                N_(
                    "填写的利率低于 {on} 第二套的下限 {listed}，请核对",
                    on=on,
                    listed=percent(listed),
                )
            )
        return Applied(typed, N_("按填写的利率"), tuple(warnings), ())
    if version.source.is_unverified:
        warnings.append(N_("这一时期的利率待核实"))
    note = N_(
        "{name}，{day} 起执行",
        name=name,
        day=version.effective_from,
    )
    return Applied(listed, note, tuple(warnings), (version.source_for(home),))
