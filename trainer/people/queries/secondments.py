"""Reads of secondments, within what the reader may see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import Row
from sqlalchemy import ScalarSelect
from sqlalchemy import Select
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import aliased

from trainer.core import paging
from trainer.core.actor import Actor
from trainer.core.errors import NotFoundError
from trainer.core.paging import Part
from trainer.core.wording import N_
from trainer.people.domain.colleagues import work_for
from trainer.people.domain.places import Channel
from trainer.people.domain.secondments import ENDING_SOON
from trainer.people.domain.secondments import JUST_ARRIVED
from trainer.people.domain.secondments import Arrangement
from trainer.people.domain.secondments import Listed
from trainer.people.domain.secondments import Placement
from trainer.people.domain.secondments import Secondment
from trainer.people.domain.secondments import State
from trainer.people.domain.secondments import WantedSecondments
from trainer.people.models import OrganisationRow
from trainer.people.models import PersonRow
from trainer.people.models import PostRow
from trainer.people.models import SeatRow
from trainer.people.models import SecondmentLineRow
from trainer.people.models import SecondmentRow
from trainer.people.models import SiteRow
from trainer.people.queries.accounts import SEPARATOR
from trainer.people.queries.accounts import parts
from trainer.people.queries.scopes import secondments_seen_by

_Mentor = aliased(PersonRow)
_Successor = aliased(PersonRow)


def secondment(session: Session, key: int, on: date, *, reader: Actor) -> Listed:
    """Give one secondment.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    found = _read(session, _listed(reader, on).where(SecondmentRow.id == key))
    if not found:
        raise NotFoundError(N_("没有这条任职记录"))
    return found[0]


def secondments(
    session: Session, wanted: WantedSecondments, on: date, *, reader: Actor
) -> Part[Listed]:
    """Give a part of the secondments that are wanted, soonest end first."""
    row = SecondmentRow
    query = _listed(reader, on).where(*_wanted(wanted, on))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    end = func.coalesce(row.ends_on, row.planned_to, date.max)
    query = query.order_by(end, PersonRow.login, row.id)
    page = query.limit(paging.SIZE).offset(paging.offset(wanted.part))
    return Part(tuple(_read(session, page)), wanted.part, total)


def every_secondment(session: Session, on: date, *, reader: Actor) -> list[Listed]:
    """Give all secondments that have not ended, by site and login, for an export."""
    query = _listed(reader, on).where(*_wanted(WantedSecondments(), on))
    return _read(session, query.order_by(SiteRow.code, PersonRow.login))


def history(session: Session, person: int, on: date, *, reader: Actor) -> list[Listed]:
    """Give the secondments of a person that exist for a reader, newest first."""
    row = SecondmentRow
    query = _listed(reader, on).where(row.person_id == person)
    return _read(session, query.order_by(row.begins_on.desc(), row.id.desc()))


def involving(
    session: Session, person: int, on: date, *, reader: Actor
) -> list[Listed]:
    """Give the secondments of a person, and those that name him mentor or successor.

    Only what exists for the reader and as far as he gets it, newest first.
    """
    row = SecondmentRow
    mine = or_(
        row.person_id == person, row.mentor_id == person, row.successor_id == person
    )
    query = _listed(reader, on).where(mine)
    found = _read(session, query.order_by(row.begins_on.desc(), row.id.desc()))
    return [work_for(reader, listed) for listed in found]


def lines_served(session: Session, person: int, on: date) -> frozenset[str]:
    """Give the business lines that somebody serves on a day, wherever he works."""
    row = SecondmentRow
    there = (row.person_id == person, row.begins_on <= on, not_over(on), was_ever())
    rows = session.scalars(
        select(SecondmentLineRow.line)
        .join(row, row.id == SecondmentLineRow.secondment_id)
        .where(*there)
    )
    return frozenset(rows)


def listed_columns() -> tuple[Any, ...]:
    """Give what :func:`value_of` needs of a row."""
    return (
        SecondmentRow,
        PersonRow.login,
        PersonRow.name,
        OrganisationRow.name.label("organisation"),
        SiteRow.name.label("site"),
        SeatRow.name.label("seat"),
        SeatRow.channel,
        PostRow.name.label("post"),
        _Mentor.name.label("mentor"),
        _Successor.name.label("successor"),
        _lines().label("lines"),
    )


