"""Results of the people somebody looks after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import Select
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import queries as audit
from trainer.audit.domain import Entry
from trainer.core import paging
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.clock import start_of
from trainer.core.errors import NotFoundError
from trainer.core.paging import Part
from trainer.core.wording import N_
from trainer.people.models import PersonRow
from trainer.people.models import SecondmentRow
from trainer.people.queries.secondments import not_over
from trainer.people.queries.secondments import was_ever
from trainer.publishing import queries as publishing
from trainer.publishing.domain.revision import Revision
from trainer.quizzes.domain import QUIZ
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.outcomes import Came
from trainer.quizzes.domain.outcomes import Missing
from trainer.quizzes.domain.outcomes import Outcome
from trainer.quizzes.domain.outcomes import Outcomes
from trainer.quizzes.domain.outcomes import Person
from trainer.quizzes.domain.outcomes import Wanted
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.showing import Result
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.queries.overseen import OVER
from trainer.quizzes.queries.overseen import must_look_after
from trainer.quizzes.queries.overseen import overseen
from trainer.quizzes.queries.overseen import overseen_attempt
from trainer.quizzes.queries.showing import result_of
from trainer.quizzes.queries.showing import tried_of

MOST_MISSING = 200
"""People without a result that a page names; a file has all of them."""

MOST_EXPORTED = 20_000
"""Attempts in a file."""


def quiz_text(session: Session, slug: str, *, reader: Actor) -> Revision:
    """Give the newest approved text of a quiz, one that is over too.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    found = publishing.approved(session, reader=reader, slug=slug)
    texts = [revision for revision in found if revision.kind == QUIZ]
    if not texts:
        raise NotFoundError(N_("没有这份测验"))
    return texts[-1]


def outcomes(
    session: Session, slug: str, wanted: Wanted, on: date, *, reader: Actor
) -> Outcomes:
    """Give a part of the attempts that are wanted, last first, and who has none.

    Raises:
        NotGradersError: the reader looks after nobody.
    """
    must_look_after(reader)
    part = _found(session, slug, wanted, on, reader=reader, size=paging.SIZE)
    return Outcomes(part, missing(session, slug, on, reader=reader))


def all_outcomes(
    session: Session, slug: str, wanted: Wanted, on: date, *, reader: Actor
) -> tuple[Outcome, ...]:
    """Give all attempts that are wanted, last first, for a file.

    Raises:
        NotGradersError: the reader looks after nobody.
    """
    must_look_after(reader)
    return _found(session, slug, wanted, on, reader=reader, size=MOST_EXPORTED).items


def missing(
    session: Session,
    slug: str,
    on: date,
    *,
    reader: Actor,
    limit: int | None = MOST_MISSING,
) -> Missing:
    """Give who of a reader's people works on a day and has no graded attempt."""
    works = select(SecondmentRow.person_id).where(
        SecondmentRow.begins_on <= on, not_over(on), was_ever()
    )
    graded = select(AttemptRow.person_id).where(
        AttemptRow.quiz == slug, AttemptRow.state == State.GRADED
    )
    rows = session.execute(
        select(PersonRow.id, PersonRow.login, PersonRow.name, func.count().over())
        .where(overseen(reader, on), PersonRow.active)
        .where(PersonRow.id.in_(works), PersonRow.id.not_in(graded))
        .order_by(PersonRow.login)
        .limit(limit)
    ).all()
    people = tuple(Person(key, login, name) for key, login, name, _ in rows)
    return Missing(people, rows[0][3] if rows else 0)


def outcome(
    session: Session, key: int, at: datetime, *, reader: Actor
) -> tuple[str, Result]:
    """Give a paper that was handed in, marked, with the name of who took it.

    Practices that are made for one person are his own business.

    Raises:
        NotGradersError: the reader looks after nobody.
        NotFoundError: there is none, or not for this reader.
    """
    row, name = overseen_attempt(session, key, day_of(at), reader=reader)
    if row.revision_id is None:
        raise NotFoundError(N_("每日一练和错题本是个人练习，只有本人能看"))
    return name, result_of(session, row, at, reader=reader, may_see=True)


def look(key: int, reader: Actor) -> Entry:
    """Give the entry of a look at somebody's answers."""
    return Entry(person=reader.person, verb="attempt.looked", object=f"attempt/{key}")


def needs_note(session: Session, key: int, at: datetime, *, reader: Actor) -> bool:
    """Tell whether a look is to be written down: once an hour."""
    return not audit.has_looked(session, look(key, reader), at=at)


def _found(
    session: Session, slug: str, wanted: Wanted, on: date, *, reader: Actor, size: int
) -> Part[Outcome]:
    columns: Select[*tuple[Any, ...]] = select(
        AttemptRow,
        *(PersonRow.id, PersonRow.login, PersonRow.name),
        func.count().over().label("total"),
    )
    query = columns.join(PersonRow, PersonRow.id == AttemptRow.person_id).where(
        AttemptRow.quiz == slug,
        AttemptRow.state.in_(OVER),
        overseen(reader, on),
        *_wanted(wanted),
    )
    last_first = query.order_by(AttemptRow.ended_at.desc(), AttemptRow.id.desc())
    begin = (wanted.part - 1) * size
    rows = session.execute(last_first.limit(size).offset(begin)).all()
    tried = tried_of(session, [row.AttemptRow for row in rows])
    found = tuple(
        Outcome(Person(row.id, row.login, row.name), each)
        for row, each in zip(rows, tried, strict=True)
    )
    return Part(found, wanted.part, rows[0].total if rows else 0)


def _wanted(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    row = AttemptRow
    if wanted.came is Came.WAITING:
        yield row.state == State.SUBMITTED
    elif wanted.came is not None:
        yield row.passed.is_(wanted.came is Came.PASSED)
        yield row.mode == Mode.EXAM
    if wanted.first:
        yield row.number == 1
    if wanted.since is not None:
        yield row.ended_at >= start_of(wanted.since)
    if wanted.until is not None:
        yield row.ended_at < start_of(wanted.until + timedelta(days=1))
