"""填空: places in the stem are filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from trainer.core.wording import N_
from trainer.quizzes.domain import rules
from trainer.quizzes.domain.answers import NO_ANSWER
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.answers import Drawn
from trainer.quizzes.domain.answers import plain
from trainer.quizzes.domain.rules import Rule
from trainer.quizzes.domain.types.base import Asked
from trainer.quizzes.domain.types.base import Body
from trainer.quizzes.domain.types.base import Face
from trainer.quizzes.domain.types.base import Solution
from trainer.quizzes.domain.types.base import Type
from trainer.quizzes.domain.types.base import ruled
from trainer.topics.domain.outline import Record
from trainer.topics.domain.outline_text import Written

PLACE = re.compile(r"\{\{(\d+)\}\}")
"""A place in the stem, counted from 1."""

LONGEST = 100
"""Characters of what is filled in."""


@dataclass(frozen=True, slots=True)
class Filling:
    """For each place the wordings that count; an answer has a text for each."""

    blanks: tuple[tuple[str, ...], ...]
    rule: Rule

    def draw(self, dice: Dice, *, shuffle: bool) -> Drawn:  # noqa: ARG002  (as all types)
        """Leave nothing to chance."""
        return ()

    def face(self, stem: str, drawn: Drawn) -> Face:  # noqa: ARG002  (likewise)
        """Show the stem with its places."""
        rule = rules.RULE_NAMES[self.rule] if len(self.blanks) > 1 else ""
        return Face(stem=stem, blanks=len(self.blanks), rule=rule)

    def read(self, given: Sequence[str], drawn: Drawn) -> Answer:  # noqa: ARG002  (likewise)
        """Take a text for each place; empty ones may stand between."""
        told = tuple(words.strip() for words in given)
        if not any(told):
            return NO_ANSWER
        if len(told) != len(self.blanks):
            raise BadAnswerError(N_("要填 {n} 处；请刷新页面再答", n=len(self.blanks)))
        if max(map(len, told)) > LONGEST:
            raise BadAnswerError(N_("每处不超过 {most} 个字", most=LONGEST))
        return told

    def score(self, answer: Answer, drawn: Drawn) -> Fraction:  # noqa: ARG002  (likewise)
        """Compare each place with its wordings, see :func:`.answers.plain`."""
        told = answer or ("",) * len(self.blanks)
        right = [
            plain(words) in {plain(known) for known in wordings}
            for words, wordings in zip(told, self.blanks, strict=True)
        ]
        return rules.parts(right, self.rule)

    @property
    def guess(self) -> float:
        """Chance to be right without knowing."""
        return 0.02

    def solution(self, drawn: Drawn) -> Solution:  # noqa: ARG002  (likewise)
        """Give the first wording of each place as the answer, all of them in words."""
        return Solution(
            answer=tuple(wordings[0] for wordings in self.blanks),
            words=tuple(" / ".join(wordings) for wordings in self.blanks),
        )


def _read(record: Record, asked: Asked) -> Filling | None:
    blanks = record.lists("blanks")
    rule = record.choice("rule", (Rule.ALL, Rule.EACH), Rule.EACH)
    places = [int(number) for number in PLACE.findall(asked.stem)]
    if places != list(range(1, len(blanks) + 1)):
        told = N_(
            "题干里的空应依次写作 {first} 到 {last}，和“blanks”一样多",
            first="{{1}}",
            last=f"{{{{{len(blanks)}}}}}",
        )
        record.wrong(told, "blanks")
    if not all(plain(words) for wordings in blanks for words in wordings):
        record.wrong(N_("“blanks”里有空白的写法"), "blanks")
    return Filling(blanks, rule) if blanks and all(blanks) else None


def _write(body: Body) -> Mapping[str, Written]:
    assert isinstance(body, Filling)  # noqa: S101  (its own body)
    return {"blanks": body.blanks} | ruled(body.rule, Rule.EACH)


BLANKS = Type(
    code="blanks",
    name=N_("填空"),
    keys=("blanks", "rule"),
    read=_read,
    write=_write,
)
