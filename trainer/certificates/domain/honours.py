"""Honours: what is counted in a quarter, how much is asked for, who reached it; pure.

The rules are public, the counting is the same for everybody, and only who has reached
something is ever named: there is no rank, and no list of who has not. A proposal is
computed; a person confirms it. The bounds are proposals of this project (待核实): a
centre sets its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from enum import StrEnum

from trainer.core.errors import ConflictError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_

MONTHS = 3
WAITS = timedelta(days=60)
"""So long after its end a quarter can be confirmed: by then files have come back."""

LONGEST_WORDS = 200
LEAST, MOST = 1, 500
"""What a bound may be."""


class Rule(StrEnum):
    """What an honour is given for."""

    SERVICE = "service"
    MENTOR = "mentor"
    CASE = "case"


class DeedKind(StrEnum):
    """What is counted; what stands against an honour is never shown to anybody."""

    SEEN = "seen"
    TRAINED = "trained"
    FIXED = "fixed"
    REPLAY = "replay"
    RETURNED = "returned"
    LAPSED = "lapsed"


DEED_NAMES = {
    DeedKind.SEEN: N_("看过或共同签字的办件"),
    DeedKind.TRAINED: N_("带教的人批准独立上岗"),
    DeedKind.FIXED: N_("反馈有误，内容因此改好"),
    DeedKind.REPLAY: N_("写的案例复盘已发布"),
}
"""What may be shown, and what it is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """A rule as everybody reads it.

    Attributes:
        name: What the honour is called.
        what: What it is for, in one sentence with the bound as ``{least}``.
        counts: What is counted towards it.
        bars: What stands against it; one is enough.
        least: How many are asked for, unless the centre has set another number.
    """

    name: str
    what: str
    counts: frozenset[DeedKind]
    bars: frozenset[DeedKind] = frozenset()
    least: int


RULES: Mapping[Rule, RuleText] = {
    Rule.SERVICE: RuleText(
        name=N_("服务之星"),
        what=N_(
            "一个季度里，带教老师或主管看过或共同签字的办件达到起步数目，"
            "没有退件，上岗授权也没有失效、暂停或撤销。"
        ),
        counts=frozenset({DeedKind.SEEN}),
        bars=frozenset({DeedKind.RETURNED, DeedKind.LAPSED}),
        least=20,
    ),
    Rule.MENTOR: RuleText(
        name=N_("带教之星"),
        what=N_("一个季度里，带教的人中新批准独立上岗的达到起步数目。"),
        counts=frozenset({DeedKind.TRAINED}),
        least=2,
    ),
    Rule.CASE: RuleText(
        name=N_("案例贡献"),
        what=N_(
            "一个季度里，反馈有误并因此改好的内容，加上写的案例复盘中已发布的，"
            "达到起步数目。"
        ),
        counts=frozenset({DeedKind.FIXED, DeedKind.REPLAY}),
        least=3,
    ),
}


NO_HONOUR = N_("没有这项荣誉")
"""What is said when there is none, or not for whoever asks."""


class NotReachedError(ConflictError):
    """The rule does not propose it any more."""

    def __init__(self) -> None:
        super().__init__(N_("现在不满足这项荣誉的条件，或者已经确认过；请刷新后再看"))


