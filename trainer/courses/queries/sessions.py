"""Sessions of a course: whom somebody looks after, and who has signed what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.courses.domain.learning import Attendant
from trainer.courses.domain.learning import Seat
from trainer.courses.domain.learning import Signature
from trainer.courses.models import StepSignedRow
from trainer.people.models import PersonRow
from trainer.people.models import SecondmentRow
from trainer.people.models import SiteRow
from trainer.people.queries import people_supervised_by
from trainer.people.queries.secondments import not_over
from trainer.people.queries.secondments import was_ever

LOOK_AFTER = frozenset({Permission.MENTOR, Permission.SUPERVISE})
"""Who has people at all; whom, is decided by their scope."""


def attendants(
    session: Session, slug: str, on: date, *, reader: Actor
) -> list[Attendant]:
    """Give who works on a day and is looked after by a reader, with what is signed.

    Args:
        session: A session.
        slug: The course.
        on: The day.
        reader: Who asks; he is not among them.

    Raises:
        DeniedError: he looks after nobody.
    """
    people = _people(session, on, reader)
    signed = _signatures(session, slug, people, reader)
    return [
        Attendant(person=key, name=name, site=site, signed=signed.get(key, {}))
        for key, (name, site) in people.items()
    ]


def looked_after(session: Session, on: date, *, reader: Actor) -> frozenset[int]:
    """Give the keys of who works on a day and is looked after by a reader.

    Raises:
        DeniedError: he looks after nobody.
    """
    return frozenset(_people(session, on, reader))


def signature_row(
    session: Session, key: int, on: date, *, reader: Actor
) -> StepSignedRow:
    """Give a signature to somebody who looks after its person.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    row = session.get(StepSignedRow, key)
    if row is None or row.person_id not in _seen(session, [row.person_id], on, reader):
        raise NotFoundError(N_("没有这条签字"))
    return row


def signed_seats(
    session: Session, slug: str, seats: Collection[Seat], on: date
) -> frozenset[Seat]:
    """Give the seats that are signed for a day already."""
    row = StepSignedRow
    rows = session.execute(
        select(row.person_id, row.step).where(
            row.person_id.in_({seat.person for seat in seats}),
            row.course == slug,
            row.on == on,
            row.taken_back_by.is_(None),
        )
    )
    return frozenset(Seat(person, step) for person, step in rows)


def _people(session: Session, on: date, reader: Actor) -> dict[int, tuple[str, str]]:
    """Give name and site of those whom a reader looks after, by site and name."""
    if LOOK_AFTER.isdisjoint(reader.permissions):
        raise DeniedError(N_("这里由带教老师和主管使用；自己的进度在课程页"))
    row = SecondmentRow
    rows = session.execute(
        select(PersonRow.id, PersonRow.name, SiteRow.name)
        .join(row, row.person_id == PersonRow.id)
        .join(SiteRow, SiteRow.id == row.site_id)
        .where(
            *(people_supervised_by(reader, on), PersonRow.active),
            *(PersonRow.id != reader.person, row.begins_on <= on),
            *(not_over(on), was_ever()),
        )
        .order_by(SiteRow.name, PersonRow.name, PersonRow.id)
    )
    found: dict[int, tuple[str, str]] = {}
    for key, name, site in rows:
        found.setdefault(key, (name, site))
    return found


def _seen(
    session: Session, people: Collection[int], on: date, reader: Actor
) -> frozenset[int]:
    if LOOK_AFTER.isdisjoint(reader.permissions):
        return frozenset()
    seen = select(PersonRow.id).where(
        PersonRow.id.in_(people),
        PersonRow.id != reader.person,
        people_supervised_by(reader, on),
    )
    return frozenset(session.scalars(seen))


def _signatures(
    session: Session, slug: str, people: Collection[int], reader: Actor
) -> Mapping[int, Mapping[str, Signature]]:
    """Give the last signature that counts, by person and step."""
    row = StepSignedRow
    rows = session.execute(
        select(row, PersonRow.name)
        .join(PersonRow, PersonRow.id == row.signed_by)
        .where(
            row.person_id.in_(people), row.course == slug, row.taken_back_by.is_(None)
        )
        .order_by(row.on, row.id)
    )
    found: dict[int, dict[str, Signature]] = defaultdict(dict)
    for held, name in rows:
        found[held.person_id][held.step] = Signature(
            key=held.id,
            on=held.on,
            by=name,
            may_take_back=may_take_back(held, reader),
        )
    return found


def may_take_back(row: StepSignedRow, by: Actor) -> bool:
    """Tell whether somebody may take a signature back: his own, or a supervisor's."""
    return row.signed_by == by.person or by.may(Permission.SUPERVISE)
