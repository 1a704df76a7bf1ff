"""What takers give: one form for all types of questions.

An answer is a tuple of texts, so that keeping, comparing and counting answers needs
to know nothing of types. What each place means is said by the type; an empty tuple is
no answer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from collections.abc import Sequence
from typing import TypeVar

from trainer.core.errors import TrainerError

Answer = tuple[str, ...]
Drawn = tuple[str, ...]

Dice = Callable[[int], int]
"""Gives a number from 0 up to one below its argument: chance, handed in."""

NO_ANSWER: Answer = ()
LONGEST_WORDS = 4000
"""Characters of an answer in words."""

T = TypeVar("T")


class BadAnswerError(TrainerError):
    """What came from the browser is no answer to this question."""


def plain(words: str) -> str:
    """Give what two ways of writing the same words share.

    NFKC makes full-width signs and digits plain; case and spaces do not count.
    """
    return "".join(unicodedata.normalize("NFKC", words).split()).casefold()


def shuffled(items: Sequence[T], dice: Dice) -> list[T]:
    """Give the items in an order that chance decides, each order as likely.

    Source: Fisher and Yates; Durstenfeld (1964), algorithm 235.
    """
    order = list(items)
    for last in range(len(order) - 1, 0, -1):
        other = dice(last + 1)
        order[last], order[other] = order[other], order[last]
    return order
