"""Metrics beside small cases worked by hand."""

from __future__ import annotations

from itertools import product
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.competence.domain.evaluation.metrics import Scores
from trainer.competence.domain.evaluation.metrics import auc
from trainer.competence.domain.evaluation.metrics import bins
from trainer.competence.domain.evaluation.metrics import calibration_error
from trainer.competence.domain.evaluation.metrics import log_loss
from trainer.competence.domain.evaluation.metrics import mean_scores
from trainer.competence.domain.evaluation.metrics import scores

TRUTH = np.array([0.0, 1.0, 0.0, 1.0])
SAID = np.array([0.2, 0.4, 0.6, 0.9])


def test_four_answers_by_hand() -> None:
    """Pairs right above wrong: 3 of 4; squares .04 .36 .36 .01."""
    found = scores(TRUTH, SAID)
    assert found.auc == pytest.approx(3 / 4)
    assert found.brier == pytest.approx((0.04 + 0.36 + 0.36 + 0.01) / 4)
    assert found.log_loss == pytest.approx(
        -(log(0.8) + log(0.4) + log(0.4) + log(0.9)) / 4
    )
    assert found.calibration == pytest.approx((0.2 + 0.6 + 0.6 + 0.1) / 4)


def test_equal_forecasts_share_their_pairs() -> None:
    assert auc(TRUTH, np.full(4, 0.7)) == pytest.approx(0.5)
    assert auc(TRUTH, np.array([0.2, 0.2, 0.1, 0.9])) == pytest.approx(3.5 / 4)


@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from([0.1, 0.3, 0.3001, 0.8])),
        min_size=2,
        max_size=30,
    ).filter(lambda pairs: len({right for right, _ in pairs}) == 2)
)
@settings(deadline=None)
def test_the_area_is_the_share_of_pairs_in_order(
    pairs: list[tuple[bool, float]],
) -> None:
    right = [p for r, p in pairs if r]
    wrong = [p for r, p in pairs if not r]
    won = [(p > q) + 0.5 * (p == q) for p, q in product(right, wrong)]
    truth = np.array([float(r) for r, _ in pairs])
    said = np.array([p for _, p in pairs])
    assert auc(truth, said) == pytest.approx(sum(won) / len(won))


def test_a_certain_mistake_is_dear_and_finite() -> None:
    assert 10 < log_loss(np.array([0.0]), np.array([1.0])) < 20


def test_bins_are_of_one_size_and_in_order() -> None:
    truth = np.array([0.0, 1.0, 1.0, 1.0, 0.0])
    said = np.array([0.9, 0.1, 0.2, 0.8, 0.3])
    low, high = bins(truth, said, 2)
    assert (low.count, high.count) == (3, 2)
    assert low.forecast == pytest.approx(0.2)
    assert low.share == pytest.approx(2 / 3)
    assert high.share == pytest.approx(0.5)
    error = (3 * abs(0.2 - 2 / 3) + 2 * abs(0.85 - 0.5)) / 5
    assert calibration_error([low, high]) == pytest.approx(error)


def test_fewer_answers_than_bins_give_fewer_bins() -> None:
    assert len(bins(TRUTH, SAID, 10)) == 4


def test_the_mean_of_folds_is_plain() -> None:
    one = Scores(auc=0.6, log_loss=0.5, brier=0.2, calibration=0.01)
    other = Scores(auc=0.8, log_loss=0.7, brier=0.4, calibration=0.03)
    found = mean_scores([one, other])
    assert found.auc == pytest.approx(0.7)
    assert found.calibration == pytest.approx(0.02)
