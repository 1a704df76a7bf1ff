"""The weeks of mentoring: phases, what leads from one to the next, and sampling; pure.

Terms:
    phase: how somebody works at a line: he watches, has every case signed by his
        mentor too, has some of them signed, waits for the authorisation, works alone.
    case: something he did that is in the log; it counts when his mentor has signed.
    week: seven days from the first day of the secondment, counted from 1.

The weeks of a plan are the least a phase takes: it ends when they are over and enough
was seen. Nobody works alone by the calendar: that is an authorisation, and a person's.
The figures of :data:`DEFAULT` are a proposal of this project, to be set by each centre.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from enum import StrEnum

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.core.wording import Nn_

BLOCK = 10
"""Cases in a row of which the same number is drawn."""

WEEK = timedelta(days=7)
MOST_WEEKS, MOST_CASES = 26, 200


class Phase(StrEnum):
    """How somebody works at a line."""

    SHADOW = "shadow"
    COSIGN_ALL = "cosign_all"
    SAMPLE = "sample"
    SIGN_OFF = "sign_off"
    ALONE = "alone"


PHASE_NAMES = {
    Phase.SHADOW: N_("跟看"),
    Phase.COSIGN_ALL: N_("全数共同签字"),
    Phase.SAMPLE: N_("抽查"),
    Phase.SIGN_OFF: N_("等上岗授权"),
    Phase.ALONE: N_("独立办理"),
}
LOGGED = frozenset({Phase.COSIGN_ALL, Phase.SAMPLE, Phase.SIGN_OFF})
"""Phases in which cases are entered."""

SETTABLE = (Phase.SHADOW, Phase.COSIGN_ALL, Phase.SAMPLE)
"""Phases that a person may put somebody into."""


class PlanMistakeError(TrainerError):
    """A plan says what cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long each phase takes at least, and what must be seen in it.

    Attributes:
        shadow: Weeks of watching, 0..26.
        cosign: Weeks in which every case is signed, 0..26.
        sample: Weeks in which some are, 0..26.
        cases: Cases that must be signed before some are enough, 1..200.
        in_a_row: How many of the last ones must be right, 1..``cases``.
        spot: Drawn cases in a row that must be right, 1..200.
        share: Percent of cases that are drawn: 10, 20, … 100.
    """

    shadow: int = 1
    cosign: int = 2
    sample: int = 2
    cases: int = 20
    in_a_row: int = 10
    spot: int = 5
    share: int = 30

    def weeks(self, phase: Phase) -> int:
        """Give the weeks that a phase takes at least."""
        told = {Phase.SHADOW: self.shadow, Phase.COSIGN_ALL: self.cosign}
        return told.get(phase, self.sample)


DEFAULT = Plan()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the rule needs of a case in the log.

    Attributes:
        number: Counted from 1 for each secondment and line.
        on: The day.
        drawn: Whether the mentor has to sign it.
        right: How it went; None while nobody has signed.
    """

    number: int
    on: date
    drawn: bool
    right: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Somebody put a newcomer into a phase: what came before counts no more.

    ``after`` is the number of the last case before it, 0 for none; ``reason`` why.
    """

    phase: Phase
    on: date
    after: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where somebody stands at a line on a day.

    Attributes:
        phase: The phase.
        since: Its first day.
        expected: The day on which it ends at the earliest; None for the last two.
        short: What is missing for the next one, a sentence each.
        signed: Cases of this phase that are signed.
        right: How many of them were right.
        waiting: Cases that wait for the mentor.
    """

    phase: Phase
    since: date
    expected: date | None
    short: tuple[str, ...]
    signed: int
    right: int
    waiting: int


@dataclass(frozen=True, slots=True)
class _Stand:
    phase: Phase
    since: date
    after: int


def must_be_possible(plan: Plan) -> None:
    """Check a plan.

    Raises:
        PlanMistakeError: with a sentence that says which figure.
    """
    if not all(0 <= n <= MOST_WEEKS for n in (plan.shadow, plan.cosign, plan.sample)):
        raise PlanMistakeError(N_("每个阶段写 0 到 {most} 周", most=MOST_WEEKS))
    if not all(1 <= n <= MOST_CASES for n in (plan.cases, plan.in_a_row, plan.spot)):
        raise PlanMistakeError(N_("件数写 1 到 {most}", most=MOST_CASES))
    if plan.in_a_row > plan.cases:
        raise PlanMistakeError(N_("“最近几件都办对”不能多于要签的总件数"))
    if plan.share % BLOCK or not BLOCK <= plan.share <= 100:  # noqa: PLR2004  (percent)
        raise PlanMistakeError(N_("抽查比例写 10、20、30……100 里的一个"))


def week_of(begins_on: date, on: date) -> int:
    """Give the week of a day, from 1; a day before the first one is in week 1."""
    return max((on - begins_on).days, 0) // WEEK.days + 1


def days_of_week(begins_on: date, week: int) -> tuple[date, date]:
    """Give the first and the last day of a week."""
    first = begins_on + (week - 1) * WEEK
    return first, first + timedelta(days=6)


