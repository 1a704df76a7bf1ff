"""Where people work on a day, as audiences ask for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy import select
from sqlalchemy import true
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.courses.domain.audience import Work
from trainer.people.models import PersonRow
from trainer.people.models import SecondmentLineRow
from trainer.people.models import SecondmentRow
from trainer.people.queries import people_supervised_by
from trainer.people.queries.secondments import not_over
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


def _works(session: Session, on: date, whose: ColumnElement[bool]) -> Works:
    row = SecondmentRow
    there = (row.begins_on <= on, not_over(on), was_ever(), PersonRow.active, whose)
    rows = session.execute(
        select(row, SecondmentLineRow.line)
        .join(PersonRow, PersonRow.id == row.person_id)
        .outerjoin(SecondmentLineRow, SecondmentLineRow.secondment_id == row.id)
        .where(*there)
        .order_by(row.person_id, row.site_id, row.id)
    )
    lines: dict[int, set[str]] = defaultdict(set)
    held: dict[int, SecondmentRow] = {}
    for each, line in rows:
        held[each.id] = each
        lines[each.id] |= {line} - {None}
    found: dict[int, tuple[Work, ...]] = {}
    for key, each in held.items():
        work = Work(
            person=each.person_id,
            site=each.site_id,
            organisation=each.organisation_id,
            post=each.post_code or "",
            lines=frozenset(lines[key]),
            begins_on=each.begins_on,
        )
        found[each.person_id] = (*found.get(each.person_id, ()), work)
    return found
