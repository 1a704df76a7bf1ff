"""What stands on the page for a choice: a letter by where it is shown.

Keys follow the order in which a question was written, and in an ordering question that
order is the answer. So a page gets letters, and only letters come back.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from trainer.core.wording import N_
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.types.base import Face


def to_keys(face: Face, given: Sequence[str]) -> Answer:
    """Read letters as the keys they stand for; words are left as they are.

    Raises:
        BadAnswerError: a letter that is not on the page.
    """
    keys = _keys(face)
    if not keys:
        return tuple(given)
    known = {"": "", **dict(zip(ascii_uppercase, keys, strict=False))}
    letters = [letter.strip().upper() for letter in given]
    if not set(letters) <= set(known):
        raise BadAnswerError(N_("选了题目里没有的选项；请刷新页面再答"))
    return tuple(known[letter] for letter in letters)


def to_letters(face: Face, answer: Answer) -> Answer:
    """Write an answer as the page shows it."""
    letters = {"": "", **dict(zip(_keys(face), ascii_uppercase, strict=False))}
    if len(letters) == 1:
        return answer
    return tuple(letters[key] for key in answer)


def _keys(face: Face) -> list[str]:
    """Give the keys that are chosen from, in the order shown."""
    return [choice.key for choice in face.targets or face.choices]
