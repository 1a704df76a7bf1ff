"""Monthly instalment and total interest of a fund loan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

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
        headline=f"等额本息每月还 {yuan(monthly)}；等额本金首月还 {yuan(first)}，"
        f"以后每月少还 {yuan(fall)}",
        value=monthly,
        unit="元",
        rows=(
            Row("年利率", percent(applied.rate), applied.note),
            Row("期数", f"{months} 个月"),
            Row("等额本息：每月", yuan(monthly)),
            Row("等额本金：首月", yuan(first)),
            Row("等额本金：每月递减", yuan(fall)),
            Row("等额本金：末月", yuan(last)),
        ),
        steps=(
            f"月利率 = {percent(applied.rate)} ÷ 12",
            "增长 =（1＋月利率）^期数",
            "等额本息月供 = 本金 × 月利率 × 增长 ÷（增长 − 1）",
            f"等额本金首月 = 本金 ÷ 期数 {yuan(part)} ＋ 本金 × 月利率 {yuan(due)}",
            "每月递减 = 本金 ÷ 期数 × 月利率；金额四舍五入到分",
        ),
        warnings=applied.warnings,
        sources=applied.sources,
    )


def _interest(given: Given, on: date) -> Outcome:
    principal, months, applied = _asked(given, on)
    even = cent(repayment.equal_payment_interest(principal, applied.rate, months))
    falling = cent(repayment.equal_principal_interest(principal, applied.rate, months))
    return Outcome(
        headline=f"总利息：等额本息 {yuan(even)}，等额本金 {yuan(falling)}，"
        f"相差 {yuan(even - falling)}",
        value=even,
        unit="元",
        rows=(
            Row("年利率", percent(applied.rate), applied.note),
            Row("期数", f"{months} 个月"),
            Row("等额本息：总利息", yuan(even)),
            Row("等额本息：本息合计", yuan(principal + even)),
            Row("等额本金：总利息", yuan(falling)),
            Row("等额本金：本息合计", yuan(principal + falling)),
        ),
        steps=(
            "等额本息总利息 = 月供 × 期数 − 本金（月供不先取整）",
            "等额本金总利息 = 本金 × 月利率 ×（期数＋1）÷ 2",
            "结果四舍五入到分；与逐月取整的还款计划可能有零星差额",
        ),
        warnings=(*applied.warnings, "按利率一直不变、不提前还款计算"),
        sources=applied.sources,
    )


INSTALMENT = Formula(
    code="loan-instalment",
    title="贷款月供",
    inputs=_INPUTS,
    parameters=(rates.RATES,),
    work=_instalment,
)
TOTAL_INTEREST = Formula(
    code="total-interest",
    title="贷款总利息",
    inputs=_INPUTS,
    parameters=(rates.RATES,),
    work=_interest,
)