def _lines() -> ScalarSelect[str]:
    """Ask for the lines served in a secondment as one text."""
    row = SecondmentLineRow
    return (
        select(func.aggregate_strings(row.line, SEPARATOR))
        .where(row.secondment_id == SecondmentRow.id)
        .scalar_subquery()
    )


def with_names(query: Select[Any]) -> Select[Any]:
    """Join to secondments, if there are any, what they name."""
    row = SecondmentRow
    return (
        query.outerjoin(OrganisationRow, OrganisationRow.id == row.organisation_id)
        .outerjoin(SiteRow, SiteRow.id == row.site_id)
        .outerjoin(SeatRow, SeatRow.id == row.seat_id)
        .outerjoin(PostRow, PostRow.code == row.post_code)
        .outerjoin(_Mentor, _Mentor.id == row.mentor_id)
        .outerjoin(_Successor, _Successor.id == row.successor_id)
    )


def _listed(reader: Actor, on: date) -> Select[Any]:
    query: Select[Any] = select(*listed_columns()).join(
        PersonRow, PersonRow.id == SecondmentRow.person_id
    )
    return with_names(query).where(secondments_seen_by(reader, on), was_ever())


def was_ever() -> ColumnElement[bool]:
    """Leave out what was called off: it lasted no day."""
    row = SecondmentRow
    return or_(row.ends_on.is_(None), row.ends_on > row.begins_on)


def not_over(on: date) -> ColumnElement[bool]:
    """Leave out what has ended before a day."""
    return or_(SecondmentRow.ends_on.is_(None), SecondmentRow.ends_on > on)


def _wanted(wanted: WantedSecondments, on: date) -> Iterator[ColumnElement[bool]]:
    row = SecondmentRow
    yield in_state(wanted.state, on)
    if wanted.site is not None:
        yield row.site_id == wanted.site
    if wanted.organisation is not None:
        yield row.organisation_id == wanted.organisation
    if wanted.words:
        yield or_(
            PersonRow.name.icontains(wanted.words, autoescape=True),
            PersonRow.login.icontains(wanted.words, autoescape=True),
        )


def in_state(state: State | None, on: date) -> ColumnElement[bool]:
    """Say in SQL what :meth:`Secondment.state` says of one."""
    row = SecondmentRow
    if state is None:
        return not_over(on)
    if state is State.ENDED:
        return row.ends_on <= on
    if state is State.COMING:
        return not_over(on) & (row.begins_on > on)
    begun = not_over(on) & (row.begins_on <= on)
    end = func.coalesce(row.ends_on, row.planned_to, date.max)
    soon = on + timedelta(days=ENDING_SOON)
    if state is State.OVERDUE:
        return begun & (end <= on)
    if state is State.ENDING:
        return begun & (end > on) & (end <= soon)
    lately = row.begins_on > on - timedelta(days=JUST_ARRIVED)
    begun &= end > soon
    return begun & (lately if state is State.ARRIVED else ~lately)


def _read(session: Session, query: Select[Any]) -> list[Listed]:
    return [value_of(row) for row in session.execute(query)]


def value_of(row: Row[Any]) -> Listed:
    """Give a row of :func:`listed_columns` as readers get it."""
    found: SecondmentRow = row.SecondmentRow
    return Listed(
        secondment=Secondment(
            id=found.id,
            person=found.person_id,
            placement=placement_of(found, frozenset(parts(row.lines))),
            ends_on=found.ends_on,
        ),
        login=row.login,
        name=row.name,
        organisation=row.organisation,
        site=row.site,
        seat=row.seat or "",
        channel=Channel(row.channel) if row.channel else None,
        post=row.post or "",
        mentor=row.mentor or "",
        successor=row.successor or "",
    )


def placement_of(row: SecondmentRow, lines: frozenset[str]) -> Placement:
    """Give a row as readers get it; its lines are rows of their own."""
    return Placement(
        organisation=row.organisation_id,
        site=row.site_id,
        begins_on=row.begins_on,
        planned_to=row.planned_to,
        post=row.post_code or "",
        reason=row.reason,
        arrangement=Arrangement(
            seat=row.seat_id,
            mentor=row.mentor_id,
            successor=row.successor_id,
            lines=lines,
        ),
    )
