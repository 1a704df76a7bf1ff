"""A question that is being written, as a taker will see it; saves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.kit import markup
from trainer.publishing.domain.entries import words_in
from trainer.publishing.domain.typed import mistakes_of_typing
from trainer.quizzes.domain.bank import CASE
from trainer.quizzes.domain.bank import read_entries
from trainer.quizzes.domain.editing import Change
from trainer.quizzes.domain.manuscripts import WHY
from trainer.quizzes.domain.proofs import Shown
from trainer.quizzes.domain.proofs import Worked
from trainer.quizzes.domain.proofs import shown
from trainer.quizzes.domain.proofs import worked
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.written import Entry
from trainer.quizzes.domain.written import text_of
from trainer.quizzes.queries.shelf import cite_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A question as it will look; not shown while it has mistakes.

    ``names`` and ``worked`` are of a parameterised question: every combination.
    """

    shown: Shown | None = None
    mistakes: tuple[Mistake, ...] = ()
    names: tuple[str, ...] = ()
    worked: tuple[Worked, ...] = ()


def preview(
    session: Session, change: Change, line: str, on: date, *, by: Actor
) -> Preview:
    """Show a question that is being written.

    Args:
        session: A session.
        change: The question, with its case.
        line: Business line of the bank.
        on: The day whose clauses are named.
        by: The editor.
    """
    by.must(Permission.EDIT)
    try:
        question = read_alone(change, line)
    except MistakesError as error:
        return Preview(mistakes=error.mistakes)
    texts = {question.id: question.stem, question.id + WHY: question.explanation}
    if question.case:
        texts[question.case.id] = question.case.stem
    html = dict(zip(texts, markup.render([*texts.values()]), strict=True))
    drawn = question.body.draw(lambda _: 0, shuffle=False)
    names = cite_names(session, [question], on, by)
    values, combinations = worked(question)
    return Preview(
        shown=shown(question, drawn, html, names),
        names=values,
        worked=combinations,
    )


def read_alone(change: Change, line: str) -> Question:
    """Read a question without its bank.

    Raises:
        MistakesError: it has mistakes.
    """
    typed = "\n".join((change.story, *words_in(change.entry)))
    if unseen := mistakes_of_typing(typed):
        raise MistakesError(unseen)
    entry: Entry = change.entry
    if change.case:
        entry = {
            "id": change.case,
            "type": CASE,
            "stem": change.story,
            "questions": [change.entry],
        }
    questions, mistakes = read_entries(text_of([entry]), line)
    if mistakes or not questions:
        raise MistakesError(mistakes)
    return questions[0]
