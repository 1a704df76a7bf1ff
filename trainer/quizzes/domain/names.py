"""What people call the codes of questions and quizzes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.core.wording import N_
from trainer.publishing.domain.lifecycle import STATUS_NAMES
from trainer.publishing.domain.lifecycle import Status
from trainer.quizzes.domain import QUESTIONS
from trainer.quizzes.domain import QUIZ
from trainer.quizzes.domain.question import Asks
from trainer.quizzes.domain.types import TYPES

KIND_NAMES = {QUESTIONS: N_("题库"), QUIZ: N_("测验")}
HINTS = {
    QUESTIONS: N_("一组题目，每题都写明依据；条款变了，引用它的题会进待复核"),
    QUIZ: N_("怎么考、考哪些题：固定几道，或按能力项和难度随机抽"),
}
DIFFICULTY_NAMES = {1: N_("易"), 2: N_("中"), 3: N_("难")}
ASKS_NAMES = {
    Asks.RECALL: N_("记一个事实"),
    Asks.RULE: N_("用一条规定"),
    Asks.CASE: N_("判断一个案子"),
}
TYPE_NAMES = {code: kind.name for code, kind in TYPES.items()}


@dataclass(frozen=True, slots=True)
class Names:
    """All of them, for a page."""

    kinds: Mapping[str, str]
    types: Mapping[str, str]
    difficulties: Mapping[int, str]
    asks: Mapping[Asks, str]
    status: Mapping[Status, str]


NAMES = Names(
    kinds=KIND_NAMES,
    types=TYPE_NAMES,
    difficulties=DIFFICULTY_NAMES,
    asks=ASKS_NAMES,
    status=STATUS_NAMES,
)
