"""Texts of banks and quizzes, read once: an approved text never changes.

What is kept is known by the digest of its text, so it is right for any database and
after any change; the oldest goes when there are too many.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Generic
from typing import TypeVar

from sqlalchemy.orm import Session

from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.quizzes.domain import bank as banks
from trainer.quizzes.domain import quiz as quizzes
from trainer.quizzes.domain.manuscripts import WHY
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.quiz import Quiz
from trainer.quizzes.domain.taking import EXAMINER

T = TypeVar("T")

MOST_BANKS = 300
"""Banks kept open: some 100 kB each."""


@dataclass(frozen=True, slots=True)
class OpenBank:
    """The questions of a text by id, and their safe HTML by section."""

    questions: Mapping[str, Question]
    html: Mapping[str, str]

    def explanation(self, item: str) -> str:
        """Give the safe HTML of why a question is answered so."""
        return self.html[item + WHY]


class _Kept(Generic[T]):
    """The values made last, by key; threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[str, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str, make: Callable[[], T]) -> T:
        """Give a value, made if it is not there; two threads may both make it."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            self._values[key] = value
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        return value


_BANKS: _Kept[OpenBank] = _Kept(MOST_BANKS)
_QUIZZES: _Kept[Quiz] = _Kept(MOST_BANKS)


def open_banks(session: Session, keys: Collection[int]) -> dict[int, OpenBank]:
    """Open texts of banks by key of the revision, whoever asks.

    What is shown of them is up to the caller: takers see no answers.
    """
    revisions = publishing.revisions(session, keys, reader=EXAMINER)
    return {key: open_bank(session, found) for key, found in revisions.items()}


def open_bank(session: Session, revision: Revision) -> OpenBank:
    """Open one text of a bank, a draft too."""
    return _BANKS.get(revision.content_hash, lambda: _read_bank(session, revision))


def open_quiz(session: Session, revision: Revision) -> Quiz:
    """Open one text of a quiz, a draft too."""
    return _QUIZZES.get(revision.content_hash, lambda: _read_quiz(session, revision))


def _read_bank(session: Session, revision: Revision) -> OpenBank:
    bank = banks.parse(publishing.text(session, revision)).bank
    assert bank is not None  # noqa: S101  (it was read when it was saved)
    sections = publishing.sections(session, revision)
    return OpenBank(
        questions={question.id: question for question in bank.questions},
        html={section.id: section.html for section in sections},
    )


def _read_quiz(session: Session, revision: Revision) -> Quiz:
    quiz = quizzes.parse(publishing.text(session, revision)).quiz
    assert quiz is not None  # noqa: S101  (likewise)
    return quiz
