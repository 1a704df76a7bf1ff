"""What a row of a roster will do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trainer.core.wording import N_
from trainer.people.domain.accounts import Account
from trainer.people.domain.roster.entries import Problem
from trainer.people.domain.secondments import Placement


class Kind(StrEnum):
    """What becomes of a person by a row; in the order in which rows are shown."""

    WRONG = "wrong"
    NEW = "new"
    RETURNING = "returning"
    MOVING = "moving"
    LEAVING = "leaving"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left_out"


KIND_NAMES = {
    Kind.WRONG: N_("有错"),
    Kind.NEW: N_("新增"),
    Kind.RETURNING: N_("回归"),
    Kind.MOVING: N_("调动"),
    Kind.LEAVING: N_("离开"),
    Kind.CHANGED: N_("更改"),
    Kind.UNCHANGED: N_("无变化"),
    Kind.LEFT_OUT: N_("不导入"),
}


@dataclass(frozen=True, slots=True)
class Send:
    """Begin a secondment."""

    placement: Placement


@dataclass(frozen=True, slots=True)
class Move:
    """End one secondment and begin another on the same day."""

    key: int
    placement: Placement


@dataclass(frozen=True, slots=True)
class Change:
    """Correct or prolong a secondment."""

    key: int
    placement: Placement


@dataclass(frozen=True, slots=True)
class End:
    """End a secondment; ``on`` is the first day the person is no longer there."""

    key: int
    on: date
    reason: str


Step = Send | Move | Change | End


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a row will do.

    Attributes:
        number: Number of the row in the sheet.
        person: Key of the account; 0 when it is to be opened.
        account: The account as it shall be; None leaves it as it is.
        step: What happens to the secondment; None is nothing.
        says: The same in words, for the person who confirms.
        problems: Why it cannot be done; then nothing of the above counts.
    """

    number: int
    kind: Kind
    login: str
    name: str
    person: int = 0
    account: Account | None = None
    step: Step | None = None
    says: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
