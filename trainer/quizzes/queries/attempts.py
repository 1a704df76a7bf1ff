"""Attempts as their taker sees them."""

from __future__ import annotations

import html
from collections.abc import Collection
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.publishing import queries as publishing
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.attempts import Attempt
from trainer.quizzes.domain.attempts import Saved
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.letters import to_letters
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.quiz import Navigation
from trainer.quizzes.domain.quiz import Review
from trainer.quizzes.domain.taking import EXAMINER
from trainer.quizzes.domain.taking import AskedItem
from trainer.quizzes.domain.taking import Paper
from trainer.quizzes.domain.taking import line_of
from trainer.quizzes.domain.taking import practice_name
from trainer.quizzes.domain.types.base import Face
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.queries.opening import OpenBank
from trainer.quizzes.queries.opening import open_banks
from trainer.topics import queries as topics


def paper(session: Session, key: int, at: datetime, *, reader: Actor) -> Paper:
    """Give an attempt to its taker, whatever its state; nothing in it is an answer.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    row = own_attempt(session, key, reader=reader)
    items = papers(session, [row.id])
    banks = open_banks(session, {item.revision_id for item in items})
    asked = attempt_of(row)
    return Paper(
        attempt=row.id,
        quiz=row.quiz,
        title=title_of(session, row),
        mode=Mode(row.mode),
        navigation=Navigation(row.navigation),
        review=Review(row.review),
        state=asked.state,
        began_at=row.began_at,
        due_at=row.due_at,
        left=asked.left(at),
        place=row.place,
        edit=row.edit,
        items=tuple(asked_items(row, items, banks)),
    )


def own_attempt(session: Session, key: int, *, reader: Actor) -> AttemptRow:
    """Give the row of an attempt to its taker.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    row = session.get(AttemptRow, key)
    if row is None or row.person_id != reader.person:
        raise NotFoundError(N_("没有这份答卷，或者它不是您的"))
    return row


def papers(session: Session, keys: Sequence[int]) -> list[PaperRow]:
    """Give the questions of attempts, in their order."""
    if not keys:
        return []
    query = select(PaperRow).where(PaperRow.attempt_id.in_(keys))
    ordered = query.order_by(PaperRow.attempt_id, PaperRow.position)
    return [*session.scalars(ordered)]


def attempt_of(row: AttemptRow, *items: PaperRow) -> Attempt:
    """Give a row as its rules know it, with the saves of some questions."""
    return Attempt(
        began_at=row.began_at,
        limit=None if row.limit_seconds is None else timedelta(0, row.limit_seconds),
        closes_at=row.closes_at,
        state=State(row.state),
        ended_at=row.ended_at,
        answers={
            item.position: Saved(tuple(item.answer), item.number)
            for item in items
            if item.number
        },
    )


def title_of(session: Session, row: AttemptRow) -> str:
    """Give what an attempt is called, whoever asks: its taker has begun it."""
    if row.revision_id is None:
        return practice_names(session, {row.quiz})[row.quiz]
    found = publishing.revision(session, row.revision_id, reader=EXAMINER)
    return found.header.title


def practice_names(session: Session, quizzes: Collection[str]) -> dict[str, str]:
    """Give what attempts are called that have no quiz; others are left out."""
    found = {each: name for each in quizzes if (name := practice_name(each))}
    placed = {each: line for each in quizzes if (line := line_of(each))}
    if not placed:
        return found
    names = {line.code: line.name for line in topics.topics(session).lines}
    told = {
        each: N_("摸底测验：{line}", line=names.get(line, line))
        for each, line in placed.items()
    }
    return found | told


def face_of(item: PaperRow, bank: OpenBank) -> Face:
    """Give what a taker sees of a question; the stem is safe HTML.

    What was drawn goes into that HTML, so it is escaped.
    """
    question = bank.questions[item.item]
    drawn = tuple(html.escape(value) for value in item.drawn)
    return question.body.face(bank.html[item.item], drawn)


def given_of(item: PaperRow, face: Face) -> Answer:
    """Give the answer that is kept, in letters or words."""
    return to_letters(face, tuple(item.answer))


def asked_items(
    row: AttemptRow, items: Sequence[PaperRow], banks: dict[int, OpenBank]
) -> list[AskedItem]:
    """Give the questions of a paper as they are shown; nothing in them is an answer."""
    told: set[tuple[int, str]] = set()
    found = []
    for item in items:
        bank = banks[item.revision_id]
        question = bank.questions[item.item]
        story = question.case.id if question.case else ""
        face = face_of(item, bank)
        found.append(
            AskedItem(
                position=item.position,
                type=question.type,
                face=face,
                story=bank.html[story] if story else "",
                tells_story=bool(story) and (item.revision_id, story) not in told,
                given=given_of(item, face),
                flagged=item.flagged,
                marks=item.marks,
                number=item.number,
                is_shown=item.checked_at is not None,
                is_passed=row.navigation == Navigation.FORWARD
                and item.position < row.place,
            )
        )
        told.add((item.revision_id, story))
    return found
