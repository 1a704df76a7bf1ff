"""How far somebody is with a course on a day; a pure function of what he has done.

What was done is a set of :class:`Done`: in which order it was told, and how often the
same thing was told, makes no difference. Nothing is reset: after a course has run out,
what was done since it was completed counts for the next time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from enum import StrEnum

from trainer.competence.domain.sitting import Advice
from trainer.competence.domain.sitting import advice
from trainer.competence.domain.standing import Standing
from trainer.core.wording import N_
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import Step
from trainer.courses.domain.outline import StepKind

LEAVES_OUT = frozenset(
    {StepKind.ARTICLE, StepKind.CHECKLIST, StepKind.SCENARIO, StepKind.QUIZ}
)
"""Kinds of steps that a proved competency makes needless. What must be seen at the
counter, talked about or signed is not proved by answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Something that was done for a step.

    Attributes:
        step: Id of the step.
        on: The day.
        until: From this day on it counts no more; None is for ever.
        key: Tells two that are alike else: which observation, which attempt.
    """

    step: str
    on: date
    until: date | None = None
    key: str = ""

    def counts(self, on: date) -> bool:
        """Tell whether it counts on a day."""
        return self.on <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Completion:
    """That a course was completed; ``ends`` is the first day it holds no more."""

    on: date
    ends: date | None

    def holds(self, on: date) -> bool:
        """Tell whether it has not run out on a day."""
        return self.ends is None or on < self.ends


ALONE = LEAVES_OUT | {StepKind.COURSE}
"""Kinds of steps that one does without anybody else."""


class StepState(StrEnum):
    """How far somebody is with a step."""

    DONE = "done"
    PROVED = "proved"
    CHANGED = "changed"
    OPEN = "open"


class State(StrEnum):
    """How far somebody is with a course."""

    NEW = "new"
    BEGUN = "begun"
    COMPLETED = "completed"
    CHANGED = "changed"
    EXPIRED = "expired"


STEP_STATE_NAMES = {
    StepState.DONE: N_("已完成"),
    StepState.PROVED: N_("已证明，不用学"),
    StepState.CHANGED: N_("内容变了，要重读"),
    StepState.OPEN: N_("未完成"),
}

STATE_NAMES = {
    State.NEW: N_("还没开始"),
    State.BEGUN: N_("在学"),
    State.COMPLETED: N_("已学完"),
    State.CHANGED: N_("内容变了，要补学"),
    State.EXPIRED: N_("已过有效期，要重学"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepProgress:
    """A step, and how far somebody is with it.

    Attributes:
        step: The step.
        state: How far.
        on: The day it was completed; None while it is not, or need not be.
        times: How often it was done, at most ``step.count``.
    """

    step: Step
    state: StepState
    on: date | None = None
    times: int = 0

    @property
    def is_left(self) -> bool:
        """Whether it is still to do."""
        return self.state in {StepState.OPEN, StepState.CHANGED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far somebody is with a course on a day.

    Attributes:
        steps: All steps in order.
        state: How far with the whole.
        completed_on: The day it was completed last, also when that has run out; None
            when it never was, or when everything was proved and nothing had to be done.
        ends: The first day that completion holds no more, perhaps over; None is never.
    """

    steps: tuple[StepProgress, ...]
    state: State
    completed_on: date | None = None
    ends: date | None = None

    @property
    def is_completed(self) -> bool:
        """Whether there is nothing to do now."""
        return self.state is State.COMPLETED

    @property
    def next_alone(self) -> StepProgress | None:
        """The first step to do now that needs nobody else; None when there is none."""
        if self.is_completed:
            return None
        left = (each for each in self.steps if each.is_left)
        return next((each for each in left if each.step.kind in ALONE), None)

    @property
    def next_step(self) -> StepProgress | None:
        """The first step to do now; None when the course is completed."""
        if self.is_completed:
            return None
        return next((step for step in self.steps if step.is_left), None)

    @property
    def done(self) -> int:
        """How many steps are done, or need not be."""
        return sum(not step.is_left for step in self.steps)

    @property
    def left_out(self) -> tuple[StepProgress, ...]:
        """Steps that need not be done because their competencies are proved."""
        return tuple(s for s in self.steps if s.state is StepState.PROVED)

    @property
    def minutes_left(self) -> int:
        """How long what is left takes, about; 0 when the course is completed."""
        if self.is_completed:
            return 0
        return sum(each.step.minutes for each in self.steps if each.is_left)


