"""Reads of organisations, sites and seats; everybody logged in may know them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.people.domain.places import Channel
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.places import Seat
from trainer.people.domain.places import Site
from trainer.people.models import OrganisationRow
from trainer.people.models import SeatRow
from trainer.people.models import SiteRow


def organisations(session: Session) -> list[Organisation]:
    """Give all organisations: in use first, the centre before the banks."""
    row = OrganisationRow
    bank = row.kind == OrganisationKind.BANK
    rows = session.scalars(select(row).order_by(row.active.desc(), bank, row.code))
    return [organisation_of(found) for found in rows]


def sites(session: Session) -> list[Site]:
    """Give all sites: in use first, by code."""
    rows = session.scalars(
        select(SiteRow).order_by(SiteRow.active.desc(), SiteRow.code)
    )
    return [site_of(found) for found in rows]


def seats(session: Session, site: int | None = None) -> list[Seat]:
    """Give the seats of one site or of all: in use first, in order of name."""
    query = select(SeatRow).order_by(
        SeatRow.site_id, SeatRow.active.desc(), SeatRow.channel, SeatRow.name
    )
    if site is not None:
        query = query.where(SeatRow.site_id == site)
    return [seat_of(found) for found in session.scalars(query)]


def organisation_of(row: OrganisationRow) -> Organisation:
    """Give a row as readers get it."""
    return Organisation(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=OrganisationKind(row.kind),
        active=row.active,
    )


def site_of(row: SiteRow) -> Site:
    """Give a row as readers get it."""
    return Site(id=row.id, code=row.code, name=row.name, active=row.active)


def seat_of(row: SeatRow) -> Seat:
    """Give a row as readers get it."""
    return Seat(
        id=row.id,
        site=row.site_id,
        name=row.name,
        channel=Channel(row.channel),
        active=row.active,
    )
