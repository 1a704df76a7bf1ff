"""A flag: somebody says that a card is wrong, its owner answers; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from enum import StrEnum

from trainer.core.errors import ConflictError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_


class State(StrEnum):
    """Where a flag stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    FIXED = "fixed"
    DECLINED = "declined"


STATE_NAMES: Mapping[State, str] = {
    State.OPEN: N_("待处理"),
    State.ACCEPTED: N_("已采纳"),
    State.FIXED: N_("已改"),
    State.DECLINED: N_("不改"),
}

NEXT: Mapping[State, frozenset[State]] = {
    State.OPEN: frozenset({State.ACCEPTED, State.FIXED, State.DECLINED}),
    State.ACCEPTED: frozenset({State.FIXED, State.DECLINED}),
    State.FIXED: frozenset(),
    State.DECLINED: frozenset(),
}
"""What an answer may make of a flag; what is fixed or declined stays so."""


class AnsweredMeanwhileError(ConflictError):
    """Somebody else has answered the flag, or it is done with."""

    def __init__(self) -> None:
        super().__init__(N_("这条反馈刚被别人答复过，或已经办结；请刷新后再看"))


class NothingSaidError(TrainerError):
    """A flag or an answer without words helps nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseFlag:
    """Command: say that a card is wrong.

    Attributes:
        revision: Key of the revision the card showed.
        query: The question that led to the card, may be empty.
        on: The business date of the card.
        words: What is wrong.
    """

    revision: int
    query: str
    on: date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFlag:
    """Command: answer flag ``flag``, which stood at ``seen`` when it was read."""

    flag: int
    seen: State
    state: State
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A flag as its owner and its reporter see it.

    ``seen`` tells whether the reporter has seen the answer that holds now.
    """

    id: int
    slug: str
    title: str
    number: int
    line: str
    owner: str
    query: str
    on: date
    words: str
    state: State
    raised_by: int
    raised_at: datetime
    answer: str
    answered_by: int | None
    answered_at: datetime | None
    seen: bool

    @property
    def is_new(self) -> bool:
        """Whether there is an answer that the reporter has not seen."""
        return self.state is not State.OPEN and not self.seen

    @property
    def next_states(self) -> tuple[State, ...]:
        """What an answer may make of it, in the order of :class:`State`."""
        return tuple(state for state in State if state in NEXT[self.state])


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which flags a list shows; None and empty do not narrow it.

    ``posts`` are codes of owner or deputy posts; ``part`` counts from 1.
    """

    posts: frozenset[str] | None = None
    state: State | None = None
    line: str = ""
    part: int = 1
