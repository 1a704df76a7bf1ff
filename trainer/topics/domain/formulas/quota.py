"""How much may be lent, by the rules of the fictitious 示例市.

Three limits, the lowest decides: balances times a multiple, the cap, and what
the family can repay. The article ``sample-loan-quota`` says the same in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import reduce

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
from trainer.topics.domain.formulas.inputs import Choice
from trainer.topics.domain.formulas.inputs import Given
from trainer.topics.domain.formulas.inputs import Input
from trainer.topics.domain.formulas.inputs import InputKind
from trainer.topics.domain.formulas.parameters import RefusedError
from trainer.topics.domain.formulas.parameters import Series
from trainer.topics.domain.formulas.parameters import Source
from trainer.topics.domain.formulas.parameters import Version


class Applicants(StrEnum):
    """Who applies."""

    SINGLE = "single"
    COUPLE = "couple"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRules(Version):
    """Rules of the quota; amounts in yuan, ``burden`` in percent of income."""

    multiple: int
    counted_at_least: Decimal
    cap_single: Decimal
    cap_couple: Decimal
    burden: int

    @property
    def summary(self) -> str:
        """The rules in one line."""
        return N_(
            "余额（每人不足 {least} 按此数计）× {multiple}，"
            "单人最高 {cap_single}、夫妻最高 {cap_couple}，"
            "月供不超过家庭月收入的 {burden}%，取最低",
            least=yuan(self.counted_at_least),
            multiple=self.multiple,
            cap_single=yuan(self.cap_single),
            cap_couple=yuan(self.cap_couple),
            burden=self.burden,
        )


RULES = Series(
    N_("示例市可贷额度规则"),
    (
        QuotaRules(
            effective_from=date(2026, 1, 1),
            source=Source(
                "示例市（虚构）可贷额度规则，仅供演示",
                "sample",
                "sample-loan-quota",
            ),
            multiple=20,
            counted_at_least=Decimal(10_000),
            cap_single=Decimal(600_000),
            cap_couple=Decimal(1_000_000),
            burden=40,
        ),
    ),
)


def _balances(given: Given) -> list[Decimal]:
    """Balances of those who apply, in yuan."""
    own = given.number("balance")
    spouse = given.number_if_given("spouse_balance")
    if given.choice("applicants") == Applicants.SINGLE:
        return [own]
    if spouse is None:
        raise RefusedError(
            "spouse_balance", N_("夫妻共同申请须填写配偶账户余额；没有余额填 0")
        )
    return [own, spouse]


@dataclass(frozen=True, slots=True)
class _Limit:
    """One of the limits in yuan, and how it comes about."""

    name: str
    amount: Decimal
    step: str


def _limits(given: Given, rules: QuotaRules, rate: Decimal) -> tuple[_Limit, ...]:
    """Give the limits; ``rate`` is percent a year."""
    balances = _balances(given)
    counted = sum(
        (max(balance, rules.counted_at_least) for balance in balances), Decimal(0)
    )
    cap = rules.cap_single if len(balances) == 1 else rules.cap_couple
    income = given.number("family_income")
    monthly = cent(income * rules.burden / 100)
    months = int(given.number("years")) * repayment.MONTHS
    least = yuan(rules.counted_at_least)
    return (
        _Limit(
            N_("余额倍数"),
            cent(counted * rules.multiple),
            N_(
                "余额 {counted}（每人不足 {least}的按此数计）× {multiple}",
                counted=yuan(counted),
                least=least,
                multiple=rules.multiple,
            ),
        ),
        _Limit(N_("最高限额"), cap, Nn_("{n} 人申请的最高限额", n=len(balances))),
        _Limit(
            N_("还款能力"),
            cent(repayment.principal_for(monthly, rate, months)),
            N_(
                "家庭月收入 {income} × {burden}% = 月供最多 {monthly}，"
                "按等额本息 {months} 个月折算成本金",
                income=yuan(income),
                burden=rules.burden,
                monthly=yuan(monthly),
                months=months,
            ),
        ),
    )


def _and(one: str, other: str) -> str:
    return N_("{one}和{other}", one=one, other=other)


def _quota(given: Given, on: date) -> Outcome:
    rules = RULES.on(on)
    years = int(given.number("years"))
    rate = rates.applied(rates.Home(given.choice("home")), years, None, on)
    limits = _limits(given, rules, rate.rate)
    lowest = min(limit.amount for limit in limits)
    deciding = [limit.name for limit in limits if limit.amount == lowest]
    return Outcome(
        headline=N_(
            "示例市最高可贷 {lowest}，由{deciding}决定",
            lowest=yuan(lowest),
            deciding=reduce(_and, deciding),
        ),
        value=lowest,
        unit=N_("元"),
        rows=(
            *(
                Row(limit.name, yuan(limit.amount), decides=limit.name in deciding)
                for limit in limits
            ),
            Row(N_("年利率"), percent(rate.rate), rate.note),
        ),
        steps=(
            *(
                N_("{name}：{step}", name=limit.name, step=limit.step)
                for limit in limits
            ),
            N_("各项取最低"),
        ),
        warnings=(
            N_("示例市为虚构城市，参数只供演示；实际以当地规定为准"),
            *rate.warnings,
        ),
        sources=(rules.source, *rate.sources),
    )


_BALANCE = Input(
    name="balance",
    label=N_("本人账户余额"),
    kind=InputKind.MONEY,
    unit=N_("元"),
    least=Decimal(0),
    most=Decimal(10_000_000),
)


QUOTA = Formula(
    code="loan-quota",
    title=N_("可贷额度（示例市）"),
    inputs=(
        Input(
            name="applicants",
            label=N_("申请人"),
            kind=InputKind.CHOICE,
            choices=(
                Choice(Applicants.SINGLE, N_("单人")),
                Choice(Applicants.COUPLE, N_("夫妻共同")),
            ),
            default=Applicants.SINGLE,
        ),
        _BALANCE,
        replace(
            _BALANCE,
            name="spouse_balance",
            label=N_("配偶账户余额"),
            required=False,
            help=N_("夫妻共同申请时填写"),
        ),
        replace(
            _BALANCE,
            name="family_income",
            label=N_("家庭月收入"),
            most=Decimal(1_000_000),
        ),
        rates.YEARS,
        rates.HOME,
    ),
    parameters=(RULES, rates.RATES),
    work=_quota,
)
