"""What was due on a loan in the last twelve months.

It measures how much a yearly withdrawal for repayment (按年还贷) may be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta
from decimal import Decimal

from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.core.wording import Wording
from trainer.topics.domain.formulas import rates
from trainer.topics.domain.formulas.amounts import percent
from trainer.topics.domain.formulas.amounts import yuan
from trainer.topics.domain.formulas.calendar_months import months_after
from trainer.topics.domain.formulas.formula import Formula
from trainer.topics.domain.formulas.formula import Outcome
from trainer.topics.domain.formulas.formula import Row
from trainer.topics.domain.formulas.inputs import Choice
from trainer.topics.domain.formulas.inputs import Given
from trainer.topics.domain.formulas.inputs import Input
from trainer.topics.domain.formulas.inputs import InputKind
from trainer.topics.domain.formulas.parameters import RefusedError
from trainer.topics.domain.formulas.parameters import Source
from trainer.topics.domain.formulas.repayment import MONTHS
from trainer.topics.domain.formulas.repayment import Method
from trainer.topics.domain.formulas.repayment import schedule

MOST_DAYS_TO_FIRST = 62
"""Latest first instalment after the day of lending, in days."""

_LIMIT = Source(
    "建金管〔2005〕5号第十九条（提取额不超过当期应还款付息额）",
    "A",
    "deposit-guidance-2005#item-19",
)
_RESET = Source(
    "期限一年以上的存量贷款，利率调整后自次年 1 月 1 日起按新利率",
    "C",
    "loan-rates#existing-loans",
)


@dataclass(frozen=True, slots=True)
class _Terms:
    """The rate of every instalment, in percent a year, and what it rests on."""

    rates: list[Decimal]
    note: str
    steps: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


def _terms(given: Given, lent: date, due: list[date], on: date) -> _Terms:
    """Give the terms of a loan.

    A rate typed in holds for all instalments; else that of the day of lending,
    and for a loan of more than a year from each 1 January on that of this day.
    """
    typed = given.number_if_given("rate")
    if typed is not None:
        return _Terms([typed] * len(due), N_("按填写的利率"))
    if lent < rates.RATES.first_day:
        raise RefusedError(
            "rate",
            N_(
                "放款日 {lent} 早于利率表的第一天 {first_day}；请填写执行年利率",
                lent=lent,
                first_day=rates.RATES.first_day,
            ),
        )
    home = rates.Home(given.choice("home"))
    years = len(due) // MONTHS
    versions = [
        rates.RATES.on(
            date(day.year, 1, 1) if day.year > lent.year and years > 1 else lent
        )
        for day in due
    ]
    used = (
        v.source_for(home) for v, day in zip(versions, due, strict=True) if day <= on
    )
    return _Terms(
        [version.rate(home, years) for version in versions],
        N_("按利率表"),
        (N_("一年期以上的，每年 1 月 1 日改按当日利率，月供重新计算"),),
        (
            N_("存量贷款次年 1 月 1 日调整利率的规则待核实"),
            *([rates.SECOND_IS_FLOOR] if home is rates.Home.SECOND else []),
        ),
        (*dict.fromkeys(used), _RESET),
    )


def _days(given: Given, on: date) -> tuple[date, list[date]]:
    """Give the day of lending and the days all instalments are due."""
    lent, first = given.day("lent_on"), given.day("first_due_on")
    if lent > on:
        raise RefusedError(
            "lent_on", N_("放款日 {lent} 晚于业务日期 {on}；请核对", lent=lent, on=on)
        )
    latest = lent + timedelta(MOST_DAYS_TO_FIRST)
    if not lent < first <= latest:
        raise RefusedError(
            "first_due_on",
            N_("首次还款日应在放款日之后，最晚 {latest}；请核对", latest=latest),
        )
    months = int(given.number("years")) * MONTHS
    return lent, [months_after(first, month) for month in range(months)]


def _span(days: Sequence[date]) -> str:
    if not days:
        return N_("没有到期的还款")
    return N_("{first} 至 {last}", first=days[0], last=days[-1])


def _steps(method: Method, months: int, since: date, on: date) -> tuple[str, ...]:
    return (
        Nn_(
            "{method}，共 {n} 期，逐期四舍五入到分，末期结清",
            method=method.label,
            n=months,
        ),
        N_(
            "取还款日在 {since} 之后、到 {on} 为止的各期，本金与利息相加",
            since=since,
            on=on,
        ),
    )


def _repaid(given: Given, on: date) -> Outcome:
    lent, due = _days(given, on)
    method = Method(given.choice("method"))
    terms = _terms(given, lent, due, on)
    laid = schedule(given.number("principal"), terms.rates, method)
    since = months_after(on, -MONTHS)
    # Clamped month ends can put thirteen due days into twelve months.
    within = [month for month, day in enumerate(due) if since < day <= on][-MONTHS:]
    principal = sum((laid[month].principal for month in within), Decimal(0))
    interest = sum((laid[month].interest for month in within), Decimal(0))
    total = principal + interest
    past = sum(day <= on for day in due)
    left = sum((one.principal for one in laid[past:]), Decimal(0))
    span = _span([due[month] for month in within])
    used = dict.fromkeys(percent(terms.rates[month]) for month in within)
    return Outcome(
        headline=Nn_(
            "最近 12 个月应还本息 {total}（{n} 期）", total=yuan(total), n=len(within)
        ),
        value=total,
        unit=N_("元"),
        rows=(
            Row(N_("期数"), Nn_("{n} 期", n=len(within)), span),
            Row(N_("其中本金"), yuan(principal)),
            Row(N_("其中利息"), yuan(interest)),
            Row(
                N_("年利率"),
                Wording("{rates}", {"rates": list(used) or "—"}),
                terms.note,
            ),
            Row(N_("剩余本金"), yuan(left)),
        ),
        steps=(*_steps(method, len(due), since, on), *terms.steps),
        warnings=(
            N_("按如期还款、没有提前还款推算；以银行出具的还款明细为准"),
            *terms.warnings,
        ),
        sources=(_LIMIT, *terms.sources),
    )


def _day(name: str, label: str) -> Input:
    return Input(
        name=name,
        label=label,
        kind=InputKind.DAY,
        least=date(1991, 1, 1),
        most=date(2099, 12, 31),
    )


REPAID = Formula(
    code="repaid-last-twelve-months",
    title=N_("最近 12 个月应还本息"),
    inputs=(
        rates.PRINCIPAL,
        rates.YEARS,
        Input(
            name="method",
            label=N_("还款方式"),
            kind=InputKind.CHOICE,
            choices=tuple(Choice(method.value, method.label) for method in Method),
            default=Method.EQUAL_PAYMENT,
        ),
        rates.HOME,
        _day("lent_on", N_("放款日")),
        _day("first_due_on", N_("首次还款日")),
        replace(rates.RATE, help=N_("不填则从放款日起按利率表逐年推算")),
    ),
    parameters=(rates.RATES,),
    work=_repaid,
)
