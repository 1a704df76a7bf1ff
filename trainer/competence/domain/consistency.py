"""The service-consistency index: do two windows give the same, correct answer?

The same question is asked at several windows; answers are sorted into classes, one of
them right. The index is the probability that two random windows are both right, not an
agreement beyond chance: where nearly everybody is right, Fleiss' kappa is near zero.

Source of the estimators: unbiased Gini-Simpson, Simpson, Measurement of diversity,
1949; jackknife over windows, Efron, 1982. Interval on the logit scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from trainer.competence.domain.chances import logit
from trainer.competence.domain.chances import sigmoid

LEAST_WINDOWS, LEAST_QUESTIONS = 10, 30
"""Below these the interval is too wide to publish."""

CONFIDENT = 1.96
"""Standard deviations of a 95 % interval."""

EDGE = 1e-3
"""An index keeps this far from 0 and 1 when its interval is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One question asked at windows: what each answered.

    Attributes:
        question: What was asked.
        right: The class that is right.
        answers: Class of the answer, by window.
        weight: Share of such questions in the traffic, > 0.
    """

    question: str
    right: str
    answers: Mapping[str, str]
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The index of a set of probes.

    Attributes:
        value: Probability that two windows are both right, 0..1.
        low: Lower end of the 95 % interval.
        high: Upper end of it.
        wrong_alike: Probability that two windows give the same wrong answer: the
            article is at fault.
        scattered: Probability that two windows differ: training is.
        windows: Windows asked.
        questions: Questions asked at two windows or more.
    """

    value: float
    low: float
    high: float
    wrong_alike: float
    scattered: float
    windows: int
    questions: int

    @property
    def may_be_published(self) -> bool:
        """Whether enough was asked."""
        return self.windows >= LEAST_WINDOWS and self.questions >= LEAST_QUESTIONS


@dataclass(frozen=True, slots=True)
class Pairs:
    """Probabilities for two random windows at one question."""

    right: float
    alike: float


def pairs(probe: Probe) -> Pairs | None:
    """Give them without bias; None where fewer than two windows were asked."""
    counts: dict[str, int] = {}
    for answer in probe.answers.values():
        counts[answer] = counts.get(answer, 0) + 1
    total = len(probe.answers)
    if total < 2:  # noqa: PLR2004  (a pair)
        return None
    every = total * (total - 1)
    n = counts.get(probe.right, 0)
    alike = sum(k * (k - 1) for k in counts.values()) / every
    return Pairs(n * (n - 1) / every, alike)


def index(probes: Sequence[Probe]) -> Index | None:
    """Give the index of some probes; None where no question was asked twice."""
    found = _mean(probes)
    if found is None:
        return None
    windows = sorted({window for probe in probes for window in probe.answers})
    error = sqrt(_of_windows(probes, windows) + _of_questions(probes))
    low, high = _interval(found.right, error)
    asked = [probe for probe in probes if pairs(probe)]
    return Index(
        value=found.right,
        low=low,
        high=high,
        wrong_alike=found.alike - found.right,
        scattered=1 - found.alike,
        windows=len(windows),
        questions=len(asked),
    )


def forecast(chances: Sequence[float]) -> float:
    """Give the index expected of people who are right with these probabilities.

    Without probes, from the ledger; needs two people at least, else it is 0.
    """
    n = len(chances)
    if n < 2:  # noqa: PLR2004  (a pair)
        return 0.0
    total = sum(chances)
    return (total * total - sum(p * p for p in chances)) / (n * (n - 1))


def between(probes: Sequence[Probe], one: Sequence[str], other: Sequence[str]) -> float:
    """Give the probability that two channels are both right, 0 when nothing is known.

    Args:
        probes: The probes.
        one: Windows of the one channel.
        other: Those of the other.
    """
    total = weight = 0.0
    for probe in probes:
        shares = [_share(probe, windows) for windows in (one, other)]
        if None not in shares:
            total += probe.weight * (shares[0] or 0.0) * (shares[1] or 0.0)
            weight += probe.weight
    return total / weight if weight else 0.0


def _share(probe: Probe, windows: Sequence[str]) -> float | None:
    given = [probe.answers[w] for w in windows if w in probe.answers]
    return given.count(probe.right) / len(given) if given else None


def _mean(probes: Sequence[Probe]) -> Pairs | None:
    told = [(probe.weight, found) for probe in probes if (found := pairs(probe))]
    weight = sum(w for w, _ in told)
    if not weight:
        return None
    return Pairs(
        sum(w * found.right for w, found in told) / weight,
        sum(w * found.alike for w, found in told) / weight,
    )


def _of_windows(probes: Sequence[Probe], windows: Sequence[str]) -> float:
    """Give the variance that comes of which windows were asked: the jackknife."""
    values = []
    for window in windows:
        less = [
            Probe(
                question=probe.question,
                right=probe.right,
                answers={w: a for w, a in probe.answers.items() if w != window},
                weight=probe.weight,
            )
            for probe in probes
        ]
        if found := _mean(less):
            values.append(found.right)
    if not values:
        return 0.0
    middle = sum(values) / len(values)
    return (len(values) - 1) / len(values) * sum((v - middle) ** 2 for v in values)


def _of_questions(probes: Sequence[Probe]) -> float:
    """Give the variance that comes of which questions were asked."""
    values = [found.right for probe in probes if (found := pairs(probe))]
    if len(values) < 2:  # noqa: PLR2004  (a variance)
        return 0.0
    middle = sum(values) / len(values)
    return sum((v - middle) ** 2 for v in values) / (len(values) - 1) / len(values)


def _interval(value: float, error: float) -> tuple[float, float]:
    inside = min(max(value, EDGE), 1 - EDGE)
    reach = CONFIDENT * error / (inside * (1 - inside))
    return sigmoid(logit(inside) - reach), sigmoid(logit(inside) + reach)