class BoundMistakeError(TrainerError):
    """A bound cannot be so."""

    def __init__(self) -> None:
        super().__init__(N_("数目写 {least} 到 {most} 的整数", least=LEAST, most=MOST))


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year; ``number`` is 1..4."""

    year: int
    number: int

    @property
    def code(self) -> str:
        """How it is kept and written in addresses."""
        return f"{self.year}-Q{self.number}"

    @property
    def begin(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * MONTHS + 1, 1)

    @property
    def end(self) -> date:
        """The first day behind it."""
        if self.number == len("1234"):
            return date(self.year + 1, 1, 1)
        return date(self.year, self.number * MONTHS + 1, 1)

    @property
    def last_day_to_confirm(self) -> date:
        """Until when proposals of it wait."""
        return self.end + WAITS

    @property
    def name(self) -> str:
        """What it is called."""
        return N_("{year} 年第 {n} 季度", year=self.year, n=self.number)


def quarter_before(on: date) -> Quarter:
    """Give the last quarter that is over on a day."""
    number = (on.month - 1) // MONTHS
    return Quarter(on.year, number) if number else Quarter(on.year - 1, 4)


def read_quarter(code: str) -> Quarter | None:
    """Read what :attr:`Quarter.code` has written; anything else is None."""
    found = re.fullmatch(r"(20[0-9]{2})-Q([1-4])", code)
    return Quarter(int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that is counted.

    Attributes:
        person: Key of who has done it.
        kind: What it is.
        on: The day.
        what: What it was, in words that name no citizen and no clerk.
        about: What makes two of them one: of trained people their key.
    """

    person: int
    kind: DeedKind
    on: date
    what: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """That somebody has reached an honour in a quarter, and by what."""

    person: int
    rule: Rule
    quarter: Quarter
    deeds: tuple[Deed, ...]

    @property
    def counted(self) -> dict[str, int]:
        """How many of each kind."""
        found: dict[str, int] = {}
        for each in self.deeds:
            found[each.kind] = found.get(each.kind, 0) + 1
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Honour:
    """An honour that was confirmed.

    Attributes:
        id: Its key.
        person: Key of whose it is.
        name: His name, as his account has it today.
        counted: How many of what it was for, by :class:`DeedKind`.
        words: What who confirmed it says of it.
        revoked_at: When it was taken back, None when it was not.
    """

    id: int
    person: int
    name: str
    rule: Rule
    quarter: Quarter
    counted: Mapping[str, int]
    words: str
    given_at: datetime
    revoked_at: datetime | None = None
    revoked_why: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return RULES[self.rule].name

    @property
    def tallies(self) -> Sequence[tuple[str, int]]:
        """How many of what, by name."""
        return [
            (name, self.counted[kind])
            for kind, name in DEED_NAMES.items()
            if kind in self.counted
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """Command: confirm what the rule proposes; ``words`` say what is to be praised."""

    person: int
    rule: Rule
    words: str


Bounds = Mapping[Rule, int]
"""How much each rule asks for."""

DEFAULTS: Bounds = {rule: text.least for rule, text in RULES.items()}


def reached(
    deeds: Iterable[Deed], quarter: Quarter, bounds: Bounds = DEFAULTS
) -> list[Reached]:
    """Say who has reached what in a quarter, by person and rule.

    Args:
        deeds: All that is counted, of any days; what is not of the quarter is left out.
        quarter: The quarter.
        bounds: How much is asked for.
    """
    by_person: dict[int, list[Deed]] = defaultdict(list)
    for each in deeds:
        if quarter.begin <= each.on < quarter.end:
            by_person[each.person].append(each)
    found = []
    for person, done in sorted(by_person.items()):
        kinds = {each.kind for each in done}
        for rule, text in RULES.items():
            mine = _counted(done, text)
            if len(mine) >= bounds[rule] and not kinds & text.bars:
                found.append(
                    Reached(person=person, rule=rule, quarter=quarter, deeds=mine)
                )
    return found


def _counted(done: Iterable[Deed], text: RuleText) -> tuple[Deed, ...]:
    """Give what counts towards a rule, the oldest first; of one thing the first."""
    seen: set[tuple[DeedKind, str]] = set()
    found = []
    for each in sorted(done, key=lambda deed: (deed.on, deed.kind, deed.about)):
        is_again = bool(each.about) and (each.kind, each.about) in seen
        if each.kind in text.counts and not is_again:
            seen.add((each.kind, each.about))
            found.append(each)
    return tuple(found)


def must_be_possible(least: int) -> None:
    """Stop here when a bound cannot be.

    Raises:
        BoundMistakeError: it cannot.
    """
    if not LEAST <= least <= MOST:
        raise BoundMistakeError
