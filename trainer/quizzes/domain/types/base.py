"""What every type of question can do; a new type is one entry of the registry.

See docs/how-to/add-a-question-type.md.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import Protocol

from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.answers import Drawn
from trainer.quizzes.domain.rules import Rule
from trainer.topics.domain.outline import Record
from trainer.topics.domain.outline_text import Written


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its key in the question, and its words."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What a taker sees of a question; nothing in it tells the answer.

    Attributes:
        stem: What is asked, Markdown.
        choices: What is ticked, put in order, or given a partner.
        targets: The partners of a matching question.
        blanks: How many places are to be filled in.
        unit: Unit of the number that is asked for.
        rule: Name of the rule of scoring, empty where there is nothing to add up.
    """

    stem: str
    choices: tuple[Choice, ...] = ()
    targets: tuple[Choice, ...] = ()
    blanks: int = 0
    unit: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """What is shown when answers may be shown.

    Attributes:
        answer: The right answer, in the form of an answer.
        words: The same in words, one line for each part.
        whys: Why a choice is wrong, by its key.
    """

    answer: Answer
    words: tuple[str, ...]
    whys: Mapping[str, str] = field(default_factory=dict)


class Body(Protocol):
    """The part of a question that only its type understands."""

    def draw(self, dice: Dice, *, shuffle: bool) -> Drawn:
        """Let chance decide what differs from taker to taker."""

    def face(self, stem: str, drawn: Drawn) -> Face:
        """Give what a taker sees."""

    def read(self, given: Sequence[str], drawn: Drawn) -> Answer:
        """Give what the browser sent as an answer, in its one form.

        Raises:
            BadAnswerError: it is no answer to this question.
        """

    def score(self, answer: Answer, drawn: Drawn) -> Fraction | None:
        """Give the share of the full mark; None when a person must grade it."""

    @property
    def guess(self) -> float:
        """Chance to be right without knowing, 0 to below 1."""

    def solution(self, drawn: Drawn) -> Solution:
        """Give the right answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a type may want to know of its question while it is read."""

    stem: str
    on: date | None


def ruled(rule: Rule, usual: Rule) -> dict[str, Written]:
    """Write a rule of scoring, unless it is the one that holds unsaid."""
    return {} if rule is usual else {"rule": rule.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """An entry of the registry.

    Attributes:
        code: As it is written in a bank.
        name: As people call it.
        keys: Keys of a question that this type reads.
        read: Reads them; None when there are mistakes, which the record keeps.
        write: Gives them back as they are written: what ``read`` makes of them is the
            body again. It is asked only for bodies of its own.
    """

    code: str
    name: str
    keys: tuple[str, ...]
    read: Callable[[Record, Asked], Body | None]
    write: Callable[[Body], Mapping[str, Written]]
