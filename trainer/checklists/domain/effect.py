"""What showing items does: counts, rates, and what they hint at; nobody is in them.

The bounds are our own choice: no published rule was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from enum import StrEnum

from trainer.checklists.domain.showing import OUTCOME_NAMES
from trainer.checklists.domain.showing import Outcome
from trainer.core.wording import N_
from trainer.core.wording import one_list

FIRM = 20
"""Showings below which a rate says little."""

OFTEN = 0.1
"""Share of the ticked ones from which files that came back all the same are many."""

EFFECT = "effect"
"""Code of the table, for the audit."""

FILE_NAME = "提示效果"


class Hint(StrEnum):
    """What figures hint at."""

    PRUNE = "prune"
    STILL_RETURNED = "still_returned"


HINT_NAMES = {
    Hint.PRUNE: N_("从不勾选也从未退件：可考虑删去"),
    Hint.STILL_RETURNED: N_("勾过仍常退件：写法或核对办法要改"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which showings are looked at: of a line (empty is all), given in these days.

    ``until`` is the first day no more.
    """

    line: str = ""
    since: date | None = None
    until: date | None = None

    def told(self) -> str:
        """Say it in codes, for the audit."""
        return f"{self.line}:{self.since or ''}:{self.until or ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEffect:
    """How often each thing happened to an item.

    Attributes:
        slug: The list.
        item: The item.
        wrong: What goes wrong, as it is in force today; empty when it is not.
        shown: How often it was shown.
        ticked: How often of those it was ticked, and so on.
        ignored: Left without a tick.
        useful: Found useful.
        returned: The file came back.
        returned_ticked: It came back though the item was ticked.
    """

    slug: str
    item: str
    wrong: str = ""
    shown: int = 0
    ticked: int = 0
    ignored: int = 0
    useful: int = 0
    returned: int = 0
    returned_ticked: int = 0

    @property
    def address(self) -> str:
        """List and item."""
        return f"{self.slug}#{self.item}"

    @property
    def is_firm(self) -> bool:
        """Whether there are enough to conclude anything."""
        return self.shown >= FIRM

    def rate(self, outcome: Outcome) -> float | None:
        """Give the share of the showings, None where there is none."""
        count: int = getattr(self, outcome)
        return count / self.shown if self.shown else None

    @property
    def hints(self) -> tuple[Hint, ...]:
        """What the figures hint at; too few hint at nothing."""
        return tuple(_hints(self)) if self.is_firm else ()


def _hints(effect: ItemEffect) -> Iterator[Hint]:
    if not (effect.ticked or effect.returned):
        yield Hint.PRUNE
    is_often = effect.returned_ticked >= OFTEN * effect.ticked
    if effect.ticked >= FIRM and is_often and effect.returned_ticked:
        yield Hint.STILL_RETURNED


def in_order(effects: Iterable[ItemEffect]) -> list[ItemEffect]:
    """Put first what asks for somebody, then what was shown most."""
    return sorted(effects, key=lambda e: (not e.hints, -e.shown, e.address))


COLUMNS = (
    *(N_("清单"), N_("条目"), N_("哪里容易错"), N_("提示次数")),
    *(OUTCOME_NAMES[each] for each in (*Outcome,)[1:]),
    *(N_("勾选率"), N_("退件率"), N_("看法")),
)


def rows_of(
    effects: Iterable[ItemEffect],
) -> Iterator[Sequence[str | int | float | None]]:
    """Give the lines of the table to take away."""
    for each in effects:
        yield (
            *(each.slug, each.item, each.wrong, each.shown),
            *(each.ticked, each.ignored, each.useful, each.returned),
            *(_share(each, Outcome.TICKED), _share(each, Outcome.RETURNED)),
            one_list(HINT_NAMES[hint] for hint in each.hints),
        )


def watermark(name: str, at: datetime, reason: str) -> str:
    """Say who took the table away, when by the centre's clock, and why."""
    return f"{name} {at:%Y-%m-%d %H:%M} 导出；理由：{reason}"


def _share(effect: ItemEffect, outcome: Outcome) -> float | None:
    rate = effect.rate(outcome)
    return None if rate is None else round(rate, 4)