def timeline(plan: Plan, begins_on: date) -> list[tuple[Phase, date, date]]:
    """Give each phase as planned, with its first and last day; none of no week."""
    found, first = [], begins_on
    for phase in SETTABLE:
        end = first + plan.weeks(phase) * WEEK
        if end > first:
            found.append((phase, first, end - timedelta(days=1)))
        first = end
    return found


def is_sampled(number: int, share: int, seed: str) -> bool:
    """Tell whether a case is drawn.

    Of every ten cases in a row exactly ``share`` / 10 are, so nobody is luckier than
    others; which ones follows from the seed, so it can be checked afterwards.

    Args:
        number: Number of the case, from 1.
        share: Percent, a multiple of ten.
        seed: What tells one newcomer and line from others.
    """
    block, place = divmod(number - 1, BLOCK)
    told = [
        hashlib.sha256(f"{seed}/{block}/{other}".encode()).digest()
        for other in range(BLOCK)
    ]
    return sorted(told).index(told[place]) < share * BLOCK // 100


def progress(
    plan: Plan,
    *,
    begins_on: date,
    cases: Sequence[Case],
    step: Step | None,
    alone: bool,
    on: date,
) -> Progress:
    """Give where somebody stands at a line at the end of a day.

    Args:
        plan: The plan of the line.
        begins_on: First day of the secondment.
        cases: All cases of the log, in any order; those of later days are left out.
        step: The last one that a person took, None for none.
        alone: Whether he is authorised to work alone.
        on: The day.
    """
    known = sorted((c for c in cases if c.on <= on), key=lambda c: (c.on, c.number))
    stand = _Stand(Phase.SHADOW, begins_on, 0)
    if step is not None:
        stand = _Stand(step.phase, step.on, step.after)
    while stand.phase in SETTABLE and not alone:
        then = _next(plan, stand, known, on)
        if then is None:
            break
        stand = then
    phase = Phase.ALONE if alone else stand.phase
    counted = _counted(stand, known)
    return Progress(
        phase=phase,
        since=stand.since,
        expected=_earliest(plan, stand) if phase in SETTABLE else None,
        short=tuple(_short(plan, stand, known, on)) if phase in SETTABLE else (),
        signed=len(counted),
        right=sum(case.right is True for case in counted),
        waiting=sum(case.drawn and case.right is None for case in known),
    )


def _earliest(plan: Plan, stand: _Stand) -> date:
    return stand.since + plan.weeks(stand.phase) * WEEK


def _counted(stand: _Stand, cases: Sequence[Case]) -> list[Case]:
    """Give the signed cases of a phase."""
    return [c for c in cases if c.number > stand.after and c.right is not None]


def _next(plan: Plan, stand: _Stand, cases: Sequence[Case], on: date) -> _Stand | None:
    """Give the next phase, None when it is not reached."""
    earliest = _earliest(plan, stand)
    if on < earliest:
        return None
    if stand.phase is Phase.SHADOW:
        return _Stand(Phase.COSIGN_ALL, earliest, stand.after)
    then = Phase.SAMPLE if stand.phase is Phase.COSIGN_ALL else Phase.SIGN_OFF
    counted = _counted(stand, cases)
    early = sum(case.on < earliest for case in counted)
    for end in range(early, len(counted) + 1):
        if _is_enough(plan, stand.phase, counted[:end]):
            used = counted[:end]
            day = earliest if end == early else used[-1].on
            return _Stand(then, day, max(case.number for case in used))
    return None


def _is_enough(plan: Plan, phase: Phase, counted: Sequence[Case]) -> bool:
    least, last = _wanted(plan, phase)
    return len(counted) >= least and _row(counted) >= last


def _wanted(plan: Plan, phase: Phase) -> tuple[int, int]:
    """Give how many cases a phase asks for, and how many right ones in a row."""
    if phase is Phase.COSIGN_ALL:
        return plan.cases, plan.in_a_row
    return plan.spot, plan.spot


def _row(counted: Sequence[Case]) -> int:
    """Count the last cases that were right."""
    wrong = [n for n, case in enumerate(counted, start=1) if not case.right]
    return len(counted) - (wrong[-1] if wrong else 0)


def _short(plan: Plan, stand: _Stand, cases: Sequence[Case], on: date) -> Iterator[str]:
    earliest = _earliest(plan, stand)
    if on < earliest:
        yield Nn_(
            "还差 {n} 天（到 {day} 满）",
            n=(earliest - on).days,
            day=earliest - timedelta(days=1),
        )
    if stand.phase is Phase.SHADOW:
        return
    counted = _counted(stand, cases)
    least, last = _wanted(plan, stand.phase)
    if (missing := least - len(counted)) > 0:
        yield Nn_("还差 {n} 件共同签字", n=missing)
    if (row := _row(counted)) < last:
        yield N_("最近 {last} 件要全部一次办对，现在连续 {row} 件", last=last, row=row)
