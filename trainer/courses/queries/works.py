"""Where people work on a day, as audiences ask for it."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter

from sqlalchemy import ColumnElement
from sqlalchemy import select
from sqlalchemy import true
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.courses.domain.audience import Stay
from trainer.courses.domain.audience import Work
from trainer.courses.domain.audience import works_on
from trainer.people.models import PersonRow
from trainer.people.models import SecondmentLineRow
from trainer.people.models import SecondmentRow
from trainer.people.queries import people_supervised_by
from trainer.people.queries.secondments import was_ever

Works = Mapping[int, tuple[Work, ...]]
"""By key of the person, in order of the site."""


def own_works(session: Session, on: date, *, reader: Actor) -> tuple[Work, ...]:
    """Give where whoever asks works on a day."""
    found = _works(session, on, PersonRow.id == reader.person)
    return found.get(reader.person, ())


def works_of(session: Session, on: date, people: Collection[int]) -> Works:
    """Give where some people work on a day; for what is told to each of himself."""
    return _works(session, on, PersonRow.id.in_(people))


def works_seen(session: Session, on: date, *, reader: Actor) -> Works:
    """Give where everybody works whose work a reader may look at on a day."""
    return _works(session, on, people_supervised_by(reader, on))


def every_work(session: Session, on: date) -> Works:
    """Give where everybody works on a day; for counts, which name nobody."""
    return _works(session, on, true())


def stays_of(session: Session, on: date, whose: ColumnElement[bool]) -> Iterator[Stay]:
    """Give all work of people that has begun by a day, also what is over.

    Args:
        session: A session.
        on: The day.
        whose: Condition on the person; closed accounts are left out.
    """
    row = SecondmentRow
    rows = session.execute(
        select(
            *(row.id, row.person_id, row.site_id, row.organisation_id, row.post_code),
            *(row.begins_on, row.ends_on, SecondmentLineRow.line),
        )
        .join(PersonRow, PersonRow.id == row.person_id)
        .outerjoin(SecondmentLineRow, SecondmentLineRow.secondment_id == row.id)
        .where(row.begins_on <= on, was_ever(), PersonRow.active, whose)
        .order_by(row.id)
    )
    for _, group in groupby(rows, key=itemgetter(0)):
        parts = [*group]
        _, person, site, organisation, post, begins_on, ends_on, _ = parts[0]
        yield Stay(
            person=person,
            site=site,
            organisation=organisation,
            post=post or "",
            lines=frozenset(part.line for part in parts if part.line),
            begins_on=begins_on,
            ends_on=ends_on,
        )


def _works(session: Session, on: date, whose: ColumnElement[bool]) -> Works:
    return works_on(stays_of(session, on, whose), on)
