"""From the text of a bank or a quiz to a draft; publishing does the rest."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.core import document
from trainer.core.document import Document
from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.kit import markup
from trainer.publishing.domain.vocabulary import Vocabulary
from trainer.publishing.domain.vocabulary import unknown_in_header
from trainer.publishing.domain.vocabulary import unregistered
from trainer.publishing.service import Prepared
from trainer.publishing.service.changing import Owned
from trainer.quizzes.domain import KINDS
from trainer.quizzes.domain import QUIZ
from trainer.quizzes.domain import bank as banks
from trainer.quizzes.domain import quiz as quizzes
from trainer.quizzes.domain.bank import Bank
from trainer.quizzes.domain.manuscripts import Written
from trainer.quizzes.domain.manuscripts import bank_manuscript
from trainer.quizzes.domain.manuscripts import quiz_manuscript
from trainer.quizzes.domain.quiz import Quiz

EVERYTHING = Vocabulary()
"""No code is checked."""


def prepare(text: str, vocabulary: Vocabulary = EVERYTHING) -> Prepared:
    """Parse a bank or a quiz and make the safe HTML of its questions.

    Raises:
        MistakesError: the text has mistakes, each with its line.
        MarkupError: a question cannot be rendered within its limits.
    """
    written = _written(text, document.parse(text), vocabulary)
    pages = markup.render([*written.shown.values()])
    html = dict(zip(written.shown, pages, strict=True))
    return Prepared(manuscript=written.manuscript, html=html)


def _written(text: str, read: Document, vocabulary: Vocabulary) -> Written:
    wrong = unknown_in_header(read, vocabulary)
    if read.meta.get("kind") == QUIZ:
        quiz = quizzes.parse(text)
        if quiz.quiz and not wrong:
            wrong += _unknown_quotas(quiz.quiz, read, vocabulary)
        if quiz.quiz is None or wrong:
            raise MistakesError(sorted({*quiz.mistakes, *wrong}))
        return quiz_manuscript(quiz.quiz, text)
    bank = banks.parse(text)
    if bank.bank and not wrong:
        wrong += _unknown_codes(bank.bank, vocabulary)
    if bank.bank is None or wrong:
        raise MistakesError(sorted({*bank.mistakes, *wrong}))
    return bank_manuscript(bank.bank, text)


def _unknown_codes(bank: Bank, vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Find competencies and business lines of questions that nobody registered."""
    for each in bank.questions:
        if vocabulary.competencies and each.competency not in vocabulary.competencies:
            yield unregistered("competency", each.competency, each.line)
        if vocabulary.lines and each.topic not in vocabulary.lines:
            yield unregistered("line", each.topic, each.line)


def _unknown_quotas(
    quiz: Quiz, read: Document, vocabulary: Vocabulary
) -> Iterator[Mistake]:
    known = vocabulary.competencies
    for quota in quiz.draw:
        if known and quota.competency not in known:
            yield unregistered("competency", quota.competency, read.body_line)


OWN = Owned(KINDS, prepare)
"""What the forms of banks and quizzes change."""
