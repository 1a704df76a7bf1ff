"""Who may take part in a play by two, and whom one looks after.

Whom somebody may name: himself, his people, and whoever works today at a site where
he works too. Who may observe is decided by what he may look at, not by his word.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import aliased

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.people.domain.accounts import Person
from trainer.people.models import PersonRow
from trainer.people.models import SecondmentRow
from trainer.people.queries import people_supervised_by
from trainer.people.queries.accounts import account_rows
from trainer.people.queries.accounts import person_of

LOOK_AFTER = frozenset({Permission.MENTOR, Permission.SUPERVISE})
"""Who has people at all; whom, is decided by their scope."""

MOST_SUGGESTED = 200
"""People whom a form suggests; others are typed in."""


def overseen(reader: Actor, on: date) -> ColumnElement[bool]:
    """Say which clerks a reader looks after: never himself."""
    return people_supervised_by(reader, on) & (PersonRow.id != reader.person)


def looks_after(session: Session, reader: Actor, clerk: int, on: date) -> bool:
    """Tell whether somebody looks after a person."""
    if not LOOK_AFTER & reader.permissions:
        return False
    query = select(PersonRow.id).where(PersonRow.id == clerk, overseen(reader, on))
    return session.scalars(query).first() is not None


def may_observe(session: Session, person: Person, clerk: int, on: date) -> bool:
    """Tell whether somebody may mark a clerk on a day.

    He looks after him, or is a mentor and works at the same site.
    """
    actor = person.actor()
    if looks_after(session, actor, clerk, on):
        return True
    if person.id == clerk or not actor.may(Permission.MENTOR):
        return False
    query = select(PersonRow.id).where(
        PersonRow.id == person.id, _works_with(clerk, on)
    )
    return session.scalars(query).first() is not None


def named(
    session: Session, logins: Collection[str], on: date, *, reader: Actor
) -> dict[str, Person]:
    """Give those with some logins whom a reader may name, by login."""
    return _people(session, logins, _may_name(reader, on))


def anybody_named(session: Session, login: str) -> Person | None:
    """Give the open account with a login, to check whether he may observe.

    Never shown: whether there is one is told as little as whether he may.
    """
    return _people(session, [login]).get(login)


def suggested(session: Session, on: date, *, reader: Actor) -> list[Person]:
    """Give whom a form suggests: himself and his people, as lists show them too."""
    seen = people_supervised_by(reader, on)
    query = account_rows().where(PersonRow.active, seen).order_by(PersonRow.login)
    rows = session.execute(query.limit(MOST_SUGGESTED))
    return [person_of(row) for row in rows]


def _people(
    session: Session, logins: Collection[str], *which: ColumnElement[bool]
) -> dict[str, Person]:
    query = account_rows().where(PersonRow.login.in_(logins), PersonRow.active, *which)
    return {row.PersonRow.login: person_of(row) for row in session.execute(query)}


def _may_name(reader: Actor, on: date) -> ColumnElement[bool]:
    return people_supervised_by(reader, on) | _works_with(reader.person, on)


def _works_with(person: int, on: date) -> ColumnElement[bool]:
    """Say who works on a day at a site where somebody works too."""
    own, there = aliased(SecondmentRow), aliased(SecondmentRow)
    sites = select(own.site_id).where(own.person_id == person, _present(own, on))
    others = select(there.person_id).where(
        there.site_id.in_(sites), _present(there, on)
    )
    return PersonRow.id.in_(others)


def _present(row: type[SecondmentRow], on: date) -> ColumnElement[bool]:
    """Say that a secondment has begun and is not over; one called off never is."""
    return (row.begins_on <= on) & or_(row.ends_on.is_(None), row.ends_on > on)
