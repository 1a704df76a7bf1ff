"""The few functions of probability that the model needs."""

from __future__ import annotations

from math import erf
from math import exp
from math import log
from math import pi
from math import sqrt

SPREAD = pi / 8
"""Of the probit approximation: averaging a logistic over a Gaussian of variance V
divides its argument by sqrt(1 + SPREAD V). Source: MacKay, The evidence framework
applied to classification networks, 1992."""

BAND = 1.2816
"""Standard deviations either side of the mean that hold 80 %."""


def sigmoid(x: float) -> float:
    """Give 1 / (1 + e^-x), for any x."""
    if x >= 0:
        return 1 / (1 + exp(-x))
    e = exp(x)
    return e / (1 + e)


def logit(p: float) -> float:
    """Give the log-odds of p, 0 < p < 1."""
    return log(p / (1 - p))


def averaged(mean: float, variance: float) -> float:
    """Give the mean of a logistic whose argument is Gaussian."""
    return sigmoid(mean / sqrt(1 + SPREAD * variance))


def normal(z: float) -> float:
    """Give the share of a standard Gaussian below z."""
    return 0.5 * (1 + erf(z / sqrt(2)))
