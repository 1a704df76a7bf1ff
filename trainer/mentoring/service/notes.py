"""Reflections and questions, and the answers of mentors."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.mentoring import queries
from trainer.mentoring.domain.notes import AnsweredError
from trainer.mentoring.domain.notes import NewNote
from trainer.mentoring.domain.notes import NoteKind
from trainer.mentoring.domain.notes import NotYourAnswerError
from trainer.mentoring.domain.notes import NotYourNoteError
from trainer.mentoring.domain.notes import kept_words
from trainer.mentoring.domain.weeks import week_of
from trainer.mentoring.models import MentoringNoteRow
from trainer.people import service as people


def write(session: Session, told: NewNote, *, by: Actor, at: datetime) -> int:
    """Write to one's mentor; the same form a second time is one note.

    Returns:
        Its key.

    Raises:
        NotFoundError: there is no such secondment for this person.
        NotYourNoteError: somebody else's.
        NothingWrittenError: there are no words.
    """
    on, row = day_of(at), MentoringNoteRow
    pair = queries.pair(session, told.secondment, on, reader=by)
    if not pair.is_own:
        raise NotYourNoteError
    words = kept_words(told.words)
    people.hold_person(session, by.person)
    known = select(row.id).where(row.secondment_id == pair.key, row.once == told.once)
    if (key := session.scalar(known)) is not None:
        return key
    made = row(
        secondment_id=pair.key,
        kind=told.kind,
        week=week_of(pair.begins_on, on),
        words=words,
        once=told.once,
        written_at=at,
        answer="",
    )
    session.add(made)
    session.flush()
    _note(session, made.id, "written", told.kind, by=by, at=at)
    return made.id


def answer(session: Session, key: int, words: str, *, by: Actor, at: datetime) -> int:
    """Answer a question, or say something to a reflection; gives the secondment.

    Raises:
        NotFoundError: there is no such note for this person.
        NotYourAnswerError: he does not train its author.
        AnsweredError: it has an answer.
        NothingWrittenError: there are no words.
    """
    row = session.get(MentoringNoteRow, key)
    if row is None:
        raise NotFoundError(N_("没有这条记录"))
    pair = queries.pair(session, row.secondment_id, day_of(at), reader=by)
    if not pair.reads_words:
        raise NotFoundError(N_("没有这条记录"))
    if not pair.is_mentor:
        raise NotYourAnswerError
    told = kept_words(words)
    people.hold_person(session, pair.person)
    session.refresh(row)
    if row.answer:
        raise AnsweredError
    row.answer, row.answered_by, row.answered_at = told, by.person, at
    session.flush()
    _note(session, key, "answered", NoteKind(row.kind), by=by, at=at)
    return pair.key


def _note(
    session: Session, key: int, act: str, kind: NoteKind, *, by: Actor, at: datetime
) -> None:
    entry = Entry(
        person=by.person,
        verb=f"mentoring_note.{act}",
        object=f"mentoring_note/{key}",
        detail=kind,
    )
    audit.record(session, entry, at=at)
