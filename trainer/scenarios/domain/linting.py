"""What is wrong with a graph, found by looking at every state that can be reached.

Mistakes keep a text from being used, warnings do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from trainer.core.document import Mistake
from trainer.core.wording import N_
from trainer.core.wording import one_by_one
from trainer.scenarios.domain.engine import State
from trainer.scenarios.domain.engine import result
from trainer.scenarios.domain.exploring import Edges
from trainer.scenarios.domain.exploring import TooLargeError
from trainer.scenarios.domain.exploring import can_be_won
from trainer.scenarios.domain.exploring import explored
from trainer.scenarios.domain.exploring import has_circle
from trainer.scenarios.domain.exploring import without_way_out
from trainer.scenarios.domain.scenario import Choice
from trainer.scenarios.domain.scenario import Dimension
from trainer.scenarios.domain.scenario import Ending
from trainer.scenarios.domain.scenario import Node
from trainer.scenarios.domain.scenario import Outcome
from trainer.scenarios.domain.scenario import Rating
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.domain.strategies import STRATEGIES
from trainer.scenarios.domain.strategies import STRATEGY_NAMES
from trainer.scenarios.domain.strategies import walked

FEWEST = 2
"""Nodes, endings, and choices that are offered together at a node."""


@dataclass(frozen=True, slots=True)
class Lint:
    """What is wrong with a scenario; both are sorted by line."""

    mistakes: tuple[Mistake, ...]
    warnings: tuple[Mistake, ...] = ()


def linted(scenario: Scenario) -> Lint:
    """Look a scenario through."""
    wrong = [*_links(scenario), *_parts(scenario)]
    if wrong:
        return _lint(wrong, _facts(scenario))
    try:
        edges = explored(scenario)
        wrong = [*_graph(scenario, edges)]
        # Walks are tried only where each of them ends.
        wrong += [] if wrong else [*_unwinnable(scenario, edges)]
    except TooLargeError as error:
        return _lint([Mistake(scenario.line, error.message)], _facts(scenario))
    told = [*_facts(scenario), *_never_offered(scenario, edges)]
    return _lint(wrong, told if wrong else [*told, *_tricks(scenario)])


def _lint(mistakes: list[Mistake], warnings: Iterator[Mistake] | list[Mistake]) -> Lint:
    return Lint(tuple(sorted(set(mistakes))), tuple(sorted(set(warnings))))


def _links(scenario: Scenario) -> Iterator[Mistake]:
    """Find ids that nothing has."""
    ends = {ending.id for ending in scenario.endings}
    places = {node.id for node in scenario.nodes} | ends
    cases = {case.id for case in scenario.cases}
    if scenario.start not in places - ends:
        words = N_("“start”写的“{id}”不是哪个节点的标识", id=scenario.start)
        yield Mistake(scenario.line, words)
    if scenario.timeout and scenario.timeout not in ends:
        words = N_("“timeout”写的“{id}”不是哪个结局的标识", id=scenario.timeout)
        yield Mistake(scenario.line, words)
    for node in scenario.nodes:
        for case in sorted({*node.lines} - cases):
            yield Mistake(node.line, N_("“lines”里的情况“{id}”没有写过", id=case))
        for choice in node.choices:
            if choice.to not in places:
                words = N_("“to”写的“{id}”既不是节点也不是结局", id=choice.to)
                yield Mistake(choice.line, words)
            for case in sorted(choice.when.cases - cases):
                yield Mistake(choice.line, N_("“when”里的情况“{id}”没有写过", id=case))


def _parts(scenario: Scenario) -> Iterator[Mistake]:
    """Find what is missing."""
    if len(scenario.nodes) < FEWEST:
        yield Mistake(scenario.line, N_("至少要有两个节点"))
    if len(scenario.endings) < FEWEST:
        yield Mistake(scenario.line, N_("至少要有两个结局"))
    elif all(ending.outcome is Outcome.BAD for ending in scenario.endings):
        yield Mistake(scenario.line, N_("至少要有一个结局不是 bad"))
    for node in scenario.nodes:
        if len(node.choices) < FEWEST:
            words = N_("节点“{id}”至少要有两个选项", id=node.id)
            yield Mistake(node.line, words)
        for choice in node.choices:
            yield from _unsaid(node, choice)


def _unsaid(node: Node, choice: Choice) -> Iterator[Mistake]:
    if not choice.why and choice.rating is not Rating.BEST:
        words = N_("选项“{id}”不是最佳，要写明“why”", id=choice.id)
        yield Mistake(choice.line, words)
    if not choice.cites and _needs_clause(node, choice):
        words = N_("选项“{id}”评了政策，要写明依据“cites”", id=choice.id)
        yield Mistake(choice.line, words)


def _needs_clause(node: Node, choice: Choice) -> bool:
    rating = node.rated(choice).get(Dimension.POLICY, Rating.FAIR)
    return rating is not Rating.FAIR


def _graph(scenario: Scenario, edges: Edges) -> Iterator[Mistake]:
    """Find places nobody reaches, and states nobody leaves."""
    reached = {state.at for state in edges} | {scenario.timeout}
    places: tuple[Node | Ending, ...] = (*scenario.nodes, *scenario.endings)
    for place in places:
        if place.id not in reached:
            words = N_("“{id}”走不到；请让某个选项通到这里，或删掉它", id=place.id)
            yield Mistake(place.line, words)
    yield from _stuck(scenario, edges)
    for node in scenario.nodes:
        yield from _together(node, [s for s in edges if s.at == node.id], edges)


def _stuck(scenario: Scenario, edges: Edges) -> Iterator[Mistake]:
    """Find dead ends, and circles without a way out."""
    ends = {ending.id for ending in scenario.endings}
    dead = [state for state, ways in edges.items() if not ways and state.at not in ends]
    seen: set[str] = set()
    for state in dead:
        if state.at not in seen:
            words = N_(
                "走到“{id}”可能没有一个选项可选（{where}）；请改选项的“when”",
                id=state.at,
                where=_where(state),
            )
            yield Mistake(_line(scenario, state.at), words)
        seen.add(state.at)
    if dead:
        return
    if not scenario.timeout and has_circle(edges):
        yield Mistake(
            scenario.line, N_("有的路会绕圈；请写明“timeout”，说清时间到了怎么收场")
        )
        return
    # What lies behind the end of time counts as a way out.
    beyond = explored(scenario, in_time=False) if scenario.timeout else edges
    trapped = [s for s in without_way_out(scenario, beyond) if s in edges]
    for at in sorted({state.at for state in trapped}):
        words = N_("走到“{id}”以后只能绕圈，走不到结局；请加一条出路", id=at)
        yield Mistake(_line(scenario, at), words)


def _together(node: Node, states: list[State], edges: Edges) -> Iterator[Mistake]:
    """Check what is offered together at one node."""
    offers = [[choice for choice, _ in edges[state]] for state in states]
    if offers and max(map(len, offers)) == 1:
        words = N_("节点“{id}”每次都只有一个选项可选，等于没得选", id=node.id)
        yield Mistake(node.line, words)
    seen: set[str] = set()
    for state, choices in zip(states, offers, strict=True):
        times = Counter(choice.text for choice in choices)
        for choice in choices:
            if times[choice.text] > 1 and choice.text not in seen:
                seen.add(choice.text)
                words = N_(
                    "“{text}”在这个节点会同时出现两次（{where}）；请用“when”分开",
                    text=choice.text,
                    where=_where(state),
                )
                yield Mistake(choice.line, words)


def _unwinnable(scenario: Scenario, edges: Edges) -> Iterator[Mistake]:
    for case in scenario.case_ids:
        if not can_be_won(scenario, case, edges):
            told = N_("情况“{case}”怎么选都通不过", case=case)
            words = told if case else N_("怎么选都通不过")
            yield Mistake(scenario.line, one_by_one([words, HOW_TO_WIN]))


HOW_TO_WIN = N_("要有一条路：不选禁忌、得分够、结局不是 bad")


def _never_offered(scenario: Scenario, edges: Edges) -> Iterator[Mistake]:
    seen = {(s.at, choice.id) for s, ways in edges.items() for choice, _ in ways}
    for node in scenario.nodes:
        for choice in node.choices:
            if (node.id, choice.id) not in seen:
                words = N_("选项“{id}”从来不会出现", id=choice.id)
                yield Mistake(choice.line, words)


def _facts(scenario: Scenario) -> Iterator[Mistake]:
    """Find facts that nothing asks for, and those that nothing tells."""
    choices = [choice for node in scenario.nodes for choice in node.choices]
    told = frozenset[str]().union(*(choice.learns for choice in choices))
    asked = [(choice, choice.when.knows | choice.when.lacks) for choice in choices]
    wanted = frozenset[str]().union(*(facts for _, facts in asked))
    for choice in choices:
        for fact in sorted(choice.learns - wanted):
            words = N_("“learns”的“{fact}”没有哪个选项用到", fact=fact)
            yield Mistake(choice.line, words)
    for choice, facts in asked:
        for fact in sorted(facts - told):
            words = N_("“when”要的“{fact}”没有哪个选项会得到", fact=fact)
            yield Mistake(choice.line, words)


def _tricks(scenario: Scenario) -> Iterator[Mistake]:
    """Find ways to pass without thinking."""
    for code, strategy in STRATEGIES.items():
        for case in scenario.case_ids:
            if result(scenario, walked(scenario, case, strategy)).passed:
                name = STRATEGY_NAMES[code]
                words = N_("{name}就能通过；这样练的是窍门", name=name)
                inside = N_("情况“{case}”里，{words}", case=case, words=words)
                yield Mistake(scenario.line, inside if case else words)


def _where(state: State) -> str:
    """Say what is known of a state, so that an author finds it."""
    parts = [
        *([N_("情况 {case}", case=state.case)] if state.case else []),
        *([N_("已知 {facts}", facts=sorted(state.knows))] if state.knows else []),
        N_("心情 {mood}，风险 {risk}", mood=state.mood, risk=state.risk),
    ]
    return one_by_one(parts)


def _line(scenario: Scenario, key: str) -> int:
    node = scenario.node(key)
    return node.line if node else scenario.line
