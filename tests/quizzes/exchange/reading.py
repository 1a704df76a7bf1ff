"""What the tests of imports share: rows, defaults, and what is wrong, in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.commands import REPOSITORY
from trainer.quizzes.domain.answers import Drawn
from trainer.quizzes.domain.exchange.drafts import Defaults
from trainer.quizzes.domain.exchange.drafts import Read
from trainer.quizzes.domain.question import Question

FIXTURES = REPOSITORY / "tests" / "quizzes" / "exchange" / "fixtures"

NOTHING = Defaults()
DEFAULTS = Defaults(
    competency="P5",
    line="withdraw",
    difficulty="2",
    asks="rule",
    explanation="见条例。",
    cites=("rent-withdrawal#answer",),
)


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    cells: tuple[str, ...]


def fixture(name: str) -> Path:
    return FIXTURES / name


def told(read: Read) -> list[str]:
    """Give everything that is wrong, in words."""
    faults = [*read.faults, *(fault for d in read.drafts for fault in d.faults)]
    return [str(fault.told) for fault in faults]


def solutions(read: Read) -> list[tuple[str, tuple[str, ...]]]:
    """Give the type of each question and its right answer in words."""
    assert told(read) == []
    return [(q.type, q.body.solution(_unshuffled(q)).words) for q in read.questions]


def _unshuffled(question: Question) -> Drawn:
    return question.body.draw(lambda most: most - 1, shuffle=False)
