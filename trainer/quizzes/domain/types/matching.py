"""匹配: each thing on the left gets its partner."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_lowercase

from trainer.core.wording import N_
from trainer.quizzes.domain import rules
from trainer.quizzes.domain.answers import NO_ANSWER
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.answers import Drawn
from trainer.quizzes.domain.answers import shuffled
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

FEWEST, MOST = 2, 8
"""Pairs of a question."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Things and their partners; drawn is the order of the partners.

    An answer has the key of a partner for each thing, in the order of the things;
    empty where none was chosen. Two things may have the same partner.

    Attributes:
        lefts: The things.
        rights: All partners, also those that fit nowhere.
        right: Key of the partner of each thing.
    """

    lefts: tuple[str, ...]
    rights: tuple[Choice, ...]
    right: Answer
    rule: Rule

    def draw(self, dice: Dice, *, shuffle: bool) -> Drawn:  # noqa: ARG002  (in order they would tell)
        """Let chance order the partners."""
        return tuple(shuffled([choice.key for choice in self.rights], dice))

    def face(self, stem: str, drawn: Drawn) -> Face:
        """Show the things, and the partners in the order drawn."""
        known = {choice.key: choice for choice in self.rights}
        return Face(
            stem=stem,
            choices=tuple(Choice(str(n), left) for n, left in enumerate(self.lefts)),
            targets=tuple(known[key] for key in drawn),
            rule=rules.RULE_NAMES[self.rule],
        )

    def read(self, given: Sequence[str], drawn: Drawn) -> Answer:
        """Take a partner for each thing."""
        told = tuple(given)
        if not any(told):
            return NO_ANSWER
        if len(told) != len(self.lefts) or not set(told) <= {"", *drawn}:
            raise BadAnswerError(N_("配对和题目对不上；请刷新页面再答"))
        return told

    def score(self, answer: Answer, drawn: Drawn) -> Fraction:  # noqa: ARG002  (as all types)
        """Compare each partner."""
        told = answer or ("",) * len(self.lefts)
        right = [given == key for given, key in zip(told, self.right, strict=True)]
        return rules.parts(right, self.rule)

    @property
    def guess(self) -> float:
        """Chance to be right without knowing."""
        return 1 / len(self.rights)

    def solution(self, drawn: Drawn) -> Solution:  # noqa: ARG002  (likewise)
        """Give the right partners."""
        texts = {choice.key: choice.text for choice in self.rights}
        words = (
            f"{left} → {texts[key]}"
            for left, key in zip(self.lefts, self.right, strict=True)
        )
        return Solution(answer=self.right, words=tuple(words))


def _read(record: Record, _asked: Asked) -> Matching:
    pairs = [
        (pair.text("left"), pair.text("right"))
        for pair in record.records("pairs", ("left", "right"))
    ]
    lefts = [left for left, _ in pairs]
    if not FEWEST <= len(pairs) <= MOST or len(set(lefts)) < len(lefts):
        told = N_(
            "“pairs”要有 {least} 到 {most} 对，左边各不相同", least=FEWEST, most=MOST
        )
        record.wrong(told, "pairs")
    more = [text.words for text in record.texts("extra", required=False)]
    texts = list(dict.fromkeys([*(right for _, right in pairs), *more]))
    keys = dict(zip(texts, ascii_lowercase, strict=False))
    return Matching(
        lefts=tuple(lefts),
        rights=tuple(Choice(key, text) for text, key in keys.items()),
        right=tuple(keys[right] for _, right in pairs),
        rule=record.choice("rule", (Rule.ALL, Rule.EACH), Rule.EACH),
    )


def _write(body: Body) -> Mapping[str, Written]:
    assert isinstance(body, Matching)  # noqa: S101  (its own body)
    texts = {choice.key: choice.text for choice in body.rights}
    written: dict[str, Written] = {
        "pairs": [
            {"left": left, "right": texts[key]}
            for left, key in zip(body.lefts, body.right, strict=True)
        ]
    }
    if extra := [text for key, text in texts.items() if key not in body.right]:
        written["extra"] = extra
    return written | ruled(body.rule, Rule.EACH)


MATCH = Type(
    code="match",
    name=N_("匹配"),
    keys=("pairs", "extra", "rule"),
    read=_read,
    write=_write,
)
