"""How models are compared, and what makes forecasts honest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.competence.evaluation.answers import answer
from tests.competence.evaluation.answers import rows
from trainer.competence.domain.constants import DEFAULTS
from trainer.competence.domain.evaluation.forward import forward
from trainer.competence.domain.evaluation.forward import passed
from trainer.competence.domain.evaluation.logs import Floats
from trainer.competence.domain.evaluation.protocol import ModelName
from trainer.competence.domain.evaluation.protocol import Plan
from trainer.competence.domain.evaluation.protocol import TooLittleError
from trainer.competence.domain.evaluation.protocol import compared
from trainer.competence.domain.evaluation.recalibration import LEAST
from trainer.competence.domain.evaluation.recalibration import UNCHANGED
from trainer.competence.domain.evaluation.recalibration import Forecast
from trainer.competence.domain.evaluation.recalibration import recalibration
from trainer.competence.domain.evaluation.synthetic import Recipe
from trainer.competence.domain.evaluation.synthetic import made_up
from trainer.competence.domain.ledger import Ledger

WORLD = made_up(Recipe(people=40, answers=30, skills=3), 1)
BEST = Plan(folds=3)


def overconfident(many: int, guess: float = 0.0) -> tuple[list[Forecast], Floats]:
    """Forecasts whose odds are twice as far from even as they should be."""
    random = np.random.default_rng(3)
    odds = random.normal(0, 2, many)
    chances = guess + (1 - guess) / (1 + np.exp(-odds / 2))
    truth = (random.random(many) < chances).astype(float)
    return [Forecast(odds=float(each), guess=guess) for each in odds], truth


@pytest.mark.parametrize("guess", [0.0, 0.25])
def test_recalibration_finds_what_was_done_to_forecasts(guess: float) -> None:
    found = recalibration(*overconfident(5000, guess))
    assert found.a == pytest.approx(0, abs=0.1)
    assert found.b == pytest.approx(0.5, abs=0.06)


def test_few_forecasts_change_nothing() -> None:
    forecasts, truth = overconfident(LEAST)
    assert recalibration(forecasts[1:], truth[1:]) == UNCHANGED
    assert recalibration(forecasts, truth) != UNCHANGED


def test_the_prior_holds_back_what_few_forecasts_say() -> None:
    few = recalibration(*overconfident(LEAST)).b
    assert 0.5 < few < 1


def test_only_the_latest_forecasts_count() -> None:
    forecasts, truth = overconfident(5000)
    older = [replace(each, odds=-each.odds) for each in forecasts]
    joined = recalibration(older + forecasts, np.concatenate([truth, truth]))
    assert joined == recalibration(forecasts, truth)


def test_unchanged_gives_the_chances_of_the_ledger() -> None:
    ledger = Ledger()
    person = ledger.newcomer()
    seen = WORLD.answers[0].seen
    said = UNCHANGED.chances(passed(ledger, WORLD.answers[:1]))
    assert said[0] == pytest.approx(ledger.predict(person, seen))


def test_a_forecast_knows_nothing_of_its_own_answer_nor_of_later_ones() -> None:
    log = rows(("z", (1, 0, 1, 1, 0, 1)))
    turned = [
        *log[:3],
        *(answer("z", 1 - a.outcome, item=a.seen.item) for a in log[3:]),
    ]
    one = forward(DEFAULTS, WORLD.answers, log).plain
    other = forward(DEFAULTS, WORLD.answers, turned).plain
    assert list(one[:4]) == list(other[:4])
    assert list(one[4:]) != list(other[4:])


def test_people_asked_teach_nothing_about_questions() -> None:
    alone = forward(DEFAULTS, WORLD.answers, rows(("z", (1, 1))))
    crowd = rows(("y", (0, 0)), ("x", (0, 0)), ("z", (1, 1)))
    assert list(alone.plain) == list(forward(DEFAULTS, WORLD.answers, crowd).plain[-2:])


def test_all_models_are_compared_on_the_same_answers_and_alike_each_time() -> None:
    found = compared(WORLD.answers, BEST)
    assert set(found) == set(ModelName)
    for result in found.values():
        assert sum(each.count for each in result.table) == len(WORLD.answers)
        assert 0.5 < result.scores.auc < 1
    assert found == compared(WORLD.answers, BEST)


def test_in_a_world_as_the_ledger_believes_it_is_the_best() -> None:
    found = compared(WORLD.answers, BEST)
    best = min(found, key=lambda name: found[name].scores.log_loss)
    assert best in {ModelName.LEDGER, ModelName.RECALIBRATED}


def test_fewer_people_to_learn_from_forecast_worse() -> None:
    few = compared(WORLD.answers, replace(BEST, people=3))
    all_of_them = compared(WORLD.answers, BEST)
    for name in (ModelName.ITEM_MEAN, ModelName.LEDGER):
        assert few[name].scores.log_loss > all_of_them[name].scores.log_loss


def test_the_folds_are_shown_as_they_pass() -> None:
    shown: list[frozenset[str]] = []

    def steps(parts: Sequence[frozenset[str]]) -> Sequence[frozenset[str]]:
        shown.extend(parts)
        return parts

    compared(WORLD.answers[:300], BEST, steps)
    assert len(shown) == 3


def test_too_few_people_and_one_kind_of_answer_are_refused() -> None:
    with pytest.raises(TooLittleError, match="人数比折数（5）还少"):
        compared(rows(("a", (1, 0)), ("b", (0, 1))), Plan())
    all_right = rows(*((f"p{n}", (1, 1)) for n in range(9)))
    with pytest.raises(TooLittleError, match="全对或全错"):
        compared(all_right, Plan())
