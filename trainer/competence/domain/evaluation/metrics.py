"""How good forecasts of right and wrong answers are.

Sources: AUC as the probability that a right answer was forecast higher than a wrong
one, ties by half, by ranks: Hanley and McNeil, The meaning and use of the area under a
receiver operating characteristic curve, 1982. Brier, Verification of forecasts
expressed in terms of probability, 1950. Calibration error in bins of equal size:
Naeini, Cooper and Hauskrecht, Obtaining well calibrated probabilities using Bayesian
binning, 2015.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from trainer.competence.domain.evaluation.logs import Floats

BINS = 10
SMALLEST = 1e-6
"""For the log loss, a forecast keeps this far from 0 and 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """How good the forecasts of a model are.

    Attributes:
        auc: Probability that a right answer was forecast higher than a wrong one,
            0.5 is chance.
        log_loss: Mean surprise in nats, 0 or more; less is better.
        brier: Mean squared error, 0..1; less is better.
        calibration: Mean distance of forecast and truth in bins of equal size, 0..1.
    """

    auc: float
    log_loss: float
    brier: float
    calibration: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Forecasts that are near each other, and what became of them.

    Attributes:
        forecast: Mean of the forecasts, 0..1.
        share: Share of right answers, 0..1.
        count: How many, 1 or more.
    """

    forecast: float
    share: float
    count: int


def scores(outcomes: Floats, forecasts: Floats) -> Scores:
    """Compare forecasts with outcomes of 0 and 1, among which are both."""
    return Scores(
        auc=auc(outcomes, forecasts),
        log_loss=log_loss(outcomes, forecasts),
        brier=float(((forecasts - outcomes) ** 2).mean()),
        calibration=calibration_error(bins(outcomes, forecasts)),
    )


def log_loss(outcomes: Floats, forecasts: Floats) -> float:
    """Give the mean surprise, in nats."""
    kept = np.clip(forecasts, SMALLEST, 1 - SMALLEST)
    surprise = outcomes * np.log(kept) + (1 - outcomes) * np.log1p(-kept)
    return float(-surprise.mean())


def auc(outcomes: Floats, forecasts: Floats) -> float:
    """Give the area under the curve from ranks; equal forecasts share a rank."""
    _, place, equal = np.unique(forecasts, return_inverse=True, return_counts=True)
    ends = np.cumsum(equal)
    ranks = (ends - (equal - 1) / 2)[place]
    right = outcomes.sum()
    wrong = outcomes.size - right
    above = ranks[outcomes > 0].sum() - right * (right + 1) / 2
    return float(above / (right * wrong))


def bins(outcomes: Floats, forecasts: Floats, many: int = BINS) -> list[Bin]:
    """Give a table of reliability, lowest forecasts first, bins of nearly one size."""
    order = np.argsort(forecasts, kind="stable")
    return [
        Bin(
            forecast=float(forecasts[part].mean()),
            share=float(outcomes[part].mean()),
            count=part.size,
        )
        for part in np.array_split(order, many)
        if part.size
    ]


def calibration_error(table: Sequence[Bin]) -> float:
    """Give the mean distance of forecast and share, weighted by the counts."""
    total = sum(each.count for each in table)
    return sum(each.count * abs(each.forecast - each.share) for each in table) / total


def mean_scores(found: Sequence[Scores]) -> Scores:
    """Give the mean of each figure, one set of scores at least."""
    return Scores(
        auc=fmean(each.auc for each in found),
        log_loss=fmean(each.log_loss for each in found),
        brier=fmean(each.brier for each in found),
        calibration=fmean(each.calibration for each in found),
    )
