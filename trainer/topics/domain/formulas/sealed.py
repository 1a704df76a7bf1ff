"""How many full months an account has been sealed (封存), on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.topics.domain.formulas.calendar_months import full_months
from trainer.topics.domain.formulas.calendar_months import months_after
from trainer.topics.domain.formulas.formula import Formula
from trainer.topics.domain.formulas.formula import Outcome
from trainer.topics.domain.formulas.formula import Row
from trainer.topics.domain.formulas.inputs import Given
from trainer.topics.domain.formulas.inputs import Input
from trainer.topics.domain.formulas.inputs import InputKind
from trainer.topics.domain.formulas.parameters import RefusedError
from trainer.topics.domain.formulas.parameters import Series
from trainer.topics.domain.formulas.parameters import Source
from trainer.topics.domain.formulas.parameters import Version


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingRule(Version):
    """Months an account must be sealed before it can be paid out on leaving."""

    months: int

    @property
    def summary(self) -> str:
        """The rule in one line."""
        return Nn_("未在异地继续缴存的，封存满 {n} 个月后可提取", n=self.months)


SEALING = Series(
    N_("离职提取的封存期限"),
    (
        SealingRule(
            effective_from=date(2018, 5, 2),
            source=Source(
                "建金〔2018〕46号第一条（封存满半年）",
                "A",
                "withdrawal-governance-2018#item-1",
            ),
            months=6,
        ),
    ),
)
_COUNTING = Source(
    "按月计期：到对应日为满月，没有对应日的到月末日（民法典第二百零二条）", "C"
)


def _start(given: Given, on: date) -> date:
    start = given.day("sealed_on")
    if start > on:
        raise RefusedError(
            "sealed_on",
            N_("封存日期 {start} 晚于业务日期 {on}；请核对", start=start, on=on),
        )
    return start


def _steps(start: date, on: date) -> tuple[str, ...]:
    return (
        N_(
            "从 {start} 起按日历逐月数到 {on}：到每月 {day} 日才算又满一个月",
            start=start,
            on=on,
            day=start.day,
        ),
        N_("当月没有这一天的，到当月最后一天算满一个月"),
    )


def _sealed(given: Given, on: date) -> Outcome:
    rule = SEALING.on(on)
    start = _start(given, on)
    months = full_months(start, on)
    ready = months_after(start, rule.months)
    enough = on >= ready
    verdict = (
        Nn_("已满 {n} 个月", n=rule.months)
        if enough
        else Nn_("不满 {n} 个月，{ready} 才满", n=rule.months, ready=ready)
    )
    return Outcome(
        headline=Nn_(
            "截至 {on}，封存满 {n} 个月：{verdict}",
            on=on,
            n=months,
            verdict=verdict,
        ),
        value=Decimal(months),
        unit=N_("个月"),
        rows=(
            Row(N_("封存日期"), str(start)),
            Row(N_("已满"), Nn_("{n} 个月", n=months)),
            Row(Nn_("满 {n} 个月之日", n=rule.months), str(ready), decides=True),
        ),
        steps=_steps(start, on),
        warnings=(
            N_("封存期间在异地开户并稳定缴存的，应办转移接续，不能按离职提取"),
            N_("封存原因须是与单位解除或终止劳动关系；户籍等其他条件以当地规定为准"),
        ),
        sources=(rule.source, _COUNTING),
    )


SEALED_MONTHS = Formula(
    code="sealed-months",
    title=N_("封存满几个月"),
    inputs=(
        Input(
            name="sealed_on",
            label=N_("封存日期"),
            kind=InputKind.DAY,
            least=date(1991, 1, 1),
            most=date(2099, 12, 31),
            help=N_("业务系统中的封存日期"),
        ),
    ),
    parameters=(SEALING,),
    work=_sealed,
)
