"""How models are compared: learn from some people, forecast the others, in turns.

People are divided into folds. A model learns from all folds but one, in one pass
through their answers in the order of time; then what it knows of questions is frozen,
and it forecasts each answer of the people left out from those they gave before. So no
answer of a person was seen before that person was forecast.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from trainer.competence.domain.constants import DEFAULTS
from trainer.competence.domain.constants import Constants
from trainer.competence.domain.evaluation.elo import elo
from trainer.competence.domain.evaluation.forward import forward
from trainer.competence.domain.evaluation.logs import Answer
from trainer.competence.domain.evaluation.logs import Floats
from trainer.competence.domain.evaluation.logs import chosen
from trainer.competence.domain.evaluation.logs import folds
from trainer.competence.domain.evaluation.logs import of
from trainer.competence.domain.evaluation.logs import outcomes
from trainer.competence.domain.evaluation.metrics import Bin
from trainer.competence.domain.evaluation.metrics import Scores
from trainer.competence.domain.evaluation.metrics import bins
from trainer.competence.domain.evaluation.metrics import mean_scores
from trainer.competence.domain.evaluation.metrics import scores
from trainer.competence.domain.evaluation.simple import item_mean
from trainer.competence.domain.evaluation.tracing import tracing
from trainer.core.errors import TrainerError
from trainer.core.wording import N_


class ModelName(StrEnum):
    """The models that are compared, as programs read them."""

    ITEM_MEAN = "item_mean"
    BKT = "bkt"
    ELO = "elo"
    LEDGER = "ledger"
    RECALIBRATED = "ledger_recalibrated"


class TooLittleError(TrainerError):
    """The log has too few people, or only right or only wrong answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a comparison is made.

    Attributes:
        folds: Parts the people are divided into, 2 or more.
        people: Learn from so many people of each fold's others at most, None is all:
            what a small centre would have.
        seed: What chance is drawn from.
        constants: Those of our model.
    """

    folds: int = 5
    people: int | None = None
    seed: int = 1
    constants: Constants = DEFAULTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How good one model is.

    Attributes:
        scores: Means over the folds.
        table: Reliability over all forecasts of all folds.
    """

    scores: Scores
    table: tuple[Bin, ...]


Steps = Callable[[Sequence[frozenset[str]]], Iterable[frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Part:
    """One fold: what came, and what each model had said."""

    truth: Floats
    said: Mapping[ModelName, Floats]


def compared(
    answers: Sequence[Answer],
    plan: Plan,
    steps: Steps = iter,
) -> dict[ModelName, Result]:
    """Compare all models on a log.

    Args:
        answers: The log, oldest first.
        plan: How.
        steps: Shown the folds as they pass.

    Raises:
        TooLittleError: fewer people than folds, or a fold without a right or without
            a wrong answer.
    """
    divided = folds(answers, plan.folds, plan.seed)
    if not all(divided):
        raise TooLittleError(
            N_("人数比折数（{n}）还少，分不开；请减少折数", n=plan.folds)
        )
    parts = [_part(answers, fold, plan) for fold in steps(divided)]
    truth = np.concatenate([part.truth for part in parts])
    return {
        name: Result(
            scores=mean_scores([scores(part.truth, part.said[name]) for part in parts]),
            table=tuple(bins(truth, np.concatenate([p.said[name] for p in parts]))),
        )
        for name in ModelName
    }


def _part(answers: Sequence[Answer], fold: frozenset[str], plan: Plan) -> Part:
    others = [answer for answer in answers if answer.person not in fold]
    known = of(others, chosen(others, plan.people, plan.seed))
    asked = of(answers, fold)
    truth = outcomes(asked)
    if truth.min() == truth.max():
        raise TooLittleError(
            N_("有一折的作答全对或全错，比不出好坏；请换更大的文件，或减少折数")
        )
    ours = forward(plan.constants, known, asked)
    said = {
        ModelName.ITEM_MEAN: item_mean(known, asked),
        ModelName.BKT: tracing(known, asked),
        ModelName.ELO: elo(known, asked),
        ModelName.LEDGER: ours.plain,
        ModelName.RECALIBRATED: ours.recalibrated,
    }
    return Part(truth, said)
