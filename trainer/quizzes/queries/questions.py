"""A question through its wordings, for those who look after it; with what is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.publishing import queries as publishing
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.revision import Revision
from trainer.quizzes.domain import QUESTIONS
from trainer.quizzes.domain.listing import Listed
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.regrading import Asked
from trainer.quizzes.domain.regrading import Edition
from trainer.quizzes.domain.regrading import Given
from trainer.quizzes.domain.regrading import not_right
from trainer.quizzes.domain.regrading import takes_others
from trainer.quizzes.domain.rulings import Ruling
from trainer.quizzes.domain.showing import Marked
from trainer.quizzes.domain.taking import EXAMINER
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.queries.attempts import asked_items
from trainer.quizzes.queries.opening import open_bank
from trainer.quizzes.queries.overseen import OVER
from trainer.quizzes.queries.pool import listed_in
from trainer.quizzes.queries.showing import solution_of
from trainer.quizzes.queries.showing import sources_of

WAS_SHOWN = frozenset({Status.APPROVED, Status.WITHDRAWN})
"""Texts of which a taker may have been asked something."""

MOST_GIVEN = 50
"""Different answers from which one chooses what to accept."""


def question_asked(session: Session, asked: Asked) -> Question:
    """Give a question as it was asked in one wording.

    Raises:
        NotFoundError: there is none.
    """
    for listed, revision in _wordings(session, asked.bank, asked.item):
        if listed.wording == asked.wording:
            return open_bank(session, revision).questions[asked.item]
    raise NotFoundError(N_("没有这道题"))


def editions(session: Session, bank: str, item: str, on: date) -> list[Edition]:
    """Give the wordings of a question, the newest first.

    Raises:
        NotFoundError: there is no such question.
    """
    found = list(_wordings(session, bank, item))
    if not found:
        raise NotFoundError(N_("没有这道题"))
    held = publishing.in_force(
        session, on, reader=EXAMINER, slugs=[bank], kinds=[QUESTIONS]
    )
    current = {each.wording for r in held for each in listed_in(r) if each.id == item}
    rows = session.execute(
        select(PaperRow.wording, func.count())
        .join(AttemptRow, AttemptRow.id == PaperRow.attempt_id)
        .where(PaperRow.bank == bank, PaperRow.item == item)
        .where(AttemptRow.state.in_(OVER))
        .group_by(PaperRow.wording)
    )
    counts = {wording: count for wording, count in rows}  # noqa: C416  (a row is no pair)
    newest: dict[str, tuple[Listed, Revision]] = {}
    first: dict[str, Revision] = {}
    for listed, revision in found:
        newest.setdefault(listed.wording, (listed, revision))
        first[listed.wording] = revision  # the oldest comes last
    return [
        Edition(
            asked=Asked(bank, item, wording),
            name=listed.name,
            since=first[wording].effective_from,
            number=len(newest) - place,
            is_current=wording in current,
            answers=counts.get(wording, 0),
            text=revision,
        )
        for place, (wording, (listed, revision)) in enumerate(newest.items())
    ]


def edition(session: Session, bank: str, item: str, wording: str, on: date) -> Edition:
    """Give one wording of a question, the newest when there is no such one.

    Raises:
        NotFoundError: there is no such question.
    """
    known = editions(session, bank, item, on)
    return next((each for each in known if each.asked.wording == wording), known[0])


def shown(session: Session, edition: Edition, on: date, *, reader: Actor) -> Marked:
    """Give a question as takers see it, with what is right and what it rests on."""
    revision, asked = edition.text, edition.asked
    bank = open_bank(session, revision)
    question = bank.questions[asked.item]
    item = PaperRow(
        position=1,
        revision_id=revision.id,
        bank=asked.bank,
        item=asked.item,
        wording=asked.wording,
        marks=f"{question.marks:f}",
        drawn=[*question.body.draw(lambda _: 0, shuffle=False)],
        answer=[],
        number=0,
        flagged=False,
    )
    row = AttemptRow(navigation="free", place=1)
    banks = {revision.id: bank}
    shown_item = asked_items(row, [item], banks)[0]
    return Marked(
        asked=shown_item,
        place=f"{asked.bank}#{asked.item}",
        solution=solution_of(item, bank, shown_item),
        why=bank.explanation(asked.item),
        share=None,
        earned=None,
        is_void=False,
        sources=sources_of(session, [item], banks, on, reader=reader)[1],
        corrections=(),
    )


def others(session: Session, edition: Edition, standing: Ruling | None) -> list[Given]:
    """Give the answers that do not get the full mark, the commonest first.

    From them somebody chooses which to accept; of questions that take others only.
    """
    asked = edition.asked
    question = open_bank(session, edition.text).questions[asked.item]
    if not takes_others(question):
        return []
    rows = session.scalars(
        select(PaperRow.answer)
        .join(AttemptRow, AttemptRow.id == PaperRow.attempt_id)
        .where(PaperRow.bank == asked.bank, PaperRow.item == asked.item)
        .where(PaperRow.wording == asked.wording, AttemptRow.state.in_(OVER))
    )
    return not_right(question, map(tuple, rows), standing)[:MOST_GIVEN]


def _wordings(
    session: Session, bank: str, item: str
) -> Iterator[tuple[Listed, Revision]]:
    """Go through the texts that have a question, the newest first."""
    for revision in publishing.versions(session, reader=EXAMINER, slug=bank):
        if revision.kind == QUESTIONS and revision.status in WAS_SHOWN:
            for listed in listed_in(revision):
                if listed.id == item:
                    yield listed, revision
