"""What is wrong with a graph: one planted fault for each rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given

from tests.scenarios.graphs import BAD
from tests.scenarios.graphs import CASES
from tests.scenarios.graphs import GOOD
from tests.scenarios.graphs import a_choice
from tests.scenarios.graphs import a_node
from tests.scenarios.graphs import a_scenario
from tests.scenarios.graphs import few
from tests.scenarios.graphs import in_case
from tests.scenarios.graphs import knows
from tests.scenarios.graphs import scenarios
from tests.scenarios.graphs import small
from trainer.core.document import Mistake
from trainer.scenarios.domain import exploring
from trainer.scenarios.domain.linting import linted
from trainer.scenarios.domain.scenario import Node
from trainer.scenarios.domain.scenario import Rating
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.domain.scenario import When


def with_node(scenario: Scenario, node: Node) -> Scenario:
    return replace(scenario, nodes=(*scenario.nodes, node))


def way_out(key: str, to: str = "good") -> Node:
    return a_node(key, a_choice("in", to), a_choice("out", "bad", Rating.BAD), line=30)


def one_ending() -> Scenario:
    both = (a_choice("a", "good"), a_choice("b", "good", Rating.BAD))
    first = a_node("one", a_choice("x", "two"), a_choice("y", "two", Rating.BAD))
    return a_scenario(first, a_node("two", *both), endings=(GOOD,))


def trapped() -> Scenario:
    around = a_node(
        "around",
        a_choice("a", "around"),
        a_choice("b", "around", Rating.FAIR),
        line=30,
    )
    return with_node(small(a_choice("in", "around"), timeout="bad"), around)


def a_dead_end() -> Scenario:
    deep = a_node(
        "deep",
        a_choice("a", "good", when=knows("asked")),
        a_choice("b", "bad", Rating.BAD, when=knows("asked")),
        line=30,
    )
    ask = a_choice("ask", "deep", learns=frozenset({"asked"}))
    return with_node(small(ask, a_choice("rush", "deep")), deep)


def one_at_a_time() -> Scenario:
    only = a_node(
        "only",
        a_choice("a", "good", when=in_case("a")),
        a_choice("b", "good", when=in_case("b")),
        line=30,
    )
    return with_node(small(a_choice("in", "only"), cases=CASES), only)


def unwinnable() -> Scenario:
    first, last = small().nodes
    ways = (a_choice("rude", "bad", Rating.BAN), a_choice("soft", "good", Rating.BAD))
    return replace(small(), nodes=(first, replace(last, choices=ways)), pass_percent=70)


FAULTS: dict[str, tuple[Callable[[], Scenario], int, str]] = {
    "start": (lambda: small(start="nobody"), 1, "“start”写的“nobody”"),
    "start is an ending": (lambda: small(start="good"), 1, "“start”写的“good”"),
    "timeout": (lambda: small(timeout="one"), 1, "“timeout”写的“one”"),
    "to": (lambda: small(a_choice("x", "nowhere")), 50, "“to”写的“nowhere”"),
    "case of a choice": (
        lambda: small(a_choice("x", "two", when=in_case("c")), cases=CASES),
        50,
        "情况“c”没有写过",
    ),
    "case of a line": (
        lambda: with_node(small(), replace(way_out("x"), lines={"c": "话"})),
        30,
        "情况“c”没有写过",
    ),
    "one node": (lambda: a_scenario(way_out("one")), 1, "至少要有两个节点"),
    "one ending": (one_ending, 1, "至少要有两个结局"),
    "only bad endings": (
        lambda: small(endings=(BAD, replace(BAD, id="good"))),
        1,
        "不是 bad",
    ),
    "one choice": (
        lambda: with_node(small(), a_node("x", a_choice("a", "good"), line=30)),
        30,
        "至少要有两个选项",
    ),
    "no why": (
        lambda: small(a_choice("x", "two", Rating.FAIR, why="")),
        50,
        "要写明“why”",
    ),
    "no clause": (lambda: small(a_choice("x", "two", cites=())), 50, "“cites”"),
    "unreachable": (lambda: with_node(small(), way_out("x")), 30, "“x”走不到"),
    "unreachable ending": (
        lambda: small(endings=(GOOD, BAD, replace(GOOD, id="more"))),
        101,
        "“more”走不到",
    ),
    "too late to be reached": (
        lambda: with_node(
            small(a_choice("x", "far", minutes=9), patience=5, timeout="bad"),
            way_out("far"),
        ),
        30,
        "“far”走不到",
    ),
    "dead end": (a_dead_end, 30, "没有一个选项可选"),
    "one at a time": (one_at_a_time, 30, "等于没得选"),
    "trapped": (trapped, 30, "只能绕圈"),
    "loop without timeout": (
        lambda: small(a_choice("again", "one")),
        1,
        "请写明“timeout”",
    ),
    "same words": (
        lambda: small(a_choice("x", "bad", Rating.BAD, "我说yes")),
        50,
        "会同时出现两次",
    ),
    "unwinnable": (unwinnable, 1, "怎么选都通不过"),
    "unwinnable case": (
        lambda: replace(
            one_at_a_time(),
            nodes=(
                a_node(
                    "one",
                    a_choice("no", "bad", Rating.BAD),
                    a_choice("yes", "two", when=in_case("a")),
                    a_choice("bye", "bad", Rating.BAD),
                ),
                way_out("two"),
            ),
        ),
        1,
        "情况“b”怎么选都通不过",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found_where_it_is(fault: str) -> None:
    make, line, words = FAULTS[fault]
    found = linted(make()).mistakes
    assert [m.line for m in found if words in m.message] == [line], found


def test_a_fault_is_told_alone() -> None:
    many = {
        fault: len(linted(make()).mistakes) for fault, (make, _, _) in FAULTS.items()
    }
    assert {fault for fault, count in many.items() if count > 1} == set()


def test_a_whole_scenario_has_no_findings() -> None:
    assert linted(small()) == linted(small(timeout="bad"))
    assert linted(small()).mistakes == ()
    assert linted(small()).warnings == ()


def test_a_loop_that_a_fact_ends_needs_no_timeout() -> None:
    ask = a_choice(
        "ask",
        "one",
        learns=frozenset({"asked"}),
        when=When(lacks=frozenset({"asked"})),
    )
    assert linted(small(ask)).mistakes == ()


def test_a_way_out_that_comes_after_the_end_of_time_is_a_way_out() -> None:
    slow = a_choice("talk", "one", minutes=15)
    assert linted(small(slow, patience=16, timeout="bad")).mistakes == ()


WARNED: dict[str, tuple[Callable[[], Scenario], str]] = {
    "never offered": (
        lambda: small(
            a_choice(
                "x", "two", when=When(cases=frozenset({"a"}), knows=frozenset({"n"}))
            ),
            a_choice("y", "bad", Rating.BAD, learns=frozenset({"n"})),
            cases=CASES,
        ),
        "选项“x”从来不会出现",
    ),
    "fact nobody asks for": (
        lambda: small(a_choice("x", "two", learns=frozenset({"n"}))),
        "“learns”的“n”没有哪个选项用到",
    ),
    "fact nobody tells": (
        lambda: small(a_choice("x", "two", when=knows("n"))),
        "“when”要的“n”没有哪个选项会得到",
    ),
    "first": (
        lambda: a_scenario(
            a_node(
                "one",
                a_choice("y", "two", text="好"),
                a_choice("n", "bad", Rating.BAD, "您请回去吧"),
            ),
            a_node(
                "two",
                a_choice("y", "good", text="好"),
                a_choice("n", "bad", Rating.BAD, "您请回去吧"),
            ),
        ),
        "每次都选第一个就能通过",
    ),
    "longest": (
        lambda: small(a_choice("x", "good", text="长" * 60)),
        "每次都选最长的就能通过",
    ),
    "politest in a case": (
        lambda: small(
            a_choice("x", "good", text="您您您您", when=in_case("b")), cases=CASES
        ),
        "情况“b”里，每次都选最客气的就能通过",
    ),
}


@pytest.mark.parametrize("fault", WARNED)
def test_an_author_is_warned(fault: str) -> None:
    make, words = WARNED[fault]
    found = linted(make())
    assert found.mistakes == ()
    assert [m for m in found.warnings if words in m.message], found


def test_a_graph_too_large_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exploring, "MOST_STATES", 1)
    found = linted(small())
    assert found.mistakes == (Mistake(1, exploring.TOO_LARGE),)


@few
@given(scenarios())
def test_looking_through_a_random_scenario_is_quick_enough_to_end(
    scenario: Scenario,
) -> None:
    edges = exploring.explored(scenario)
    assert {state.at for state in edges} >= {node.id for node in scenario.nodes}
    assert exploring.without_way_out(scenario, edges) == [] or scenario.timeout
