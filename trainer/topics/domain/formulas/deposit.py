"""What is paid into an account each month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trainer.core.wording import N_
from trainer.topics.domain.formulas.amounts import cent
from trainer.topics.domain.formulas.amounts import percent
from trainer.topics.domain.formulas.amounts import yuan
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
class RatioBounds(Version):
    """Contribution ratio of each side, in percent of the base."""

    least: Decimal
    most: Decimal

    @property
    def summary(self) -> str:
        """The bounds in one line."""
        return N_("单位和职工各 {least}% 到 {most}%", least=self.least, most=self.most)


BOUNDS = Series(
    N_("缴存比例上下限"),
    (
        RatioBounds(
            effective_from=date(2018, 4, 28),
            source=Source(
                "建金〔2018〕45号第三条", "A", "contribution-mechanism-2018#item-3"
            ),
            least=Decimal(5),
            most=Decimal(12),
        ),
    ),
)
_SIDES = {"unit_ratio": N_("单位比例"), "own_ratio": N_("个人比例")}


def _base(given: Given) -> tuple[Decimal, str]:
    """Give the base in yuan within the local bounds, and what happened to it."""
    wage = given.number("base")
    floor = given.number_if_given("base_floor")
    ceiling = given.number_if_given("base_ceiling")
    if floor is not None and ceiling is not None and floor > ceiling:
        raise RefusedError("base_floor", N_("基数下限高于上限；请核对"))
    if floor is not None and wage < floor:
        return floor, N_("低于当地下限，按下限计")
    if ceiling is not None and wage > ceiling:
        return ceiling, N_("高于当地上限，按上限计")
    return wage, ""


def _ratios(given: Given, bounds: RatioBounds) -> tuple[list[Decimal], list[str]]:
    """Give the ratios of unit and employee in percent, and warnings."""
    ratios: list[Decimal] = []
    warnings: list[str] = []
    for name, label in _SIDES.items():
        ratio = given.number(name)
        if ratio > bounds.most:
            raise RefusedError(
                name,
                N_(
                    "{label} {ratio} 超过上限 {most}（{source}）；请核对",
                    label=label,
                    ratio=percent(ratio),
                    most=percent(bounds.most),
                    source=bounds.source.text,
                ),
            )
        if ratio < bounds.least:
            warnings.append(
                N_(
                    "{label}低于 {least}%，须经批准降低缴存比例",
                    label=label,
                    least=bounds.least,
                )
            )
        ratios.append(ratio)
    return ratios, warnings


def _deposit(given: Given, on: date) -> Outcome:
    bounds = BOUNDS.on(on)
    base, note = _base(given)
    ratios, warnings = _ratios(given, bounds)
    parts = [cent(base * ratio / 100) for ratio in ratios]
    return Outcome(
        headline=N_("月缴存额 {total}", total=yuan(sum(parts, Decimal(0)))),
        value=sum(parts, Decimal(0)),
        unit=N_("元"),
        rows=(
            Row(N_("缴存基数"), yuan(base), note),
            *(
                Row(
                    side,
                    yuan(part),
                    N_("{base} × {ratio}", base=yuan(base), ratio=percent(ratio)),
                )
                for side, part, ratio in zip(
                    (N_("单位缴存"), N_("个人缴存")), parts, ratios, strict=True
                )
            ),
        ),
        steps=(
            N_("单位缴存 = 基数 × 单位比例；个人缴存 = 基数 × 个人比例"),
            N_("两项各自四舍五入到分，再相加"),
        ),
        warnings=(
            *warnings,
            N_("有的城市取整到元，或要求单位与个人比例一致；以当地规定为准"),
        ),
        sources=(bounds.source,),
    )


def _money(name: str, label: str, *, required: bool) -> Input:
    return Input(
        name=name,
        label=label,
        kind=InputKind.MONEY,
        unit=N_("元"),
        least=Decimal(1),
        most=Decimal(1_000_000),
        required=required,
    )


def _ratio(name: str) -> Input:
    return Input(
        name=name,
        label=_SIDES[name],
        kind=InputKind.PERCENT,
        unit="%",
        least=Decimal(0),
        most=Decimal(100),
        default="12",
    )


MONTHLY_DEPOSIT = Formula(
    code="monthly-deposit",
    title=N_("月缴存额"),
    inputs=(
        _money("base", N_("缴存基数"), required=True),
        _ratio("unit_ratio"),
        _ratio("own_ratio"),
        _money("base_floor", N_("当地基数下限"), required=False),
        _money("base_ceiling", N_("当地基数上限"), required=False),
    ),
    parameters=(BOUNDS,),
    work=_deposit,
)
