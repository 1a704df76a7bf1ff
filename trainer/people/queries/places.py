"""Reads of organisations, sites and seats; everybody logged in may know them."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.actor import Scope
from trainer.core.wording import N_
from trainer.people.domain.places import Channel
from trainer.people.domain.places import Counts
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.places import Seat
from trainer.people.domain.places import Site
from trainer.people.models import OrganisationRow
from trainer.people.models import SeatRow
from trainer.people.models import SecondmentRow
from trainer.people.models import SiteRow
from trainer.people.queries.secondments import not_over
from trainer.people.queries.secondments import was_ever


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
    """Give the seats of one site or of all: in use first, windows before the others."""
    query = select(SeatRow).order_by(
        SeatRow.site_id, SeatRow.active.desc(), SeatRow.channel.desc(), SeatRow.name
    )
    if site is not None:
        query = query.where(SeatRow.site_id == site)
    return [seat_of(found) for found in session.scalars(query)]


def scope_names(session: Session, scope: Scope) -> list[str]:
    """Say a scope in words."""
    if scope.everybody:
        return [N_("全中心")]
    at = select(SiteRow.name).where(SiteRow.id.in_(scope.sites))
    sent = select(OrganisationRow.name).where(
        OrganisationRow.id.in_(scope.organisations)
    )
    return [
        *session.scalars(at.order_by(SiteRow.code)),
        *(
            N_("{name}派出的人员", name=name)
            for name in session.scalars(sent.order_by(OrganisationRow.code))
        ),
    ]


def counts(session: Session, on: date, *, reader: Actor) -> Counts:
    """Count who works or will work at each place; only an administrator may know."""
    reader.must(Permission.ADMINISTER)
    row = SecondmentRow
    rows = session.execute(
        select(row.organisation_id, row.site_id, row.seat_id, func.count())
        .where(not_over(on), was_ever())
        .group_by(row.organisation_id, row.site_id, row.seat_id)
    )
    organisations, at_sites, at_seats = Counter[int](), Counter[int](), Counter[int]()
    for organisation, site, seat, people in rows:
        organisations[organisation] += people
        at_sites[site] += people
        if seat is not None:
            at_seats[seat] += people
    return Counts(organisations, at_sites, at_seats)


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
