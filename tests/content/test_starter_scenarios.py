"""The scenarios of the starter pack: not to be passed by a trick, nor by heart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest

from tests.commands import REPOSITORY
from trainer.scenarios.domain.engine import NotOfferedError
from trainer.scenarios.domain.engine import begin
from trainer.scenarios.domain.engine import replayed
from trainer.scenarios.domain.engine import result
from trainer.scenarios.domain.linting import linted
from trainer.scenarios.domain.reading import parse
from trainer.scenarios.domain.scenario import Choice
from trainer.scenarios.domain.scenario import Rating
from trainer.scenarios.domain.scenario import Scenario
from trainer.scenarios.domain.strategies import STRATEGIES
from trainer.scenarios.domain.strategies import walked

FILES = sorted((REPOSITORY / "content" / "scenarios").glob("*.yaml"))
FEWEST, FEWEST_NODES = 12, 10


def read(name: str) -> Scenario:
    path = REPOSITORY / "content" / "scenarios" / name
    found = parse(path.read_text("utf-8"))
    assert found.mistakes == ()
    assert found.scenario
    return found.scenario


@pytest.fixture(params=[path.name for path in FILES])
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return read(request.param)


def best(choices: Sequence[Choice]) -> Choice:
    """Take the best one, the first of several: who knows his business."""
    return min(choices, key=lambda choice: [*Rating].index(choice.rating))


def test_there_are_enough() -> None:
    assert len(FILES) >= FEWEST


def test_it_is_long_enough(scenario: Scenario) -> None:
    assert len(scenario.nodes) >= FEWEST_NODES


def test_nothing_is_found_in_it(scenario: Scenario) -> None:
    assert linted(scenario).warnings == ()


def test_no_trick_passes_it(scenario: Scenario) -> None:
    passed = {
        (code, case)
        for code, strategy in STRATEGIES.items()
        for case in scenario.case_ids
        if result(scenario, walked(scenario, case, strategy)).passed
    }
    assert passed == set()


def test_who_knows_his_business_passes_it(scenario: Scenario) -> None:
    for case in scenario.case_ids:
        assert result(scenario, walked(scenario, case, best)).passed


def test_the_same_opening_words_want_other_answers_when_the_facts_differ(
    scenario: Scenario,
) -> None:
    """What was right in one case, said again in another, fails somewhere."""
    assert len(scenario.case_ids) > 1
    assert any(
        not by_heart(scenario, known, other)
        for known, other in permutations(scenario.case_ids, 2)
    )


def by_heart(scenario: Scenario, known: str, other: str) -> bool:
    """Tell whether the best walk of one case passes another."""
    learned = [taken.choice for taken in walked(scenario, known, best).taken]
    try:
        end = replayed(scenario, begin(scenario, other), learned)
    except NotOfferedError:
        return False
    return result(scenario, end).passed
