"""Made-up worlds: is what is believed what is true?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import log
from statistics import fmean

import numpy as np
import pytest

from trainer.competence.domain.constants import DEFAULTS
from trainer.competence.domain.evaluation.fitting import SEARCHED
from trainer.competence.domain.evaluation.fitting import ConstantsError
from trainer.competence.domain.evaluation.fitting import constants_of
from trainer.competence.domain.evaluation.fitting import fitted
from trainer.competence.domain.evaluation.forward import passed
from trainer.competence.domain.evaluation.honesty import Honesty
from trainer.competence.domain.evaluation.honesty import honesty
from trainer.competence.domain.evaluation.metrics import bins
from trainer.competence.domain.evaluation.metrics import calibration_error
from trainer.competence.domain.evaluation.metrics import log_loss
from trainer.competence.domain.evaluation.synthetic import Recipe
from trainer.competence.domain.evaluation.synthetic import Shape
from trainer.competence.domain.evaluation.synthetic import made_up
from trainer.competence.domain.ledger import Ledger

SEEDS = range(5)
LARGE = made_up(Recipe(people=100, answers=60), 1)


def found_in(recipe: Recipe) -> list[Honesty]:
    return [honesty(made_up(recipe, seed)) for seed in SEEDS]


def mean_cover(found: Sequence[Honesty]) -> float:
    return fmean(each.covered for each in found)


def test_the_same_seed_makes_the_same_world() -> None:
    small = Recipe(people=3, answers=7)
    assert made_up(small, 1) == made_up(small, 1)
    assert made_up(small, 1).answers != made_up(small, 2).answers


@pytest.mark.parametrize("shape", Shape)
def test_a_world_is_as_ordered(shape: Shape) -> None:
    world = made_up(Recipe(people=4, answers=11, skills=3, shape=shape), 1)
    days = [a.seen.day for a in world.answers]
    assert len(days) == len(world.chances) == 44
    assert days == sorted(days)
    assert world.day == days[-1]
    assert len(world.shares) == 12
    assert all(0 < share < 1 for share in world.shares.values())
    assert all(0 < chance < 1 for chance in world.chances)


@pytest.mark.parametrize("shape", Shape)
def test_the_truth_is_true(shape: Shape) -> None:
    """Answers come as often right as their chances say, in every tenth of them."""
    world = made_up(Recipe(people=100, answers=60, shape=shape), 1)
    right = np.array([a.outcome for a in world.answers])
    assert calibration_error(bins(right, np.array(world.chances))) < 0.03


def test_nobody_forecasts_better_than_the_truth() -> None:
    right = np.array([a.outcome for a in LARGE.answers])
    truth = log_loss(right, np.array(LARGE.chances))
    ledger = Ledger(learns=True)
    forecasts = [
        each.guess + (1 - each.guess - each.slip) / (1 + np.exp(-each.odds))
        for each in passed(ledger, LARGE.answers)
    ]
    assert truth < log_loss(right, np.array(forecasts)) < truth + 0.06


@pytest.mark.parametrize("recipe", [Recipe(), Recipe(people=100, answers=40)])
def test_nine_of_ten_intervals_hold_the_truth(recipe: Recipe) -> None:
    """Fifty people first: as small as a centre may be."""
    found = found_in(recipe)
    assert 0.87 <= mean_cover(found) <= 0.93
    assert abs(fmean(each.bias for each in found)) < 0.02


def test_in_another_world_the_figures_err_on_the_safe_side() -> None:
    """Fewer intervals hold the truth, and what is believed is below it."""
    found = found_in(Recipe(shape=Shape.OTHER))
    assert 0.75 < mean_cover(found) < 0.90
    assert -0.12 < fmean(each.bias for each in found) < 0


def test_more_answers_say_more() -> None:
    few, many = (honesty(made_up(Recipe(answers=n), 1)) for n in (15, 90))
    assert many.width < few.width
    assert many.error < few.error


def test_how_hard_questions_are_is_found_and_how_well() -> None:
    """Differences between questions; the zero of the scale is nobody's."""
    ledger = Ledger(learns=True)
    passed(ledger, LARGE.answers)
    parts, hard = ledger.questions.items, ledger.questions.competencies
    items = sorted(parts)
    truth = np.array([LARGE.difficulties[item] for item in items])
    found = np.array([parts[i].mean + hard[i.split("-")[0]].mean for i in items])
    deviations = np.sqrt([parts[item].variance for item in items])
    assert np.corrcoef(truth, found)[0, 1] > 0.9
    error = (found - found.mean()) - (truth - truth.mean())
    assert 0.85 < (error / deviations).std() < 1.2


@pytest.mark.parametrize(("name", "wrong"), [("person", 0.2), ("question", 3.0)])
def test_a_constant_that_was_forgotten_is_found_again(name: str, wrong: float) -> None:
    """From four times off to within a factor of two of the truth."""
    start = replace(DEFAULTS, **{name: wrong})
    world = made_up(Recipe(people=60, answers=40), 1)
    found = fitted([world.answers], names=[name], rounds=4, start=start)
    assert found.after < found.before
    truth = getattr(DEFAULTS, name)
    assert abs(log(getattr(found.constants, name) / truth)) < log(2)


def test_forgetting_is_found_where_there_is_some_and_where_there_is_none() -> None:
    """From the same start it rises in a world that forgets and falls in another."""
    values = []
    for truth in (0.0, 0.8):
        constants = replace(DEFAULTS, forgetting=truth)
        recipe = Recipe(people=60, answers=40, gap=20, constants=constants)
        world = made_up(recipe, 1)
        found = fitted([world.answers], names=["forgetting"], rounds=3)
        values.append(found.constants.forgetting)
    assert values[0] < DEFAULTS.forgetting < values[1]


def test_a_search_tries_each_constant_and_never_ends_worse() -> None:
    world = made_up(Recipe(people=12, answers=8), 1)
    found = fitted([world.answers], rounds=1)
    assert found.after <= found.before
    assert len(SEARCHED) < found.tried <= 2 * len(SEARCHED) + 1
    assert found == fitted([world.answers], rounds=1)


def test_constants_are_read_by_name() -> None:
    found = constants_of({"person": 1, "mean": -0.5})
    assert found == replace(DEFAULTS, person=1, mean=-0.5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("persons", 1.0),
        ("person", "1"),
        ("person", -0.1),
        ("person", True),
        ("pace", 0),
        ("mean", float("nan")),
    ],
)
def test_constants_that_cannot_be_are_refused(name: str, value: object) -> None:
    with pytest.raises(ConstantsError, match=name):
        constants_of({name: value})
