"""简答: words, graded by a person with key points."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from trainer.core.wording import N_
from trainer.quizzes.domain.answers import LONGEST_WORDS
from trainer.quizzes.domain.answers import NO_ANSWER
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.answers import Drawn
from trainer.quizzes.domain.rules import NOTHING
from trainer.quizzes.domain.types.base import Asked
from trainer.quizzes.domain.types.base import Body
from trainer.quizzes.domain.types.base import Face
from trainer.quizzes.domain.types.base import Solution
from trainer.quizzes.domain.types.base import Type
from trainer.topics.domain.outline import Record
from trainer.topics.domain.outline_text import Written


@dataclass(frozen=True, slots=True)
class Point:
    """A key point and the marks it gives."""

    text: str
    marks: Decimal


@dataclass(frozen=True, slots=True)
class Writing:
    """Key points that a good answer has; an answer is one text."""

    points: tuple[Point, ...]

    def draw(self, dice: Dice, *, shuffle: bool) -> Drawn:  # noqa: ARG002  (as all types)
        """Leave nothing to chance."""
        return ()

    def face(self, stem: str, drawn: Drawn) -> Face:  # noqa: ARG002  (likewise)
        """Show the stem only: points are the answer."""
        return Face(stem=stem)

    def read(self, given: Sequence[str], drawn: Drawn) -> Answer:  # noqa: ARG002  (likewise)
        """Take one text."""
        words = "\n".join(given).strip()
        if len(words) > LONGEST_WORDS:
            raise BadAnswerError(N_("最多写 {most} 个字", most=LONGEST_WORDS))
        return (words,) if words else NO_ANSWER

    def score(self, answer: Answer, drawn: Drawn) -> Fraction | None:  # noqa: ARG002  (likewise)
        """Leave it to a person; nothing written is worth nothing."""
        return None if answer else NOTHING

    @property
    def guess(self) -> float:
        """Chance to be right without knowing."""
        return 0.02

    def solution(self, drawn: Drawn) -> Solution:  # noqa: ARG002  (likewise)
        """Give the key points."""
        words = tuple(f"{point.text}（{point.marks}）" for point in self.points)
        return Solution(answer=NO_ANSWER, words=words)


def _read(record: Record, _asked: Asked) -> Writing:
    points = tuple(
        Point(point.text("text"), point.number("marks"))
        for point in record.records("points", ("text", "marks"))
    )
    if any(point.marks <= 0 for point in points):
        record.wrong(N_("每个得分点的分值应大于 0"), "points")
    return Writing(points)


def _write(body: Body) -> Mapping[str, Written]:
    assert isinstance(body, Writing)  # noqa: S101  (its own body)
    points = [
        {"text": point.text, "marks": f"{point.marks:f}"} for point in body.points
    ]
    return {"points": points}


ESSAY = Type(code="essay", name=N_("简答"), keys=("points",), read=_read, write=_write)
