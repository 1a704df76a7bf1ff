"""Organisations, sites and seats: added, renamed, retired; never deleted.

Each function adds when the value has no ``id`` yet and changes otherwise; what
files call it (its code, the site of a seat) stays what it is.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.audit.domain import digest
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.db import queue_up
from trainer.people.domain.places import CODE
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import Seat
from trainer.people.domain.places import Site
from trainer.people.domain.places import StillInUseError
from trainer.people.domain.places import TakenError
from trainer.people.models import OrganisationRow
from trainer.people.models import SeatRow
from trainer.people.models import SecondmentRow
from trainer.people.models import SiteRow
from trainer.people.queries.places import organisation_of
from trainer.people.queries.places import seat_of
from trainer.people.queries.places import site_of

PLACE = 4704
"""Number of the advisory lock that lets places change one after another."""

R = TypeVar("R", OrganisationRow, SiteRow, SeatRow)
V = TypeVar("V", Organisation, Site, Seat)


def save_place(
    session: Session, place: Organisation | Site | Seat, *, by: Actor, at: datetime
) -> Organisation | Site | Seat:
    """Add or change any of the three."""
    if isinstance(place, Organisation):
        return save_organisation(session, place, by=by, at=at)
    if isinstance(place, Site):
        return save_site(session, place, by=by, at=at)
    return save_seat(session, place, by=by, at=at)


def save_organisation(
    session: Session, organisation: Organisation, *, by: Actor, at: datetime
) -> Organisation:
    """Add or change an organisation.

    Raises:
        TakenError: another one has this code or name.
        StillInUseError: it is retired while people it has sent are at work.
    """
    row = _begin(session, OrganisationRow, organisation, by)
    before = organisation_of(row) if row.id else None
    _must_be_named(organisation.code if not row.id else row.code, organisation.name)
    _must_be_free(
        session,
        row,
        or_(
            OrganisationRow.code == organisation.code,
            OrganisationRow.name == organisation.name.strip(),
        ),
    )
    if before and not organisation.active:
        _must_be_empty(session, SecondmentRow.organisation_id == row.id, at)
    row.code = row.code or organisation.code
    row.name, row.active = organisation.name.strip(), organisation.active
    row.kind = organisation.kind.value
    _keep(session, row)
    after = organisation_of(row)
    _note(session, "organisation", before, after, by=by, at=at)
    return after


def save_site(session: Session, site: Site, *, by: Actor, at: datetime) -> Site:
    """Add or change a site; raises as :func:`save_organisation`."""
    row = _begin(session, SiteRow, site, by)
    before = site_of(row) if row.id else None
    _must_be_named(site.code if not row.id else row.code, site.name)
    _must_be_free(
        session, row, or_(SiteRow.code == site.code, SiteRow.name == site.name.strip())
    )
    if before and not site.active:
        _must_be_empty(session, SecondmentRow.site_id == row.id, at)
    row.code = row.code or site.code
    row.name, row.active = site.name.strip(), site.active
    _keep(session, row)
    after = site_of(row)
    _note(session, "site", before, after, by=by, at=at)
    return after


def save_seat(session: Session, seat: Seat, *, by: Actor, at: datetime) -> Seat:
    """Add or change a seat; raises as :func:`save_organisation`."""
    row = _begin(session, SeatRow, seat, by)
    before = seat_of(row) if row.id else None
    if session.get(SiteRow, seat.site) is None:
        raise NotFoundError(N_("没有这个网点"))
    _must_be_named("seat", seat.name)
    site = row.site_id or seat.site
    same = (SeatRow.site_id == site) & (SeatRow.name == seat.name.strip())
    _must_be_free(session, row, same)
    if before and not seat.active:
        _must_be_empty(session, SecondmentRow.seat_id == row.id, at)
    row.site_id, row.name = site, seat.name.strip()
    row.channel, row.active = seat.channel.value, seat.active
    _keep(session, row)
    after = seat_of(row)
    _note(session, "seat", before, after, by=by, at=at)
    return after


def _begin(session: Session, table: type[R], value: V, by: Actor) -> R:
    """Take the turn, and the row to write into; a new one is not added yet."""
    by.must(Permission.ADMINISTER)
    queue_up(session, PLACE)
    row = session.get(table, value.id) if value.id else table()
    if row is None:
        raise NotFoundError(N_("没有这条记录；可能是旧链接，请回到列表再选"))
    return row


def _keep(session: Session, row: R) -> None:
    session.add(row)
    session.flush()


def _must_be_named(code: str, name: str) -> None:
    if not CODE.match(code):
        raise TrainerError(N_("代码用小写字母、数字和横线，最多 32 位，例如 east-site"))
    if not name.strip():
        raise TrainerError(N_("请填写名称"))


def _must_be_free(session: Session, row: R, same: ColumnElement[bool]) -> None:
    table = type(row)
    query = select(table.id).where(same, table.id != (row.id or 0))
    if session.scalars(query).first() is not None:
        raise TakenError(N_("这个代码或名称已有了；请换一个，或启用原来那一个"))


def _must_be_empty(session: Session, there: ColumnElement[bool], at: datetime) -> None:
    row = SecondmentRow
    over = or_(row.ends_on.is_(None), row.ends_on > day_of(at))
    if session.scalars(select(row.id).where(there, over)).first() is not None:
        raise StillInUseError(
            N_("还有人在这里任职或将要到岗；请先办完他们的去向，再停用")
        )


def _note(
    session: Session, kind: str, before: V | None, after: V, *, by: Actor, at: datetime
) -> None:
    verb = f"{kind}.changed" if before else f"{kind}.added"
    if before and before.active != after.active:
        verb = f"{kind}.reopened" if after.active else f"{kind}.retired"
    entry = Entry(
        person=by.person,
        verb=verb,
        object=f"{kind}/{after.id}",
        before=digest(repr(before)) if before else "",
        after=digest(repr(after)),
    )
    audit.record(session, entry, at=at)
