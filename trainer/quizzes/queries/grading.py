"""Answers that a person grades, within whose people they are."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core import paging
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.errors import NotFoundError
from trainer.core.paging import Part
from trainer.core.wording import N_
from trainer.people.models import PersonRow
from trainer.publishing.models import RevisionRow
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.grading import Judged
from trainer.quizzes.domain.grading import ToGrade
from trainer.quizzes.domain.grading import Waiting
from trainer.quizzes.domain.listing import short
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.rulings import Act
from trainer.quizzes.domain.taking import practice_name
from trainer.quizzes.domain.types.writing import Writing
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import JudgementRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.queries.attempts import title_of
from trainer.quizzes.queries.opening import OpenBank
from trainer.quizzes.queries.opening import open_banks
from trainer.quizzes.queries.overseen import must_look_after
from trainer.quizzes.queries.overseen import overseen
from trainer.quizzes.queries.overseen import overseen_attempt
from trainer.quizzes.queries.rulings import rulings_on
from trainer.quizzes.queries.showing import marked
from trainer.quizzes.queries.withheld import must_be_told

LAST_SHOWN = 10
"""Answers one graded oneself, below the list of those that wait."""

SAME_FOR_ALL = frozenset({Act.VOID, Act.FULL})
"""Rulings under which no single answer is graded."""

ORDER = (
    *(PaperRow.bank, PaperRow.item, PaperRow.wording),
    *(AttemptRow.ended_at, AttemptRow.id, PaperRow.position),
)
"""One question for all, then the next; who handed in first comes first."""

Key = tuple[int, int]
"""An answer: its attempt and its position there."""


def waiting(session: Session, on: date, part: int, *, reader: Actor) -> Part[Waiting]:
    """Give a part of the answers that wait for this reader, one question at a time.

    Raises:
        NotGradersError: the reader looks after nobody.
    """
    must_look_after(reader)
    columns = (
        *(PaperRow, AttemptRow.quiz, AttemptRow.ended_at),
        *(RevisionRow.title, PersonRow.name, func.count().over().label("total")),
    )
    query = _waiting(select(*columns), reader, on)
    query = query.outerjoin(RevisionRow, RevisionRow.id == AttemptRow.revision_id)
    rows = session.execute(
        query.order_by(*ORDER).limit(paging.SIZE).offset(paging.offset(part))
    ).all()
    banks = open_banks(session, {row.PaperRow.revision_id for row in rows})
    found = (
        Waiting(
            attempt=row.PaperRow.attempt_id,
            position=row.PaperRow.position,
            bank=row.PaperRow.bank,
            item=row.PaperRow.item,
            wording=row.PaperRow.wording,
            name=_name(row.PaperRow, banks),
            quiz=row.title or practice_name(row.quiz),
            person=row.name,
            ended_at=row.ended_at,
        )
        for row in rows
    )
    return Part(tuple(found), part, rows[0].total if rows else 0)


def graded_lately(session: Session, on: date, *, reader: Actor) -> list[Judged]:
    """Give the answers a reader graded last, as far as they are still his to see."""
    must_look_after(reader)
    last = (
        select(
            JudgementRow.attempt_id,
            JudgementRow.position,
            func.max(JudgementRow.id).label("id"),
            func.max(JudgementRow.at).label("at"),
        )
        .where(JudgementRow.by == reader.person, JudgementRow.ruling_id.is_(None))
        .group_by(JudgementRow.attempt_id, JudgementRow.position)
        .subquery()
    )
    same = (PaperRow.attempt_id == last.c.attempt_id) & (
        PaperRow.position == last.c.position
    )
    rows = session.execute(
        select(PaperRow, PersonRow.name, last.c.at)
        .join(last, same)
        .join(AttemptRow, AttemptRow.id == PaperRow.attempt_id)
        .join(PersonRow, PersonRow.id == AttemptRow.person_id)
        .where(overseen(reader, on))
        .order_by(last.c.id.desc())
        .limit(LAST_SHOWN)
    ).all()
    banks = open_banks(session, {row.PaperRow.revision_id for row in rows})
    return [
        Judged(
            attempt=row.PaperRow.attempt_id,
            position=row.PaperRow.position,
            name=_name(row.PaperRow, banks),
            person=row.name,
            at=row.at,
        )
        for row in rows
    ]


def answer_to_grade(
    session: Session, key: int, position: int, at: datetime, *, reader: Actor
) -> ToGrade:
    """Give an answer with what is needed to grade it.

    Raises:
        NotGradersError: the reader looks after nobody.
        NotFoundError: there is none that a person grades, or not for this reader.
        SittingError: the reader has the question in an exam of his own.
    """
    on = day_of(at)
    row, name = overseen_attempt(session, key, on, reader=reader)
    item = session.get(PaperRow, (key, position))
    banks = open_banks(session, {item.revision_id}) if item else {}
    body = banks[item.revision_id].questions[item.item].body if item else None
    if item is None or not isinstance(body, Writing):
        raise NotFoundError(N_("这份答卷没有这道要人工评的题"))
    must_be_told(session, Place(item.bank, item.item), at, reader=reader)
    ruling = rulings_on(session, [item]).get((item.bank, item.item, item.wording))
    seen, given = last_judgement(session, key, position)
    keys = _keys(session, on, reader=reader)
    return ToGrade(
        attempt=key,
        quiz=title_of(session, row),
        person=name,
        marked=next(iter(marked(session, row, [item], reader=reader))),
        points=body.points,
        given=given,
        seen=seen,
        is_ruled=ruling is not None and ruling.act in SAME_FOR_ALL,
        following=_after(keys, (key, position)),
        left=len(keys),
    )


def following(
    session: Session, key: int, position: int, on: date, *, reader: Actor
) -> Key | None:
    """Give the answer that comes next while this one waits; None when none is left."""
    return _after(_keys(session, on, reader=reader), (key, position))


def last_judgement(
    session: Session, key: int, position: int
) -> tuple[int, tuple[str, ...]]:
    """Give the number of the last judgement, and the marks given by hand last."""
    rows = session.execute(
        select(JudgementRow.id, JudgementRow.points)
        .where(JudgementRow.attempt_id == key, JudgementRow.position == position)
        .order_by(JudgementRow.id)
    ).all()
    given = [points for _, points in rows if points]
    return (rows[-1][0] if rows else 0), tuple(given[-1]) if given else ()


def _keys(session: Session, on: date, *, reader: Actor) -> list[Key]:
    query = _waiting(select(PaperRow.attempt_id, PaperRow.position), reader, on)
    found = session.execute(query.order_by(*ORDER))
    return [(key, position) for key, position in found]


def _after(keys: list[Key], now: Key) -> Key | None:
    """Give what comes behind; from the end it begins again."""
    others = [key for key in keys if key != now]
    place = keys.index(now) if now in keys else 0
    return (others[place:] + others)[0] if others else None


def _waiting(
    columns: Select[*tuple[Any, ...]], reader: Actor, on: date
) -> Select[*tuple[Any, ...]]:
    """Ask for what a person has to grade, of those whom a reader looks after."""
    return (
        columns.select_from(PaperRow)
        .join(AttemptRow, AttemptRow.id == PaperRow.attempt_id)
        .join(PersonRow, PersonRow.id == AttemptRow.person_id)
        .where(
            AttemptRow.state == State.SUBMITTED,
            PaperRow.share == "",
            PaperRow.is_void.is_(False),
            overseen(reader, on),
        )
    )


def _name(item: PaperRow, banks: dict[int, OpenBank]) -> str:
    return short(banks[item.revision_id].questions[item.item].stem)
