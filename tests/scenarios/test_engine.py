"""Walking a scenario: effects, time, what is offered, what a walk is worth."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scenarios.graphs import CASES
from tests.scenarios.graphs import a_choice
from tests.scenarios.graphs import a_node
from tests.scenarios.graphs import a_scenario
from tests.scenarios.graphs import few
from tests.scenarios.graphs import in_case
from tests.scenarios.graphs import knows
from tests.scenarios.graphs import scenarios
from tests.scenarios.graphs import small
from trainer.scenarios.domain.engine import NotOfferedError
from trainer.scenarios.domain.engine import State
from trainer.scenarios.domain.engine import Taken
from trainer.scenarios.domain.engine import begin
from trainer.scenarios.domain.engine import is_over
from trainer.scenarios.domain.engine import offered
from trainer.scenarios.domain.engine import replayed
from trainer.scenarios.domain.engine import result
from trainer.scenarios.domain.engine import step
from trainer.scenarios.domain.linting import linted
from trainer.scenarios.domain.scenario import Bounds
from trainer.scenarios.domain.scenario import Dimension
from trainer.scenarios.domain.scenario import Rating
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.domain.scenario import When
from trainer.scenarios.domain.strategies import STRATEGIES
from trainer.scenarios.domain.strategies import walked

TURNS = st.lists(st.integers(0, 5), min_size=60, max_size=60)
"""Which of the offered choices is taken; more than any walk needs."""


def walk(scenario: Scenario, case: str, turns: list[int]) -> State:
    state = begin(scenario, case)
    for turn in turns:
        if is_over(scenario, state):
            break
        ways = offered(scenario, state)
        state = step(scenario, state, ways[turn % len(ways)].id)
    return state


@few
@given(scenarios(), TURNS)
def test_random_scenarios_are_whole_and_every_walk_ends(
    scenario: Scenario, turns: list[int]
) -> None:
    assert linted(scenario).mistakes == ()
    for case in scenario.case_ids:
        assert is_over(scenario, walk(scenario, case, turns))


@few
@given(scenarios(), TURNS)
def test_scores_and_moods_stay_within_their_bounds(
    scenario: Scenario, turns: list[int]
) -> None:
    state = walk(scenario, scenario.case_ids[0], turns)
    found = result(scenario, state)
    assert all(0 <= share <= 1 for share in (found.score, *found.dimensions.values()))
    assert state.mood in range(6)
    assert state.risk in range(10)
    assert not (found.passed and found.forbidden)


@few
@given(scenarios(), TURNS, st.integers(0, 60))
def test_a_walk_that_is_resumed_is_the_walk_that_went_on(
    scenario: Scenario, turns: list[int], cut: int
) -> None:
    case = scenario.case_ids[-1]
    straight = walk(scenario, case, turns)
    kept = [taken.choice for taken in straight.taken]
    halfway = replayed(scenario, begin(scenario, case), kept[:cut])
    assert replayed(scenario, halfway, kept[cut:]) == straight
    assert result(scenario, straight).passed == result(scenario, halfway).passed or (
        len(kept) > cut
    )


@few
@given(scenarios())
def test_every_way_without_thinking_ends_too(scenario: Scenario) -> None:
    for strategy in STRATEGIES.values():
        for case in scenario.case_ids:
            assert is_over(scenario, walked(scenario, case, strategy))


def test_a_step_has_its_effects_within_bounds() -> None:
    more = a_choice(
        "much", "two", mood=-3, risk=3, minutes=4, learns=frozenset({"home"})
    )
    state = step(small(more, mood=1), begin(small(mood=1)), "much")
    assert state == State(
        case="",
        at="two",
        mood=0,
        risk=3,
        minutes=4,
        knows=frozenset({"home"}),
        taken=(Taken("one", "much"),),
    )


@pytest.mark.parametrize(
    ("when", "state", "is_there"),
    [
        (in_case("a"), {"case": "a"}, True),
        (in_case("a"), {"case": "b"}, False),
        (knows("home"), {"knows": frozenset({"home", "age"})}, True),
        (knows("home", "age"), {"knows": frozenset({"home"})}, False),
        (When(lacks=frozenset({"home"})), {"knows": frozenset({"home"})}, False),
        (When(mood=Bounds(least=2)), {"mood": 2}, True),
        (When(mood=Bounds(least=2)), {"mood": 1}, False),
        (When(risk=Bounds(most=2)), {"risk": 2}, True),
        (When(risk=Bounds(most=2)), {"risk": 3}, False),
    ],
)
def test_a_choice_is_offered_when_all_its_conditions_hold(
    when: When, state: dict[str, object], *, is_there: bool
) -> None:
    scenario = small(a_choice("picky", "two", when=when), cases=CASES)
    now = replace(begin(scenario, "a"), **state)  # type: ignore[arg-type]  # by name
    assert ("picky" in [c.id for c in offered(scenario, now)]) is is_there


def test_what_is_not_offered_cannot_be_chosen() -> None:
    scenario = small(a_choice("picky", "two", when=knows("home")))
    for choice in ("picky", "nowhere"):
        with pytest.raises(NotOfferedError):
            step(scenario, begin(scenario), choice)
    over = step(scenario, begin(scenario), "no")
    with pytest.raises(NotOfferedError):
        step(scenario, over, "no")


def test_the_words_of_a_case_are_said_instead() -> None:
    node = replace(a_node("one"), lines={"a": "我有一套房"})
    assert node.words("a") == "我有一套房"
    assert node.words("b") == node.says


def test_time_runs_out_before_a_node_but_not_before_an_ending() -> None:
    slow = a_choice("slow", "two", minutes=5)
    scenario = small(
        slow, a_choice("late", "good", minutes=9), patience=5, timeout="bad"
    )
    assert step(scenario, begin(scenario), "slow").at == "bad"
    assert step(scenario, begin(scenario), "late").at == "good"
    patient = replace(scenario, patience=6)
    assert step(patient, begin(patient), "slow").at == "two"
    endless = replace(scenario, timeout="")
    assert step(endless, begin(endless), "slow").at == "two"


def test_the_score_is_the_mean_of_the_dimensions() -> None:
    talk = frozenset({Dimension.POLICY, Dimension.COMMUNICATION})
    rude = {Dimension.COMMUNICATION: Rating.BAD}
    one = replace(a_node("one", a_choice("a", "two", rates=rude)), tests=talk)
    two = a_node("two", a_choice("b", "good", Rating.FAIR))
    scenario = a_scenario(one, two)
    found = result(scenario, replayed(scenario, begin(scenario), ["a", "b"]))
    assert found.dimensions == {
        Dimension.POLICY: Fraction(17, 20),
        Dimension.COMMUNICATION: Fraction(3, 10),
    }
    assert found.score == Fraction(23, 40)
    assert not found.passed


def test_a_rating_in_another_dimension_puts_it_at_stake() -> None:
    risky = a_choice("a", "good", rates={Dimension.RISK: Rating.BAN})
    scenario = small(risky)
    found = result(scenario, step(scenario, begin(scenario), "a"))
    assert found.dimensions == {Dimension.POLICY: 1, Dimension.RISK: 0}
    assert not found.forbidden


PASSING = {
    ("yes", "right"): True,
    ("no",): False,  # the ending is bad
    ("banned",): False,  # forbidden, though it ends well
    ("fair", "right"): True,
    ("bad", "bad2"): False,  # too little
}


@pytest.mark.parametrize("road", PASSING)
def test_a_walk_passes_with_enough_marks_a_good_end_and_nothing_forbidden(
    road: tuple[str, ...],
) -> None:
    scenario = small(
        a_choice("banned", "good", Rating.BAN),
        a_choice("fair", "two", Rating.FAIR),
        a_choice("bad", "two", Rating.BAD),
    )
    two = scenario.nodes[1]
    more = replace(two, choices=(*two.choices, a_choice("bad2", "good", Rating.BAD)))
    scenario = replace(scenario, nodes=(scenario.nodes[0], more))
    state = replayed(scenario, begin(scenario), road)
    assert is_over(scenario, state)
    assert result(scenario, state).passed is PASSING[road]


def test_a_walk_that_has_not_ended_has_not_passed() -> None:
    scenario = small()
    assert not result(scenario, step(scenario, begin(scenario), "yes")).passed
    assert result(scenario, begin(scenario)).score == 0


def test_one_may_begin_at_any_node_to_try_it() -> None:
    scenario = small()
    assert begin(scenario, at="two").at == "two"
