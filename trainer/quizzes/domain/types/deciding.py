"""判断: right or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from trainer.core.wording import N_
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.answers import Drawn
from trainer.quizzes.domain.rules import FULL
from trainer.quizzes.domain.rules import NOTHING
from trainer.quizzes.domain.types.base import Asked
from trainer.quizzes.domain.types.base import Body
from trainer.quizzes.domain.types.base import Choice
from trainer.quizzes.domain.types.base import Face
from trainer.quizzes.domain.types.base import Solution
from trainer.quizzes.domain.types.base import Type
from trainer.topics.domain.outline import Record
from trainer.topics.domain.outline_text import Written

CHOICES = (Choice("true", N_("对")), Choice("false", N_("错")))


@dataclass(frozen=True, slots=True)
class Deciding:
    """A statement; an answer is ``true`` or ``false``."""

    right: bool

    def draw(self, dice: Dice, *, shuffle: bool) -> Drawn:  # noqa: ARG002  (as all types)
        """Leave nothing to chance."""
        return ()

    def face(self, stem: str, drawn: Drawn) -> Face:  # noqa: ARG002  (likewise)
        """Show 对 before 错."""
        return Face(stem=stem, choices=CHOICES)

    def read(self, given: Sequence[str], drawn: Drawn) -> Answer:  # noqa: ARG002  (likewise)
        """Take one of the two."""
        told = tuple(words for words in given if words)
        if len(told) > 1 or not set(told) <= {choice.key for choice in CHOICES}:
            raise BadAnswerError(N_("判断题只能选“对”或“错”"))
        return told

    def score(self, answer: Answer, drawn: Drawn) -> Fraction:
        """All or nothing."""
        return FULL if answer == self.solution(drawn).answer else NOTHING

    @property
    def guess(self) -> float:
        """Chance to be right without knowing."""
        return 0.5

    def solution(self, drawn: Drawn) -> Solution:  # noqa: ARG002  (likewise)
        """Give the right one."""
        choice = CHOICES[0 if self.right else 1]
        return Solution(answer=(choice.key,), words=(choice.text,))


def _read(record: Record, _asked: Asked) -> Deciding:
    return Deciding(record.flag("answer", required=True))


def _write(body: Body) -> Mapping[str, Written]:
    assert isinstance(body, Deciding)  # noqa: S101  (its own body)
    return {"answer": "true" if body.right else "false"}


TRUE_FALSE = Type(
    code="true_false", name=N_("判断"), keys=("answer",), read=_read, write=_write
)
