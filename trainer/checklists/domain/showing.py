"""What became of items that were shown; pure.

An item of a showing is shown, ticked or ignored, found useful, and its file may come
back. Each of these happens once: what is told again changes nothing, in whatever
order it comes. Ticked and ignored exclude each other; whichever comes first stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from trainer.core.errors import ConflictError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_

FRESH = timedelta(hours=24)
"""How long after it was given a ticket tells what became of its items."""

RETURNS = timedelta(days=366)
"""How long after it a file may be told to have come back; then who saw what is
forgotten."""

MOST_TOLD = 25
"""Outcomes told at once: five of each of five items."""


class Source(StrEnum):
    """Where items were shown."""

    API = "api"
    COUNTER = "counter"


class Outcome(StrEnum):
    """What became of an item."""

    SHOWN = "shown"
    TICKED = "ticked"
    IGNORED = "ignored"
    USEFUL = "useful"
    RETURNED = "returned"


OUTCOME_NAMES = {
    Outcome.SHOWN: N_("显示"),
    Outcome.TICKED: N_("勾选"),
    Outcome.IGNORED: N_("没勾"),
    Outcome.USEFUL: N_("有用"),
    Outcome.RETURNED: N_("退件"),
}

IMPLIED: Mapping[Outcome, frozenset[Outcome]] = {
    outcome: frozenset({outcome, Outcome.SHOWN})
    for outcome in Outcome
    if outcome is not Outcome.RETURNED
} | {Outcome.RETURNED: frozenset({Outcome.RETURNED})}
"""What each of them says as well: what was ticked had been shown."""

EXCLUDED = frozenset({Outcome.TICKED, Outcome.IGNORED})


class UnreadableOutcomesError(TrainerError):
    """What was sent is not a ticket with outcomes."""

    code = "outcomes_unreadable"

    def __init__(self) -> None:
        super().__init__(
            N_(
                "请求内容读不懂；请对照接口说明，发送 ticket 和最多 {most} 项 outcomes",
                most=MOST_TOLD,
            )
        )


class NotOfTicketError(TrainerError):
    """The ticket has no such item."""

    code = "item_not_of_ticket"

    def __init__(self) -> None:
        super().__init__(N_("凭证里没有这一条；请只回传本次显示的提示"))


class ContradictionError(ConflictError):
    """It is known that the opposite happened."""

    code = "outcome_contradicts"

    def __init__(self) -> None:
        super().__init__(
            N_("同一条提示不能既勾选又没勾；已经记下的不变，请核对回传的内容")
        )


class TicketTooOldError(TrainerError):
    """What happened would have been told by now."""

    code = "ticket_expired"

    def __init__(self) -> None:
        super().__init__(
            N_("凭证超过 24 小时，只能回传退件；请在显示提示的当天回传处理情况")
        )


class ShowingUnknownError(TrainerError):
    """Nobody told in time that the items were shown, or it is too long ago."""

    code = "showing_unknown"

    def __init__(self) -> None:
        super().__init__(
            N_("没有这次提示的记录，或已超过一年；退件只能回传到记录过的提示上")
        )


@dataclass(frozen=True, slots=True)
class Told:
    """An outcome of an item; ``item`` is its address, ``<list>#<item>``."""

    item: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Noted:
    """How many outcomes were new, and how many known before."""

    new: int
    known: int


Known = Mapping[str, frozenset[Outcome]]
"""By the address of each item of a showing what is known of it."""


def merged(known: Known, told: Iterable[Told]) -> Known:
    """Add what is told to what is known; all of it, or nothing.

    Raises:
        NotOfTicketError: an item is none of the showing.
        ContradictionError: an item would be both ticked and ignored.
    """
    found = dict(known)
    for each in told:
        if each.item not in found:
            raise NotOfTicketError
        found[each.item] |= IMPLIED[each.outcome]
        if found[each.item] >= EXCLUDED:
            raise ContradictionError
    return found


def must_be_in_time(age: timedelta, told: Iterable[Told], *, is_known: bool) -> None:
    """Check when it is told.

    Args:
        age: Since the ticket was given.
        told: What is told.
        is_known: Whether the showing is recorded.

    Raises:
        TicketTooOldError: something else than a returned file after a day.
        ShowingUnknownError: a returned file of a showing that is not recorded, or
            after a year.
    """
    if age <= FRESH:
        return
    if any(each.outcome is not Outcome.RETURNED for each in told):
        raise TicketTooOldError
    if age > RETURNS or not is_known:
        raise ShowingUnknownError
