"""All states of a scenario, and whether a case can be won; exact, within bounds.

What no condition asks for is left out of a state, so that there are few of them: time
is known by the earliest minute at which a state is reached, since a later arrival
allows nothing that an earlier one does not.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from fractions import Fraction
from itertools import count
from typing import TypeAlias

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.scenarios.domain.engine import State
from trainer.scenarios.domain.engine import begin
from trainer.scenarios.domain.engine import effects
from trainer.scenarios.domain.engine import offered
from trainer.scenarios.domain.scenario import ANY
from trainer.scenarios.domain.scenario import FULL
from trainer.scenarios.domain.scenario import MARKS
from trainer.scenarios.domain.scenario import Choice
from trainer.scenarios.domain.scenario import Dimension
from trainer.scenarios.domain.scenario import Node
from trainer.scenarios.domain.scenario import Outcome
from trainer.scenarios.domain.scenario import Rating
from trainer.scenarios.domain.scenario import Scenario

MOST_STATES = 20_000
"""States of all cases together, and of the search for a walk that wins."""


TOO_LARGE = N_(
    "岔路太多，查不完；请减少“knows”“lacks”“mood”“risk”这些条件，或拆成两个情景"
)


class TooLargeError(TrainerError):
    """There are more states than can be looked through."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What conditions ask for; the rest does not tell states apart."""

    facts: frozenset[str]
    mood: bool
    risk: bool

    def seen(self, state: State) -> State:
        """Give a state as conditions see it, without the way it took."""
        return State(
            case=state.case,
            at=state.at,
            mood=state.mood if self.mood else 0,
            risk=state.risk if self.risk else 0,
            knows=state.knows & self.facts,
        )


def asked(scenario: Scenario) -> Asked:
    """Find what conditions ask for."""
    whens = [choice.when for node in scenario.nodes for choice in node.choices]
    return Asked(
        facts=frozenset[str]().union(*(when.knows | when.lacks for when in whens)),
        mood=any(when.mood != ANY for when in whens),
        risk=any(when.risk != ANY for when in whens),
    )


Edges: TypeAlias = Mapping[State, tuple[tuple[Choice, State], ...]]


def explored(scenario: Scenario, *, in_time: bool = True) -> Edges:
    """Give every state that is reached, of every case, with what is offered there.

    Args:
        scenario: The scenario; every id it names is there.
        in_time: Whether time runs out; else what lies behind is looked at too.

    Raises:
        TooLargeError: there are too many.
    """
    eyes, order = asked(scenario), count()
    starts = [eyes.seen(begin(scenario, case)) for case in scenario.case_ids]
    heap = [(0, next(order), start) for start in starts]
    edges: dict[State, tuple[tuple[Choice, State], ...]] = {}
    while heap:
        minutes, _, state = heapq.heappop(heap)
        if state in edges:
            continue
        edges[state] = tuple(
            (choice, eyes.seen(effects(choice, state)))
            for choice in offered(scenario, state)
        )
        if len(edges) > MOST_STATES:
            raise TooLargeError(TOO_LARGE)
        for choice, after in edges[state]:
            then = minutes + choice.minutes
            if after not in edges and not (in_time and _late(scenario, after, then)):
                heapq.heappush(heap, (then, next(order), after))
    return edges


def _late(scenario: Scenario, after: State, minutes: int) -> bool:
    """Tell whether time runs out before a state."""
    ended = scenario.ending(after.at) is not None
    return bool(scenario.timeout) and not ended and minutes >= scenario.patience


def has_circle(edges: Edges) -> bool:
    """Tell whether some state can be reached from itself."""
    into: dict[State, int] = dict.fromkeys(edges, 0)
    for ways in edges.values():
        for _, after in ways:
            if after in into:
                into[after] += 1
    free = [state for state, ways in into.items() if not ways]
    left = len(into)
    while free:
        state = free.pop()
        left -= 1
        for _, after in edges[state]:
            if after in into:
                into[after] -= 1
                if not into[after]:
                    free.append(after)
    return left > 0


