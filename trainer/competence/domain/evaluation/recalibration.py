"""Two numbers that make forecasts honest: ``log-odds := a + b log-odds``.

Fitted on forecasts that were logged before their answers, never on a second look at
the same answers: there the model knows too much, and the numbers came out worse.

Source: Platt, Probabilistic outputs for support vector machines, 1999; the prior keeps
few forecasts from saying much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trainer.competence.domain.evaluation.logs import Floats

PRIOR_DEVIATION = 0.3
"""Of both numbers around 0 and 1."""

LEAST, MOST = 500, 5000
"""Below so many logged forecasts nothing is changed; the latest so many count."""

STEPS = 25
NEAR = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What was believed before an answer.

    Attributes:
        odds: Log-odds of knowing.
        guess: Chance to look right without knowing.
        slip: Chance to look wrong in spite of knowing.
    """

    odds: float
    guess: float = 0.0
    slip: float = 0.0


@dataclass(frozen=True, slots=True)
class Recalibration:
    """``odds := a + b odds``."""

    a: float = 0.0
    b: float = 1.0

    def chances(self, forecasts: Sequence[Forecast]) -> Floats:
        """Give the chances of right answers, 0..1."""
        odds, guess, slip = _columns(forecasts)
        known = 1 / (1 + np.exp(-(self.a + self.b * odds)))
        chances: Floats = guess + (1 - guess - slip) * known
        return chances


UNCHANGED = Recalibration()


def recalibration(forecasts: Sequence[Forecast], outcomes: Floats) -> Recalibration:
    """Fit the two numbers to logged forecasts, oldest first, by Fisher scoring."""
    if len(forecasts) < LEAST:
        return UNCHANGED
    odds, guess, slip = _columns(forecasts[-MOST:])
    right, span = outcomes[-MOST:], 1 - guess - slip
    basis = np.stack([np.ones_like(odds), odds])
    prior, middle = np.eye(2) / PRIOR_DEVIATION**2, np.array([0.0, 1.0])
    found = middle.copy()
    for _ in range(STEPS):
        known = 1 / (1 + np.exp(-(found @ basis)))
        likely = np.clip(guess + span * known, NEAR, 1 - NEAR)
        slope = span * known * (1 - known)
        spread = likely * (1 - likely)
        score = basis @ ((right - likely) * slope / spread) - prior @ (found - middle)
        step = np.linalg.solve((basis * (slope**2 / spread)) @ basis.T + prior, score)
        found = found + step
        if np.abs(step).max() < NEAR:
            break
    return Recalibration(float(found[0]), float(found[1]))


def _columns(forecasts: Sequence[Forecast]) -> tuple[Floats, Floats, Floats]:
    rows = np.array([(f.odds, f.guess, f.slip) for f in forecasts], np.float64)
    odds, guess, slip = rows.reshape(-1, 3).T
    return odds, guess, slip
