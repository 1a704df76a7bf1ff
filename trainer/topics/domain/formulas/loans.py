"""Monthly instalment and total interest of a fund loan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.topics.domain.formulas import rates
from trainer.topics.domain.formulas import repayment
from trainer.topics.domain.formulas.amounts import cent
from trainer.topics.domain.formulas.amounts import percent
from trainer.topics.domain.formulas.amounts import yuan
from trainer.topics.domain.formulas.formula import Formula
from trainer.topics.domain.formulas.formula import Outcome
from trainer.topics.domain.formulas.formula import Row
from trainer.topics.domain.formulas.inputs import Given

_INPUTS = (rates.PRINCIPAL, rates.YEARS, rates.HOME, rates.RATE)


def _asked(given: Given, on: date) -> tuple[Decimal, int, rates.Applied]:
    """Give principal in yuan, months, and the rate to compute with."""
    years = int(given.number("years"))
    rate = rates.applied(
        rates.Home(given.choice("home")), years, given.number_if_given("rate"), on
    )
    return given.number("principal"), years * repayment.MONTHS, rate


def _instalment(given: Given, on: date) -> Outcome:
    principal, months, applied = _asked(given, on)
    monthly = cent(repayment.payment(principal, applied.rate, months))
    part = principal / months
    due = principal * repayment.monthly_rate(applied.rate)
    first = part + due
    fall = part * repayment.monthly_rate(applied.rate)
    last = part + fall
    return Outcome(
        headline=N_(
            "等额本息每月还 {monthly}；等额本金首月还 {first}，以后每月少还 {fall}",
            monthly=yuan(monthly),
            first=yuan(first),
            fall=yuan(fall),
        ),
        value=monthly,
        unit=N_("元"),
        rows=(
            Row(N_("年利率"), percent(applied.rate), applied.note),
            Row(N_("期数"), Nn_("{n} 个月", n=months)),
            Row(N_("等额本息：每月"), yuan(monthly)),
            Row(N_("等额本金：首月"), yuan(first)),
            Row(N_("等额本金：每月递减"), yuan(fall)),
            Row(N_("等额本金：末月"), yuan(last)),
        ),
        steps=(
            N_("月利率 = {rate} ÷ 12", rate=percent(applied.rate)),
            N_("增长 =（1＋月利率）^期数"),
            N_("等额本息月供 = 本金 × 月利率 × 增长 ÷（增长 − 1）"),
            N_(
                "等额本金首月 = 本金 ÷ 期数 {part} ＋ 本金 × 月利率 {due}",
                part=yuan(part),
                due=yuan(due),
            ),
            N_("每月递减 = 本金 ÷ 期数 × 月利率；金额四舍五入到分"),
        ),
        warnings=applied.warnings,
        sources=applied.sources,
    )


def _interest(given: Given, on: date) -> Outcome:
    principal, months, applied = _asked(given, on)
    even = cent(repayment.equal_payment_interest(principal, applied.rate, months))
    falling = cent(repayment.equal_principal_interest(principal, applied.rate, months))
    return Outcome(
        headline=N_(
            "总利息：等额本息 {even}，等额本金 {falling}，相差 {gap}",
            even=yuan(even),
            falling=yuan(falling),
            gap=yuan(even - falling),
        ),
        value=even,
        unit=N_("元"),
        rows=(
            Row(N_("年利率"), percent(applied.rate), applied.note),
            Row(N_("期数"), Nn_("{n} 个月", n=months)),
            Row(N_("等额本息：总利息"), yuan(even)),
            Row(N_("等额本息：本息合计"), yuan(principal + even)),
            Row(N_("等额本金：总利息"), yuan(falling)),
            Row(N_("等额本金：本息合计"), yuan(principal + falling)),
        ),
        steps=(
            N_("等额本息总利息 = 月供 × 期数 − 本金（月供不先取整）"),
            N_("等额本金总利息 = 本金 × 月利率 ×（期数＋1）÷ 2"),
            N_("结果四舍五入到分；与逐月取整的还款计划可能有零星差额"),
        ),
        warnings=(*applied.warnings, N_("按利率一直不变、不提前还款计算")),
        sources=applied.sources,
    )


INSTALMENT = Formula(
    code="loan-instalment",
    title=N_("贷款月供"),
    inputs=_INPUTS,
    parameters=(rates.RATES,),
    work=_instalment,
)
TOTAL_INTEREST = Formula(
    code="total-interest",
    title=N_("贷款总利息"),
    inputs=_INPUTS,
    parameters=(rates.RATES,),
    work=_interest,
)