def without_way_out(scenario: Scenario, edges: Edges) -> list[State]:
    """Give the states from which no ending is reached, however long one talks."""
    before: dict[State, list[State]] = {}
    for state, ways in edges.items():
        for _, after in ways:
            before.setdefault(after, []).append(state)
    reached = {state for state in {*edges, *before} if scenario.ending(state.at)}
    left = list(reached)
    while left:
        for state in before.get(left.pop(), ()):
            if state not in reached:
                reached.add(state)
                left.append(state)
    return [state for state in edges if state not in reached]


Tally: TypeAlias = tuple[tuple[int, int], ...]
"""For each dimension how often it was at stake, and the tenths it got."""


def can_be_won(scenario: Scenario, case: str, edges: Edges) -> bool:
    """Tell whether some walk of a case passes; the most faultless are tried first.

    Args:
        scenario: The scenario; it has no dead end, and every walk ends.
        case: Id of the case.
        edges: The states that are reached in time.

    Raises:
        TooLargeError: there are too many walks to tell.
    """
    eyes, order = asked(scenario), count()
    start = eyes.seen(begin(scenario, case))
    if not _ends_well(scenario, start, edges):
        return False
    nothing: Tally = ((0, 0),) * len(Dimension)
    heap = [(0, next(order), start, nothing)]
    tried: set[tuple[State, Tally]] = set()
    while heap:
        lost, _, state, tally = heapq.heappop(heap)
        if (state, tally) in tried:
            continue
        tried.add((state, tally))
        if len(tried) > MOST_STATES:
            raise TooLargeError(TOO_LARGE)
        if _is_won(scenario, state, tally):
            return True
        for choice, after, marks in _allowed(scenario, state, tally):
            then = lost + FULL - MARKS[choice.rating]
            seen = replace(eyes.seen(after), minutes=after.minutes)
            heapq.heappush(heap, (then, next(order), seen, marks))
    return False


def _ends_well(scenario: Scenario, start: State, edges: Edges) -> bool:
    """Tell whether an ending that is not bad is reached without anything forbidden.

    Where time can run out its ending counts too; the search will tell.
    """
    seen, left = {start}, [start]
    good = {each.id for each in scenario.endings if each.outcome is not Outcome.BAD}
    while left:
        for choice, after in edges.get(left.pop(), ()):
            if choice.rating is not Rating.BAN and after not in seen:
                seen.add(after)
                left.append(after)
    return scenario.timeout in good or any(state.at in good for state in seen)


def _allowed(
    scenario: Scenario, state: State, tally: Tally
) -> Iterator[tuple[Choice, State, Tally]]:
    """Give the next steps, but for what is forbidden and what comes too late."""
    node = scenario.node(state.at)
    for choice in offered(scenario, state):
        if node is None or choice.rating is Rating.BAN:
            continue
        after = effects(choice, state)
        if scenario.timeout:
            after = replace(after, minutes=state.minutes + choice.minutes)
        if _late(scenario, after, after.minutes):
            after = replace(after, at=scenario.timeout)
        yield choice, after, _added(tally, node, choice)


def _added(tally: Tally, node: Node, choice: Choice) -> Tally:
    rated = node.rated(choice)
    return tuple(
        (times + 1, tenths + MARKS[rated[dimension]])
        if dimension in rated
        else (times, tenths)
        for dimension, (times, tenths) in zip(Dimension, tally, strict=True)
    )


def _is_won(scenario: Scenario, state: State, tally: Tally) -> bool:
    ending = scenario.ending(state.at)
    if ending is None or ending.outcome is Outcome.BAD:
        return False
    shares = [Fraction(tenths, FULL * times) for times, tenths in tally if times]
    return sum(shares) * 100 >= scenario.pass_percent * len(shares)
