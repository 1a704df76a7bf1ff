"""How many full months an account has been sealed (封存), on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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
        return f"未在异地继续缴存的，封存满 {self.months} 个月后可提取"


SEALING = Series(
    "离职提取的封存期限",
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


def _sealed(given: Given, on: date) -> Outcome:
    rule = SEALING.on(on)
    start = given.day("sealed_on")
    if start > on:
        raise RefusedError("sealed_on", f"封存日期 {start} 晚于业务日期 {on}；请核对")
    months = full_months(start, on)
    ready = months_after(start, rule.months)
    enough = on >= ready
    verdict = (
        f"已满 {rule.months} 个月"
        if enough
        else f"不满 {rule.months} 个月，{ready} 才满"
    )
    return Outcome(
        headline=f"截至 {on}，封存满 {months} 个月：{verdict}",
        value=Decimal(months),
        unit="个月",
        rows=(
            Row("封存日期", str(start)),
            Row("已满", f"{months} 个月"),
            Row(f"满 {rule.months} 个月之日", str(ready), decides=True),
        ),
        steps=(
            f"从 {start} 起按日历逐月数到 {on}：到每月 {start.day} 日才算又满一个月",
            "当月没有这一天的，到当月最后一天算满一个月",
        ),
        warnings=(
            "封存期间在异地开户并稳定缴存的，应办转移接续，不能按离职提取",
            "封存原因须是与单位解除或终止劳动关系；户籍等其他条件以当地规定为准",
        ),
        sources=(rule.source, _COUNTING),
    )


SEALED_MONTHS = Formula(
    code="sealed-months",
    title="封存满几个月",
    inputs=(
        Input(
            name="sealed_on",
            label="封存日期",
            kind=InputKind.DAY,
            least=date(1991, 1, 1),
            most=date(2099, 12, 31),
            help="业务系统中的封存日期",
        ),
    ),
    parameters=(SEALING,),
    work=_sealed,
)
