"""What a business system, or a clerk at the counter, asks tips for; pure.

Everything is a code or a day. What is not known here is refused rather than passed
over, so that nothing of a citizen is ever sent along by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trainer.checklists.domain.situation import CODES
from trainer.checklists.domain.situation import Aspect
from trainer.checklists.domain.situation import Situation
from trainer.core.clock import written_day
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.topics.domain.lines import Topics

NAMES = ("business", "step", "on", *Aspect, "date", "clerk")
"""The parameters there are."""


class UnknownParameterError(TrainerError):
    """Something is sent that has no place here."""

    code = "parameter_unknown"

    def __init__(self) -> None:
        super().__init__(
            N_(
                "带了接口没有的参数；只能用 {names}，每个一次。"
                "请不要传办事群众的任何信息",
                names=[*map(str, NAMES)],
            )
        )


class ParameterMissingError(TrainerError):
    """Nothing can be chosen without it."""

    code = "parameter_missing"

    def __init__(self, name: str) -> None:
        super().__init__(N_("缺少参数 {name}", name=name))


class NotACodeError(TrainerError):
    """The value of a parameter is none of its codes."""

    code = "code_unknown"

    def __init__(self, name: str) -> None:
        super().__init__(
            N_("参数 {name} 的值不是登记过的代码；请对照接口说明", name=name)
        )


class NotADayError(TrainerError):
    """A day cannot be read."""

    code = "day_unreadable"

    def __init__(self, name: str) -> None:
        super().__init__(
            N_("参数 {name} 不是日期；请写成 2026-09-20", name=name),
        )


class UnknownClerkError(TrainerError):
    """There is no such account, or it is closed."""

    code = "clerk_unknown"

    def __init__(self) -> None:
        super().__init__(N_("没有这个工号，或账号已停用；不知道是谁办时请不要传 clerk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A step of a business, and what is known of the case.

    Attributes:
        business: Code of the business.
        step: Code of the step.
        on: The business day.
        situation: What is known of the case.
        clerk: Login of the clerk, empty for nobody in particular.
    """

    business: str
    step: str
    on: date
    situation: Situation
    clerk: str = ""


def asked(
    told: Mapping[str, Sequence[str]], known: Topics, today: date, *, at_counter: bool
) -> Asked:
    """Read what is asked.

    Args:
        told: The values of each parameter.
        known: Businesses and steps.
        today: Business day when none is told.
        at_counter: Whether a form asks: its empty fields are not known.

    Raises:
        UnknownParameterError: a parameter is not one of :data:`NAMES`, or told twice.
        ParameterMissingError: business or step is not told.
        NotACodeError: a value is no code.
        NotADayError: a day is none.
    """
    if not set(told) <= {*NAMES} or any(len(each) != 1 for each in told.values()):
        raise UnknownParameterError
    said = {name: values[0] for name, values in told.items()}
    if at_counter:
        said = {name: value for name, value in said.items() if value}
    for name, there in (("business", known.business), ("step", known.step)):
        if name not in said:
            raise ParameterMissingError(name)
        if there(said[name]) is None:
            raise NotACodeError(name)
    return Asked(
        business=said["business"],
        step=said["step"],
        on=_day(said, "on") or today,
        situation=Situation(codes=dict(_codes(said)), day=_day(said, "date")),
        clerk=said.get("clerk", ""),
    )


def _codes(said: Mapping[str, str]) -> Iterator[tuple[Aspect, str]]:
    for aspect in Aspect:
        if aspect in said:
            if said[aspect] not in CODES[aspect]:
                raise NotACodeError(aspect)
            yield aspect, said[aspect]


def _day(said: Mapping[str, str], name: str) -> date | None:
    if name not in said:
        return None
    day = written_day(said[name])
    if day is None:
        raise NotADayError(name)
    return day
