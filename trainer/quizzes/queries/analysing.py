"""What the answers say about a quiz, and about a question in all quizzes.

Only first attempts that are graded to the end count, whoever took them. Nothing here
has a name or a key of a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import Row
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import DeniedError
from trainer.core.wording import N_
from trainer.publishing.domain.revision import Revision
from trainer.publishing.models import RevisionRow
from trainer.quizzes.domain.analysis import Analysis
from trainer.quizzes.domain.analysis import analysed
from trainer.quizzes.domain.analysis.items import ItemStatistics
from trainer.quizzes.domain.analysis.sheets import FIRST
from trainer.quizzes.domain.analysis.sheets import Item
from trainer.quizzes.domain.analysis.sheets import Outcome
from trainer.quizzes.domain.analysis.sheets import Sheet
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.regrading import Asked
from trainer.quizzes.domain.regrading import Edition
from trainer.quizzes.domain.regrading import Given
from trainer.quizzes.domain.regrading import Ruled
from trainer.quizzes.domain.showing import Marked
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.queries.opening import open_bank
from trainer.quizzes.queries.opening import open_banks
from trainer.quizzes.queries.opening import open_quiz
from trainer.quizzes.queries.outcomes import quiz_text
from trainer.quizzes.queries.questions import editions
from trainer.quizzes.queries.questions import others
from trainer.quizzes.queries.questions import shown
from trainer.quizzes.queries.rulings import rulings
from trainer.quizzes.queries.withheld import must_be_told

ANALYSE = frozenset({Permission.EDIT, Permission.APPROVE, Permission.SUPERVISE})
"""Who improves questions, or has to judge a quiz."""


Answered = Row[*tuple[Any, ...]]
"""An answer, as it is read from the database."""


@dataclass(frozen=True, slots=True)
class QuizAnalysis:
    """What is known of a quiz, with its questions as they were asked."""

    revision: Revision
    pass_percent: int
    analysis: Analysis
    questions: Mapping[Item, Question]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAnalysis:
    """What is known of a question in one of its wordings.

    Attributes:
        edition: The wording.
        editions: All its wordings, the newest first.
        shown: The question as takers see it, with what is right.
        statistics: Over all quizzes; None while nobody has answered.
        rulings: What was ruled on this wording, the last one first.
        others: Answers that are not right, to accept some; only for who rules.
        quizzes: Slug and title of the quizzes in which it was asked.
    """

    edition: Edition
    editions: Sequence[Edition]
    shown: Marked
    statistics: ItemStatistics | None
    rulings: Sequence[Ruled]
    others: Sequence[Given]
    quizzes: Sequence[tuple[str, str]]


def must_analyse(reader: Actor) -> None:
    """Stop here unless the reader may see analyses.

    Raises:
        DeniedError: he may not.
    """
    if not ANALYSE & reader.permissions:
        raise DeniedError(N_("题目分析由编辑、审批人和主管查看"))


def quiz_analysis(session: Session, slug: str, *, reader: Actor) -> QuizAnalysis:
    """Analyse a quiz.

    Raises:
        DeniedError: the reader may not see analyses.
        NotFoundError: there is no such quiz, or not for this reader.
    """
    must_analyse(reader)
    revision = quiz_text(session, slug, reader=reader)
    percent = open_quiz(session, revision).pass_percent
    rows = _answers(session, AttemptRow.quiz == slug)
    questions = _questions(session, rows)
    found = analysed(_sheets(rows), questions, pass_percent=percent)
    return QuizAnalysis(revision, percent, found, questions)


def question_analysis(
    session: Session, bank: str, item: str, wording: str, at: datetime, *, reader: Actor
) -> QuestionAnalysis:
    """Analyse a question over all quizzes; without a wording the newest one.

    Who met the question in several quizzes counts once, by the first.

    Raises:
        DeniedError: the reader may not see analyses.
        NotFoundError: there is no such question.
        SittingError: the reader has it in an exam of his own.
    """
    must_analyse(reader)
    must_be_told(session, Place(bank, item), at, reader=reader)
    on = day_of(at)
    known = editions(session, bank, item, on)
    chosen = next((each for each in known if each.asked.wording == wording), known[0])
    ruled = rulings(session, chosen.asked)
    standing = ruled[0].ruling if ruled else None
    rules = reader.may(Permission.APPROVE)
    return QuestionAnalysis(
        edition=chosen,
        editions=known,
        shown=shown(session, chosen, on, reader=reader),
        statistics=_statistics(session, chosen),
        rulings=ruled,
        others=others(session, chosen, standing) if rules else (),
        quizzes=_quizzes(session, chosen.asked),
    )


def _statistics(session: Session, edition: Edition) -> ItemStatistics | None:
    asked = edition.asked
    first = (
        select(func.min(AttemptRow.id))
        .join(PaperRow, PaperRow.attempt_id == AttemptRow.id)
        .where(*_counts(), *_is(asked))
        .group_by(AttemptRow.person_id)
    )
    rows = _answers(session, AttemptRow.id.in_(first))
    item = Item(Place(asked.bank, asked.item), asked.wording)
    question = open_bank(session, edition.text).questions[asked.item]
    found = analysed(_sheets(rows), {item: question}, pass_percent=0).items
    return next((each for each in found if each.item == item), None)


def _quizzes(session: Session, asked: Asked) -> list[tuple[str, str]]:
    rows = session.execute(
        select(AttemptRow.quiz, func.max(RevisionRow.title))
        .join(PaperRow, PaperRow.attempt_id == AttemptRow.id)
        .join(RevisionRow, RevisionRow.id == AttemptRow.revision_id)
        .where(*_is(asked))
        .group_by(AttemptRow.quiz)
        .order_by(AttemptRow.quiz)
    )
    return [(slug, title) for slug, title in rows]


def _is(asked: Asked) -> tuple[ColumnElement[bool], ...]:
    return (
        PaperRow.bank == asked.bank,
        PaperRow.item == asked.item,
        PaperRow.wording == asked.wording,
    )


def _counts() -> tuple[ColumnElement[bool], ...]:
    """Say which attempts count; practices made for one person do not."""
    return (
        AttemptRow.number == FIRST,
        AttemptRow.state == State.GRADED,
        AttemptRow.revision_id.is_not(None),
    )


def _answers(session: Session, which: ColumnElement[bool]) -> Sequence[Answered]:
    """Give the answers of the attempts that count, by attempt."""
    row = PaperRow
    return session.execute(
        select(
            *(row.attempt_id, row.revision_id, row.bank, row.item, row.wording),
            *(row.share, row.is_void, row.marks, row.answer, row.seconds),
        )
        .join(AttemptRow, AttemptRow.id == row.attempt_id)
        .where(which, *_counts())
        .order_by(row.attempt_id, row.position)
    ).all()


def _sheets(rows: Iterable[Answered]) -> Iterable[Sheet]:
    """Give the answers as sheets; who a sheet is of is not told."""
    for key, own in groupby(rows, lambda row: row.attempt_id):
        yield Sheet(person=key, number=FIRST, outcomes=tuple(map(_outcome, own)))


def _outcome(row: Answered) -> Outcome:
    has_share = row.share and not row.is_void
    return Outcome(
        item=_item(row),
        share=Fraction(row.share) if has_share else None,
        marks=Decimal(row.marks),
        given=tuple(row.answer),
        seconds=row.seconds or None,
    )


def _item(row: Answered) -> Item:
    return Item(Place(row.bank, row.item), row.wording)


def _questions(session: Session, rows: Sequence[Answered]) -> dict[Item, Question]:
    """Give the questions of some answers as they were asked."""
    banks = open_banks(session, {row.revision_id for row in rows})
    return {_item(row): banks[row.revision_id].questions[row.item] for row in rows}
