"""Reads of people with their work, within what the reader may see."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import ScalarSelect
from sqlalchemy import Select
from sqlalchemy import case
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core import paging
from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.paging import Part
from trainer.core.wording import N_
from trainer.people.domain.accounts import Person
from trainer.people.domain.colleagues import Colleague
from trainer.people.domain.colleagues import Wanted
from trainer.people.domain.colleagues import gets_agreed_fields
from trainer.people.domain.colleagues import person_for
from trainer.people.domain.colleagues import work_for
from trainer.people.domain.secondments import Listed
from trainer.people.models import PersonRoleRow
from trainer.people.models import PersonRow
from trainer.people.models import SecondmentRow
from trainer.people.queries.accounts import ORDER
from trainer.people.queries.accounts import account_rows
from trainer.people.queries.accounts import person_of
from trainer.people.queries.scopes import people_seen_by
from trainer.people.queries.scopes import secondments_seen_by
from trainer.people.queries.secondments import in_state
from trainer.people.queries.secondments import listed_columns
from trainer.people.queries.secondments import not_over
from trainer.people.queries.secondments import value_of
from trainer.people.queries.secondments import was_ever
from trainer.people.queries.secondments import with_names


def colleagues(
    session: Session, wanted: Wanted, on: date, *, reader: Actor
) -> Part[Colleague]:
    """Give a part of the people who are wanted and exist for a reader.

    Who does not get roles cannot ask for those of one either.
    """
    if gets_agreed_fields(reader):
        wanted = replace(wanted, role=None)
    query = with_names(
        account_rows(*listed_columns(), func.count().over().label("total")).outerjoin(
            SecondmentRow, SecondmentRow.id == _work(reader, on)
        )
    ).where(people_seen_by(reader, on), *_wanted(wanted, on))
    rows = session.execute(
        query.order_by(*ORDER).limit(paging.SIZE).offset(paging.offset(wanted.part))
    ).all()
    found = (
        Colleague(
            person=person_for(reader, person_of(row)),
            work=work_for(reader, value_of(row)) if row.SecondmentRow else None,
        )
        for row in rows
    )
    return Part(tuple(found), wanted.part, rows[0].total if rows else 0)


def colleague(session: Session, key: int, on: date, *, reader: Actor) -> Person:
    """Give a person who exists for a reader, as far as he gets him.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    query = account_rows().where(PersonRow.id == key, people_seen_by(reader, on))
    row = session.execute(query).first()
    if row is None:
        raise NotFoundError(N_("没有这个人"))
    return person_for(reader, person_of(row))


def at_site(session: Session, site: int, on: date, *, reader: Actor) -> list[Person]:
    """Give who works or will work at a site and exists for a reader, by login."""
    there = select(SecondmentRow.person_id).where(
        SecondmentRow.site_id == site, not_over(on), was_ever()
    )
    return _open_ones(session, PersonRow.id.in_(there), on, reader)


def by_logins(
    session: Session, logins: Collection[str], on: date, *, reader: Actor
) -> list[Person]:
    """Give the open accounts with these logins that exist for a reader."""
    return _open_ones(session, PersonRow.login.in_(logins), on, reader)


def named_in(session: Session, listed: Listed) -> list[Person]:
    """Give mentor and successor of a secondment that a reader was given."""
    held = listed.secondment.placement.arrangement
    keys = [key for key in (held.mentor, held.successor) if key is not None]
    rows = session.execute(account_rows().where(PersonRow.id.in_(keys)))
    return [person_of(row) for row in rows]


def _open_ones(
    session: Session, which: ColumnElement[bool], on: date, reader: Actor
) -> list[Person]:
    query = account_rows().where(which, PersonRow.active, people_seen_by(reader, on))
    return [person_of(row) for row in session.execute(query.order_by(PersonRow.login))]


def _work(reader: Actor, on: date) -> ScalarSelect[int]:
    """Choose one secondment of a person: present, else coming, else the last."""
    row, present = SecondmentRow, not_over(on)
    chosen: Select[Any] = select(row.id).where(
        row.person_id == PersonRow.id, secondments_seen_by(reader, on), was_ever()
    )
    order = (case((present, 0), else_=1), case((present, row.begins_on)))
    return (
        chosen.order_by(*order, row.begins_on.desc())
        .limit(1)
        .correlate(PersonRow)
        .scalar_subquery()
    )


def _wanted(wanted: Wanted, on: date) -> Iterator[ColumnElement[bool]]:
    row = SecondmentRow
    if wanted.words:
        yield or_(
            PersonRow.name.icontains(wanted.words, autoescape=True),
            PersonRow.login.icontains(wanted.words, autoescape=True),
        )
    if wanted.role is not None:
        holders = select(PersonRoleRow.person_id)
        yield PersonRow.id.in_(holders.where(PersonRoleRow.role == wanted.role))
    if wanted.site is not None:
        yield row.site_id == wanted.site
    if wanted.organisation is not None:
        yield row.organisation_id == wanted.organisation
    if wanted.state is not None:
        yield in_state(wanted.state, on)
    if wanted.idle:
        yield row.id.is_(None)
    if wanted.active is not None:
        yield PersonRow.active.is_(wanted.active)
