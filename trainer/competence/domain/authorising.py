"""Who may sit alone at which business line: proposed by rule, granted by a person.

Each step is an event; what holds on a day follows from the events and from what is
believed that day. So an authorisation lapses on the very day a rule changes, without
any nightly job, and returns when the new rule has been shown. Nothing here dismisses
or ranks anybody.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from enum import StrEnum

from trainer.competence.domain.readying import Readiness
from trainer.core.errors import TrainerError
from trainer.core.wording import N_

LONGEST_DAYS = 366
"""An authorisation is granted for so long at most; then it is looked at again."""

LONGEST_REASON = 300


class Act(StrEnum):
    """What somebody, or the rule, did to an authorisation."""

    GRANTED = "granted"
    LIMITED = "limited"
    SUSPENDED = "suspended"
    RESTORED = "restored"
    REVOKED = "revoked"
    LAPSED = "lapsed"
    RETURNED = "returned"
    OBJECTED = "objected"
    ANSWERED = "answered"


ACT_NAMES = {
    Act.GRANTED: N_("批准独立上岗"),
    Act.LIMITED: N_("批准共同签字上岗"),
    Act.SUSPENDED: N_("暂停"),
    Act.RESTORED: N_("恢复"),
    Act.REVOKED: N_("撤销"),
    Act.LAPSED: N_("按规则失效"),
    Act.RETURNED: N_("按规则恢复"),
    Act.OBJECTED: N_("本人提出异议"),
    Act.ANSWERED: N_("答复异议"),
}


class State(StrEnum):
    """What holds on a day."""

    NONE = "none"
    ALONE = "alone"
    LIMITED = "limited"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    REVOKED = "revoked"


STATE_NAMES = {
    State.NONE: N_("未上岗"),
    State.ALONE: N_("可独立办理"),
    State.LIMITED: N_("须共同签字"),
    State.LAPSED: N_("已失效，待重新证明"),
    State.SUSPENDED: N_("已暂停"),
    State.EXPIRED: N_("已到期"),
    State.REVOKED: N_("已撤销"),
}

FOLLOWS: Mapping[Act, frozenset[State]] = {
    Act.GRANTED: frozenset(State) - {State.ALONE, State.SUSPENDED},
    Act.LIMITED: frozenset(State) - {State.LIMITED, State.SUSPENDED},
    Act.SUSPENDED: frozenset({State.ALONE, State.LIMITED, State.LAPSED}),
    Act.RESTORED: frozenset({State.SUSPENDED}),
    Act.REVOKED: frozenset(State) - {State.NONE, State.REVOKED},
}
"""After which states an act of a person is possible."""


GRANTS = frozenset({Act.GRANTED, Act.LIMITED})


class WrongStepError(TrainerError):
    """The act does not follow from what holds."""

    def __init__(self, act: Act, state: State) -> None:
        super().__init__(
            N_(
                "现在是“{state}”，不能再“{act}”；请刷新后再看",
                state=STATE_NAMES[state],
                act=ACT_NAMES[act],
            )
        )


class NoReasonError(TrainerError):
    """The act needs a reason."""

    def __init__(self) -> None:
        super().__init__(N_("请写明理由：本人会看到，也可以提出异议"))


class NotReachedError(TrainerError):
    """The line is not reached, so only co-signed work can be granted."""


class OwnAuthorisationError(TrainerError):
    """Nobody authorises himself."""

    def __init__(self) -> None:
        super().__init__(N_("不能给自己上岗授权；请带教老师或主管来批"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Command: one step.

    Attributes:
        person: Key of the person it is about.
        line: Code of the business line.
        act: What is done; not an act of the rule.
        reason: Why, in words; the person reads it. A grant may do without.
        until: First day a grant holds no more; None is the longest there is.
        seen: Number of steps there were when the page was shown.
    """

    person: int
    line: str
    act: Act
    reason: str = ""
    until: date | None = None
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One step.

    Attributes:
        act: What was done.
        by: Key of the person; 0 is the rule.
        at: Moment.
        reason: Why, in words.
        until: First day on which a grant holds no more; None for other acts.
    """

    act: Act
    by: int
    at: datetime
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """What holds for a person and a line on a day.

    Attributes:
        state: What holds.
        since: Moment of the event it rests on, None before the first.
        until: First day it holds no more, None when nothing is granted.
        why: Reason, in words.
        events: All steps, oldest first.
    """

    state: State
    since: datetime | None
    until: date | None
    why: str
    events: tuple[Event, ...] = ()

    @property
    def may_work(self) -> bool:
        """Whether the person may serve the line, alone or co-signed."""
        return self.state in {State.ALONE, State.LIMITED}

    @property
    def objection(self) -> Event | None:
        """The objection that waits for an answer."""
        said = [e for e in self.events if e.act in {Act.OBJECTED, Act.ANSWERED}]
        return said[-1] if said and said[-1].act is Act.OBJECTED else None


def granted(events: Iterable[Event]) -> Authorisation:
    """Fold events: what persons have decided, the rule and the calendar aside."""
    told = tuple(events)
    state, since, until, why = State.NONE, None, None, ""
    base = State.NONE
    for event in told:
        if event.act is Act.GRANTED:
            state = base = State.ALONE
        elif event.act is Act.LIMITED:
            state = base = State.LIMITED
        elif event.act is Act.SUSPENDED:
            state = State.SUSPENDED
        elif event.act is Act.RESTORED:
            state = base
        elif event.act is Act.REVOKED:
            state = base = State.REVOKED
        else:
            continue
        since, why = event.at, event.reason
        until = event.until or until
    return Authorisation(state=state, since=since, until=until, why=why, events=told)


def held(events: Iterable[Event], ready: Readiness, on: date) -> Authorisation:
    """Give what holds on a day: the persons' decisions, the calendar and the rule."""
    found = granted(events)
    if not found.may_work:
        return found
    if found.until is not None and on >= found.until:
        return _as(found, State.EXPIRED, N_("授权到期"))
    if found.state is State.ALONE and not ready.is_kept:
        lost = [phrase for each in ready.lost for phrase in each.phrases]
        return _as(found, State.LAPSED, N_("{reasons}", reasons=lost))
    return found


def _as(found: Authorisation, state: State, why: str) -> Authorisation:
    return Authorisation(
        state=state,
        since=found.since,
        until=found.until,
        why=why,
        events=found.events,
    )


def noted(found: Authorisation) -> Act | None:
    """Give the step of the rule that is not written down yet; None when none is.

    A lapse is written once, and so is the return from it.
    """
    rule = [e.act for e in found.events if e.act in {Act.LAPSED, Act.RETURNED}]
    is_noted = bool(rule) and rule[-1] is Act.LAPSED
    if found.state is State.LAPSED and not is_noted:
        return Act.LAPSED
    if found.state is State.ALONE and is_noted:
        return Act.RETURNED
    return None


def possible(found: Authorisation, ready: Readiness) -> list[Act]:
    """Give what a mentor or supervisor may do now, in the order of a list."""
    acts = [act for act, after in FOLLOWS.items() if found.state in after]
    if not ready.is_reached and Act.GRANTED in acts:
        acts.remove(Act.GRANTED)
    return [*acts, Act.ANSWERED] if found.objection else acts


def must_follow(act: Act, found: Authorisation) -> None:
    """Check that an act of a person follows from what holds.

    Raises:
        WrongStepError: it does not.
    """
    if act in FOLLOWS and found.state not in FOLLOWS[act]:
        raise WrongStepError(act, found.state)
