"""排序: items are put in order."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial
from string import ascii_lowercase

from trainer.core.wording import N_
from trainer.quizzes.domain import rules
from trainer.quizzes.domain.answers import NO_ANSWER
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.answers import Drawn
from trainer.quizzes.domain.answers import shuffled
from trainer.quizzes.domain.rules import NOTHING
from trainer.quizzes.domain.rules import Rule
from trainer.quizzes.domain.types.base import Asked
from trainer.quizzes.domain.types.base import Body
from trainer.quizzes.domain.types.base import Choice
from trainer.quizzes.domain.types.base import Face
from trainer.quizzes.domain.types.base import Solution
from trainer.quizzes.domain.types.base import Type
from trainer.quizzes.domain.types.base import ruled
from trainer.topics.domain.outline import Record
from trainer.topics.domain.outline_text import Written

FEWEST, MOST = 3, 8
"""Items of a question."""


@dataclass(frozen=True, slots=True)
class Ordering:
    """Items in the right order; an answer is all their keys in another.

    The order shown is drawn even where a quiz shuffles no options: in the right order
    the question would be its own answer.
    """

    items: tuple[Choice, ...]
    rule: Rule

    def draw(self, dice: Dice, *, shuffle: bool) -> Drawn:  # noqa: ARG002  (see the class)
        """Let chance order the items, in any order but the right one."""
        right = self._keys()
        drawn = tuple(shuffled(right, dice))
        return (*drawn[1:], drawn[0]) if drawn == right else drawn

    def face(self, stem: str, drawn: Drawn) -> Face:
        """Show the items in the order drawn."""
        texts = {item.key: item for item in self.items}
        choices = tuple(texts[key] for key in drawn)
        return Face(stem=stem, choices=choices, rule=rules.RULE_NAMES[self.rule])

    def read(self, given: Sequence[str], drawn: Drawn) -> Answer:
        """Take all the keys, each once."""
        told = tuple(given)
        if not any(told):
            return NO_ANSWER
        if sorted(told) != sorted(drawn):
            raise BadAnswerError(N_("每一项都要排，而且只排一次"))
        return told

    def score(self, answer: Answer, drawn: Drawn) -> Fraction:  # noqa: ARG002  (as all types)
        """Compare the order with the right one."""
        return rules.order(answer, self._keys(), self.rule) if answer else NOTHING

    @property
    def guess(self) -> float:
        """Chance to be right without knowing."""
        return 1 / factorial(len(self.items))

    def solution(self, drawn: Drawn) -> Solution:  # noqa: ARG002  (likewise)
        """Give the right order."""
        return Solution(
            answer=self._keys(), words=tuple(item.text for item in self.items)
        )

    def _keys(self) -> tuple[str, ...]:
        return tuple(item.key for item in self.items)


def _read(record: Record, _asked: Asked) -> Ordering:
    texts = [text.words for text in record.texts("items")]
    if not FEWEST <= len(texts) <= MOST or len(set(texts)) < len(texts):
        told = N_("“items”要有 {least} 到 {most} 项，各不相同", least=FEWEST, most=MOST)
        record.wrong(told, "items")
    items = tuple(map(Choice, ascii_lowercase, texts))
    return Ordering(items, record.choice("rule", (Rule.ALL, Rule.PAIRS), Rule.PAIRS))


def _write(body: Body) -> Mapping[str, Written]:
    assert isinstance(body, Ordering)  # noqa: S101  (its own body)
    items = [item.text for item in body.items]
    return {"items": items} | ruled(body.rule, Rule.PAIRS)


ORDER = Type(
    code="order",
    name=N_("排序"),
    keys=("items", "rule"),
    read=_read,
    write=_write,
)
