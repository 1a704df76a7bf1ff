"""What is known of a case, and the conditions under which an item matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from enum import IntEnum
from enum import StrEnum
from typing import Any

from trainer.core.wording import N_
from trainer.topics.domain.outline import Record


class Aspect(StrEnum):
    """What of a case is known by a code."""

    REGION = "region"
    PERSON = "person"
    PROPERTY = "property"
    CHANNEL = "channel"


ASPECT_NAMES = {
    Aspect.REGION: N_("地区"),
    Aspect.PERSON: N_("来办的人"),
    Aspect.PROPERTY: N_("房屋"),
    Aspect.CHANNEL: N_("渠道"),
}

CODES: Mapping[Aspect, Mapping[str, str]] = {
    Aspect.REGION: {
        "local": N_("本市"),
        "province": N_("省内异地"),
        "elsewhere": N_("省外"),
    },
    Aspect.PERSON: {
        "employee": N_("单位职工"),
        "flexible": N_("灵活就业人员"),
        "retired": N_("离退休人员"),
        "agent": N_("代办人"),
        "unit-agent": N_("单位经办人"),
        "heir": N_("继承人"),
        "elderly": N_("老年人"),
        "foreigner": N_("外籍及港澳台人员"),
    },
    Aspect.PROPERTY: {
        "new": N_("新建商品房"),
        "second-hand": N_("二手房"),
        "affordable": N_("保障性住房"),
        "self-built": N_("自建房"),
        "rented": N_("租赁住房"),
        "apartment": N_("公寓商铺车位等非住宅"),
    },
    Aspect.CHANNEL: {
        "counter": N_("中心窗口"),
        "branch": N_("银行网点"),
        "online": N_("线上"),
        "phone": N_("热线"),
    },
}
"""What each aspect may be, and what people call it."""


class Fit(IntEnum):
    """How a condition agrees with a situation; the greater the better."""

    CONTRADICTS = 0
    OPEN = 1
    MATCHES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known of a case; what is missing is not known.

    Attributes:
        codes: The code of each aspect that is known.
        day: The day that decides in this case: of the purchase, the sealing, ...
    """

    codes: Mapping[Aspect, str] = field(default_factory=dict)
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """In which situations an item matters; empty is in all.

    Attributes:
        codes: For an aspect the codes that fit.
        start: First deciding day that fits; None is any.
        end: First deciding day that fits no more; None is never.
    """

    codes: Mapping[Aspect, frozenset[str]] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None

    def fit(self, situation: Situation) -> Fit:
        """Tell how it agrees with what is known; what is not known contradicts not."""
        fits = [
            _known(situation.codes.get(aspect), codes)
            for aspect, codes in self.codes.items()
        ]
        if self.start or self.end:
            fits.append(self._of_day(situation.day))
        return min(fits, default=Fit.OPEN)

    def _of_day(self, day: date | None) -> Fit:
        if day is None:
            return Fit.OPEN
        early = self.start is not None and day < self.start
        late = self.end is not None and day >= self.end
        return Fit.CONTRADICTS if early or late else Fit.MATCHES


ALWAYS = Condition()
KEYS = (*Aspect, "from", "before")


def _known(code: str | None, codes: frozenset[str]) -> Fit:
    if code is None:
        return Fit.OPEN
    return Fit.MATCHES if code in codes else Fit.CONTRADICTS


def read_condition(record: Record) -> Condition:
    """Read what stands under ``when`` of an item."""
    found: dict[Aspect, frozenset[str]] = {}
    for aspect in Aspect:
        codes = record.texts(aspect, required=False)
        for code in codes:
            if code.words not in CODES[aspect]:
                told = N_(
                    "“{key}”只能是 {words} 之一", key=aspect, words=[*CODES[aspect]]
                )
                record.wrong(told, aspect)
        if codes:
            found[aspect] = frozenset(code.words for code in codes)
    start, end = record.day("from"), record.day("before")
    if start and end and start >= end:
        record.wrong(N_("“from”应早于“before”"), "from")
    return Condition(codes=found, start=start, end=end)


def kept(condition: Condition) -> dict[str, Any]:
    """Give the form in which publishing keeps a condition."""
    told: dict[str, Any] = {
        aspect.value: sorted(codes) for aspect, codes in condition.codes.items()
    }
    days = (("from", condition.start), ("before", condition.end))
    return told | {name: day.isoformat() for name, day in days if day}


def read_back(stored: Mapping[str, Any]) -> Condition:
    """Read what :func:`kept` gave."""
    return Condition(
        codes={a: frozenset(stored[a.value]) for a in Aspect if a.value in stored},
        start=_day(stored.get("from")),
        end=_day(stored.get("before")),
    )


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
