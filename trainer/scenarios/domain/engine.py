"""Walking a scenario: a pure machine over frozen states.

A walk is what was chosen, in order; everything else follows from it. So a walk that
is kept is played again by :func:`replayed`, and gives the same state.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from fractions import Fraction

from trainer.core.errors import ConflictError
from trainer.core.wording import N_
from trainer.scenarios.domain.scenario import FULL
from trainer.scenarios.domain.scenario import MARKS
from trainer.scenarios.domain.scenario import MOODS
from trainer.scenarios.domain.scenario import RISKS
from trainer.scenarios.domain.scenario import Choice
from trainer.scenarios.domain.scenario import Dimension
from trainer.scenarios.domain.scenario import Node
from trainer.scenarios.domain.scenario import Outcome
from trainer.scenarios.domain.scenario import Rating
from trainer.scenarios.domain.scenario import Scenario


class NotOfferedError(ConflictError):
    """The choice is not offered here and now."""


@dataclass(frozen=True, slots=True, order=True)
class Taken:
    """One step of a walk, by the ids of node and choice."""

    node: str
    choice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How far a walk has come.

    Attributes:
        case: Id of the case; empty where the scenario has none.
        at: Id of the node or ending.
        mood: 0 furious to 5 happy.
        risk: Risk taken so far, 0 to 9.
        minutes: Minutes of the scenario that it took.
        knows: Facts learned.
        taken: The steps.
    """

    case: str
    at: str
    mood: int
    risk: int = 0
    minutes: int = 0
    knows: frozenset[str] = frozenset()
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a walk is worth.

    Attributes:
        dimensions: Share of the full mark, 0 to 1, of those that were at stake.
        score: Their mean; 0 where nothing was at stake.
        passed: Whether the walk has ended, well enough, without anything forbidden.
        forbidden: Whether something forbidden was chosen.
    """

    dimensions: Mapping[Dimension, Fraction]
    score: Fraction
    passed: bool
    forbidden: bool


def begin(scenario: Scenario, case: str = "", *, at: str = "") -> State:
    """Give the state in which a walk begins.

    Args:
        scenario: The scenario.
        case: Id of the case that was drawn; empty where it has none.
        at: Id of the node to begin at, to try something out; empty is the start.
    """
    return State(case=case, at=at or scenario.start, mood=scenario.mood)


def is_over(scenario: Scenario, state: State) -> bool:
    """Tell whether the walk has come to an ending."""
    return scenario.ending(state.at) is not None


def offered(scenario: Scenario, state: State) -> tuple[Choice, ...]:
    """Give what may be chosen, in the order of the text; nothing at an ending."""
    node = scenario.node(state.at)
    if node is None:
        return ()
    return tuple(choice for choice in node.choices if is_offered(choice, state))


def is_offered(choice: Choice, state: State) -> bool:
    """Tell whether a choice of the node is offered in a state."""
    when = choice.when
    return (
        (not when.cases or state.case in when.cases)
        and when.knows <= state.knows
        and not (when.lacks & state.knows)
        and state.mood in when.mood
        and state.risk in when.risk
    )


def step(scenario: Scenario, state: State, choice: str) -> State:
    """Take one step.

    Args:
        scenario: The scenario.
        state: Where the walk is.
        choice: Id of a choice that is offered.

    Raises:
        NotOfferedError: it is not offered.
    """
    chosen = next((c for c in offered(scenario, state) if c.id == choice), None)
    if chosen is None:
        raise NotOfferedError(
            N_("这一步没有这个选项；请按页面上现在给出的选项重新选择")
        )
    after = effects(chosen, state)
    minutes = state.minutes + chosen.minutes
    late = minutes >= scenario.patience and scenario.timeout
    if late and scenario.ending(after.at) is None:
        after = replace(after, at=scenario.timeout)
    taken = (*state.taken, Taken(state.at, choice))
    return replace(after, minutes=minutes, taken=taken)


def effects(choice: Choice, state: State) -> State:
    """Give the state behind a choice, but for the time and the way it took."""
    return replace(
        state,
        at=choice.to,
        mood=_within(state.mood + choice.mood, MOODS),
        risk=_within(state.risk + choice.risk, RISKS),
        knows=state.knows | choice.learns,
    )


def replayed(scenario: Scenario, start: State, choices: Iterable[str]) -> State:
    """Take several steps.

    Raises:
        NotOfferedError: one of them is not offered when it comes.
    """
    state = start
    for choice in choices:
        state = step(scenario, state, choice)
    return state


def result(scenario: Scenario, state: State) -> Result:
    """Judge a walk, also one that has not ended."""
    steps = [chosen(scenario, taken) for taken in state.taken]
    dimensions = _dimensions(steps)
    total = sum(dimensions.values(), Fraction(0))
    score = total / len(dimensions) if dimensions else Fraction(0)
    forbidden = any(choice.rating is Rating.BAN for _, choice in steps)
    ending = scenario.ending(state.at)
    passed = (
        ending is not None
        and ending.outcome is not Outcome.BAD
        and not forbidden
        and score * 100 >= scenario.pass_percent
    )
    return Result(
        dimensions=dimensions, score=score, passed=passed, forbidden=forbidden
    )


def chosen(scenario: Scenario, taken: Taken) -> tuple[Node, Choice]:
    """Give the node and the choice of a step that was taken."""
    node = scenario.node(taken.node)
    choice = node.choice(taken.choice) if node else None
    if node is None or choice is None:
        raise NotOfferedError(N_("情景里没有这一步；请重新开始演练"))
    return node, choice


def _dimensions(steps: Iterable[tuple[Node, Choice]]) -> dict[Dimension, Fraction]:
    marks: dict[Dimension, list[int]] = {}
    for node, choice in steps:
        for dimension, rating in node.rated(choice).items():
            marks.setdefault(dimension, []).append(MARKS[rating])
    return {
        dimension: Fraction(sum(marks[dimension]), FULL * len(marks[dimension]))
        for dimension in Dimension
        if dimension in marks
    }


def _within(number: int, bounds: range) -> int:
    return max(bounds[0], min(bounds[-1], number))
