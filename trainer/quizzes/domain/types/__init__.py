"""The types of questions; who adds one adds it here."""

from __future__ import annotations

from collections.abc import Mapping

from trainer.quizzes.domain.types.base import Type
from trainer.quizzes.domain.types.deciding import TRUE_FALSE
from trainer.quizzes.domain.types.filling import BLANKS
from trainer.quizzes.domain.types.matching import MATCH
from trainer.quizzes.domain.types.numbers import NUMBER_TYPE
from trainer.quizzes.domain.types.ordering import ORDER
from trainer.quizzes.domain.types.ticking import MATERIALS
from trainer.quizzes.domain.types.ticking import MULTIPLE
from trainer.quizzes.domain.types.ticking import SINGLE
from trainer.quizzes.domain.types.writing import ESSAY

TYPES: Mapping[str, Type] = {
    each.code: each
    for each in (
        SINGLE,
        MULTIPLE,
        TRUE_FALSE,
        BLANKS,
        NUMBER_TYPE,
        ORDER,
        MATCH,
        MATERIALS,
        ESSAY,
    )
}
"""All types by code; a case (案例) is no type of its own, see :mod:`..question`."""
