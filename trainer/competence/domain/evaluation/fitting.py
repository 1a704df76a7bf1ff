"""Finding constants: a coordinate search by chance, judged by people not learned from.

Constant after constant, in an order drawn anew each round, is made larger and smaller
by a factor; what lowers the log loss of the forecasts is kept. Factors shrink round by
round. Nothing fine: eighteen numbers that all matter a little need no more, and what
is found cannot be far from where it began.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import replace
from math import isfinite
from random import Random
from statistics import fmean

from trainer.competence.domain.constants import DEFAULTS
from trainer.competence.domain.constants import Constants
from trainer.competence.domain.evaluation.forward import passed
from trainer.competence.domain.evaluation.logs import Answer
from trainer.competence.domain.evaluation.logs import inner
from trainer.competence.domain.evaluation.logs import outcomes
from trainer.competence.domain.evaluation.metrics import log_loss
from trainer.competence.domain.evaluation.recalibration import UNCHANGED
from trainer.competence.domain.ledger import Ledger
from trainer.core.errors import TrainerError
from trainer.core.wording import N_

SEARCHED = (
    "mean",
    "person",
    "skill",
    "familiarity",
    "question",
    "competency",
    "gain_right",
    "gain_wrong",
    "met_right",
    "met_wrong",
    "skill_noise",
    "person_noise",
    "familiarity_noise",
    "drift",
    "forgetting",
    "losing",
    "pace",
)
"""What answers say something of; what reading teaches and facets they do not."""

FACTORS = (1.6, 1.3, 1.15)
"""Of the first round, the second, the third and all later ones."""


class ConstantsError(TrainerError):
    """Constants that cannot be, or not be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What was found.

    Attributes:
        constants: The constants.
        before: Log loss with those it began from.
        after: Log loss with those found, never more.
        tried: Sets of constants that were tried.
    """

    constants: Constants
    before: float
    after: float
    tried: int


Steps = Callable[[Sequence[int]], Iterable[int]]


def fitted(
    logs: Sequence[Sequence[Answer]],
    *,
    names: Sequence[str] = SEARCHED,
    rounds: int = 2,
    seed: int = 1,
    start: Constants = DEFAULTS,
    steps: Steps = iter,
) -> Fitted:
    """Find constants for logs, each oldest first and of two people at least.

    Args:
        logs: What to fit to; each counts the same, however long it is.
        names: The constants to search, some of :data:`SEARCHED`.
        rounds: How often each constant is tried both ways, 1 or more.
        seed: What chance is drawn from.
        start: Where to begin.
        steps: Shown the numbers of the constants as they are tried.

    Raises:
        ConstantsError: a log of one person.
    """
    divided = [inner(log) for log in logs]
    if not all(known for known, _ in divided):
        raise ConstantsError(N_("至少要有两个人的作答，才能找常数"))
    random = Random(seed)  # noqa: S311  (no secret)
    order = [name for _ in range(rounds) for name in random.sample(names, len(names))]
    best, tried = start, 1
    before = least = loss(best, divided)
    for place in steps(range(len(order))):
        turn = min(place // len(names), len(FACTORS) - 1)
        for factor in (FACTORS[turn], 1 / FACTORS[turn]):
            name = order[place]
            other = replace(best, **{name: getattr(best, name) * factor})
            found = loss(other, divided)
            tried += 1
            if found < least:
                best, least = other, found
                break
    return Fitted(constants=best, before=before, after=least, tried=tried)


def loss(
    constants: Constants, logs: Sequence[tuple[Sequence[Answer], Sequence[Answer]]]
) -> float:
    """Give the mean log loss of forecasts: learned from the first, asked the second."""
    found = []
    for known, asked in logs:
        learning = Ledger(constants, learns=True)
        passed(learning, known)
        forecasts = passed(Ledger(constants, learning.questions), asked)
        found.append(log_loss(outcomes(asked), UNCHANGED.chances(forecasts)))
    return fmean(found)


def constants_of(values: Mapping[str, object]) -> Constants:
    """Give constants from names and numbers; what is not named stays as it is.

    Raises:
        ConstantsError: a name that is none, or a value that cannot be.
    """
    known = asdict(DEFAULTS)
    for name, value in values.items():
        if name not in known:
            raise ConstantsError(
                N_("没有叫“{name}”的常数，请对照 docs/competence.md", name=name)
            )
        if not _can_be(name, value):
            raise ConstantsError(
                N_("常数“{name}”不能是 {value}", name=name, value=str(value))
            )
        known[name] = value
    return Constants(**known)


def _can_be(name: str, value: object) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    free = name in {"mean", "facet_mean"}
    least = value > 0 if name == "pace" else value >= 0
    return isfinite(value) and (free or least)