def placed_out(course: Course, standings: Mapping[str, Standing]) -> frozenset[str]:
    """Give the steps somebody need not do: all they name is proved already.

    The line is that of the placement test (:func:`.sitting.advice`): it is known well
    enough to be skipped. A step that names no competency is done by everybody.
    """

    def is_proved(code: str) -> bool:
        return code in standings and advice(standings[code]) is Advice.SKIP

    return frozenset(
        step.id
        for step in course.steps
        if step.kind in LEAVES_OUT
        and step.competencies
        and all(map(is_proved, step.competencies))
    )


def completions(
    course: Course,
    done: Iterable[Done],
    on: date,
    left_out: Collection[str] = (),
) -> list[Completion]:
    """Give each time a course was completed until a day, the first one first.

    Args:
        course: The course.
        done: What was done for its steps.
        on: The day.
        left_out: Ids of steps that need not be done.
    """
    needed = [step for step in course.steps if step.id not in left_out]
    left = {each for each in done if each.on <= on}
    found: list[Completion] = []
    while needed and (day := _completed_on(needed, left, on)):
        if course.valid_days is None:
            return [Completion(day, None)]
        found.append(Completion(day, day + timedelta(course.valid_days)))
        left = {each for each in left if each.on > day}
    return found


def progress_of(
    course: Course,
    done: Iterable[Done],
    on: date,
    left_out: Collection[str] = (),
) -> Progress:
    """Say how far somebody is; arguments as for :func:`completions`."""
    facts = {each for each in done if each.on <= on}
    found = completions(course, facts, on, left_out)
    last = found[-1] if found else None
    holds = last is not None and last.holds(on)
    since = _since(found, holds=holds)
    counted = {each for each in facts if since is None or each.on > since}
    steps = tuple(_step(each, counted, on, left_out) for each in course.steps)
    return Progress(
        steps=steps,
        state=_state(course, steps, last, holds=holds),
        completed_on=last.on if last else None,
        ends=last.ends if last else None,
    )


def _since(found: Sequence[Completion], *, holds: bool) -> date | None:
    """Give the day after which what was done counts for what is shown."""
    if not holds:
        return found[-1].on if found else None
    return found[-2].on if len(found) > 1 else None


def _state(
    course: Course,
    steps: Sequence[StepProgress],
    last: Completion | None,
    *,
    holds: bool,
) -> State:
    if last is None:
        if all(step.state is StepState.PROVED for step in steps):
            return State.COMPLETED
        begun = any(step.times or step.state is StepState.CHANGED for step in steps)
        return State.BEGUN if begun else State.NEW
    if not holds:
        return State.EXPIRED
    if course.expires_with_clauses and any(step.is_left for step in steps):
        return State.CHANGED
    return State.COMPLETED


def _step(
    step: Step, done: Collection[Done], on: date, left_out: Collection[str]
) -> StepProgress:
    own = [each for each in done if each.step == step.id]
    days = sorted(each.on for each in own if each.counts(on))
    times = min(len(days), step.count)
    if times == step.count:
        day = days[step.count - 1]
        return StepProgress(step=step, state=StepState.DONE, on=day, times=times)
    if step.id in left_out:
        return StepProgress(step=step, state=StepState.PROVED, times=times)
    lapsed = any(each.until is not None and each.until <= on for each in own)
    state = StepState.CHANGED if lapsed and not days else StepState.OPEN
    return StepProgress(step=step, state=state, times=times)


def _completed_on(
    needed: Sequence[Step], done: Collection[Done], on: date
) -> date | None:
    """Give the first day on which every step was done and counted; None for none."""
    by_step: dict[str, list[Done]] = defaultdict(list)
    for each in done:
        by_step[each.step].append(each)
    firsts = []
    for step in needed:
        days = sorted(each.on for each in by_step[step.id])
        if len(days) < step.count:
            return None
        firsts.append(days[step.count - 1])
    earliest = max(firsts)
    candidates = sorted({earliest, *(e.on for e in done if earliest < e.on <= on)})
    for day in candidates:
        if all(_counts(step, by_step[step.id], day) for step in needed):
            return day
    return None


def _counts(step: Step, done: Iterable[Done], on: date) -> bool:
    # What was done on the day counted then, though it lapsed before the day was over.
    return sum(each.counts(on) or each.on == on for each in done) >= step.count
