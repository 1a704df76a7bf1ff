"""Use cases of courses: a receipt of what was read, questions on it, signatures."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import DeniedError
from trainer.core.wording import N_
from trainer.courses.domain.learning import NobodyTickedError
from trainer.courses.domain.learning import NoStepError
from trainer.courses.domain.learning import NotYoursToSignError
from trainer.courses.domain.learning import Reading
from trainer.courses.domain.learning import Seat
from trainer.courses.domain.learning import TextMeanwhileError
from trainer.courses.domain.learning import must_be_possible
from trainer.courses.domain.learning import reason_of
from trainer.courses.domain.outline import Rule
from trainer.courses.domain.outline import StepKind
from trainer.courses.models import StepReadRow
from trainer.courses.models import StepSignedRow
from trainer.courses.queries import learning
from trainer.courses.queries import sessions
from trainer.courses.queries.offer import Offered
from trainer.people import service as people
from trainer.quizzes import service as quizzes
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.taking import for_step


def read_step(
    session: Session, slug: str, key: str, shown: str, *, by: Actor, at: datetime
) -> None:
    """Keep that somebody has read what a step leads to; ``shown`` is its digest.

    The same text again on the same day changes nothing.

    Raises:
        NotFoundError: there is no such course or text for him.
        NoStepError: the course has no step ``key`` to read.
        TextMeanwhileError: another text was shown than the one that holds.
    """
    by.must(Permission.READ)
    people.hold_person(session, by.person)
    told = learning.reading(session, slug, key, at, reader=by)
    if told.digest != shown:
        raise TextMeanwhileError
    if _is_kept(session, slug, told, by=by, on=day_of(at)):
        return
    session.add(
        StepReadRow(
            person_id=by.person,
            course=slug,
            step=key,
            revision_id=told.revision.id,
            content_hash=shown,
            asked=_asked(session, told, by=by, at=at),
            on=day_of(at),
            read_at=at,
        )
    )
    session.flush()
    _note(session, "course_step.read", f"course/{slug}", key, by=by, at=at)


def begin_step_questions(
    session: Session, slug: str, key: str, *, by: Actor, at: datetime, dice: Dice
) -> int:
    """Begin the questions on what a step leads to, or go on with them.

    Returns:
        Key of the attempt.

    Raises:
        NotFoundError: there is no such course or text for him.
        NoStepError: the course has no such step to read.
        NothingToAskError: there is no question on it now.
    """
    told = learning.reading(session, slug, key, at, reader=by)
    places = learning.about_step(session, told.step, at, reader=by)
    chosen = places[: told.asked or learning.how_many(places)]
    name = for_step(slug, key)
    return quizzes.begin_practice(session, name, chosen, by=by, at=at, dice=dice).id


def sign_sessions(
    session: Session,
    slug: str,
    seats: Collection[Seat],
    on: date,
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Sign who was at which session on a day; what is signed for that day stays.

    Returns:
        How many signatures are new.

    Raises:
        DeniedError: he looks after nobody.
        NotFoundError: there is no such course for him.
        NobodyTickedError: there is nobody to sign for.
        ImpossibleDayError: the day is to come, or more than a year ago.
        NoStepError: a step is none of the sessions of the course.
        NotYoursToSignError: somebody is not his to sign for.
    """
    today = day_of(at)
    mine = sessions.looked_after(session, today, reader=by)
    held = learning.held_course(session, slug, today, reader=by)
    must_be_possible(on, today)
    _must_be_his(seats, held, mine)
    for person in sorted({seat.person for seat in seats}):
        people.hold_person(session, person)
    new = sorted({*seats} - sessions.signed_seats(session, slug, seats, on))
    for seat in new:
        _sign(session, slug, seat, on, by=by, at=at)
    return len(new)


def take_back_signature(
    session: Session, key: int, reason: str, *, by: Actor, at: datetime
) -> str:
    """Take a signature back; a second time changes nothing.

    Returns:
        Slug of the course.

    Raises:
        NotFoundError: there is none, or not for him.
        DeniedError: only who signed, or a supervisor, takes it back.
        NoReasonError: there is no reason.
        CitizenDataError: the reason holds a number that may be somebody's.
    """
    row = sessions.signature_row(session, key, day_of(at), reader=by)
    if not sessions.may_take_back(row, by):
        raise DeniedError(N_("只有签字的人或主管可以收回"))
    told = reason_of(reason)
    people.hold_person(session, row.person_id)
    session.refresh(row)
    if row.taken_back_by is None:
        row.taken_back_by, row.taken_back_at, row.reason = by.person, at, told
        session.flush()
        detail = f"{row.course}#{row.step}:{row.person_id}"
        place = f"course_step/{row.id}"
        _note(session, "course_step.taken_back", place, detail, by=by, at=at)
    return row.course


def _is_kept(
    session: Session, slug: str, told: Reading, *, by: Actor, on: date
) -> bool:
    """Tell whether somebody has read the same text for the same step on a day."""
    row = StepReadRow
    same = select(row.id).where(
        *(row.person_id == by.person, row.course == slug),
        *(row.step == told.step.id, row.revision_id == told.revision.id),
        row.on == on,
    )
    return session.scalar(same) is not None


def _asked(session: Session, told: Reading, *, by: Actor, at: datetime) -> int:
    """Give how many questions on a text somebody is to answer, as there are now."""
    if told.step.rule is not Rule.CHECKED:
        return 0
    return learning.how_many(learning.about_step(session, told.step, at, reader=by))


def _must_be_his(seats: Collection[Seat], held: Offered, mine: Collection[int]) -> None:
    """Stop here unless somebody may sign all of these seats."""
    there = {step.id for step in held.steps if step.kind is StepKind.SESSION}
    if not seats:
        raise NobodyTickedError
    if any(seat.step not in there for seat in seats):
        raise NoStepError
    if any(seat.person not in mine for seat in seats):
        raise NotYoursToSignError


def _sign(
    session: Session, slug: str, seat: Seat, on: date, *, by: Actor, at: datetime
) -> None:
    row = StepSignedRow(
        person_id=seat.person,
        course=slug,
        step=seat.step,
        on=on,
        signed_by=by.person,
        signed_at=at,
        reason="",
    )
    session.add(row)
    session.flush()
    place, detail = f"course_step/{row.id}", f"{slug}#{seat.step}:{seat.person}"
    _note(session, "course_step.signed", place, detail, by=by, at=at)


def _note(
    session: Session, verb: str, place: str, detail: str, *, by: Actor, at: datetime
) -> None:
    entry = Entry(person=by.person, verb=verb, object=place, detail=detail)
    audit.record(session, entry, at=at)
