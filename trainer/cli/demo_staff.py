"""Puts the people of :mod:`trainer.cli.demo_people` into a demo installation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timedelta

from sqlalchemy.orm import Session

from trainer.cli.demo_people import CLERKS
from trainer.cli.demo_people import LOGINS
from trainer.cli.demo_people import MENTORS
from trainer.cli.demo_people import ORGANISATIONS
from trainer.cli.demo_people import SEATS
from trainer.cli.demo_people import SITES
from trainer.cli.demo_people import WORK
from trainer.cli.demo_people import Work
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.actor import Scope
from trainer.core.clock import day_of
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Account
from trainer.people.domain.accounts import Person
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import Seat
from trainer.people.domain.places import Site
from trainer.people.domain.roles import Role
from trainer.people.domain.secondments import Arrangement
from trainer.people.domain.secondments import Placement

PASSWORD = "window-2026"  # noqa: S105  (demo accounts only, and printed at start)
SETUP = Actor(0, "演示数据", frozenset(Permission))

Keys = dict[str, int]


def open_accounts(session: Session, *, at: datetime) -> dict[str, Person]:
    """Open the demo accounts that are missing; gives all of them by login."""
    known = {person.login: person for person in _everybody(session)}
    missing = [account for account in _accounts() if account.login not in known]
    made = service.add_people(
        session, missing, PASSWORD, by=SETUP, at=at, must_change=False
    )
    return known | {person.login: person for person in made}


def settle(session: Session, *, at: datetime) -> None:
    """Make the places, send everybody, and give posts and scopes.

    What is there is left alone, so doing it again changes nothing. Posts come with
    the content, so that has to be there.
    """
    centre, sites, seats = _places(session, at=at)
    keys = {person.login: person.id for person in _everybody(session)}
    placed = {
        listed.login
        for listed in queries.every_secondment(session, date.min, reader=SETUP)
    }
    for work in WORK:
        if work.login not in placed:
            _send(session, work, (keys, centre, sites, seats), at=at)
    for login in LOGINS:
        person = queries.person(session, keys[login.login], reader=SETUP)
        account = replace(
            person.account(),
            posts=login.posts,
            deputies=login.deputies,
            scope=Scope(
                sites=frozenset(sites[code] for code in login.sites),
                organisations=frozenset(centre[code] for code in login.banks),
            ),
        )
        if account != person.account():
            service.change_person(session, person.id, account, by=SETUP, at=at)


def people_by_login(session: Session) -> dict[str, Person]:
    """Give the people of the demo, with the scopes they have by now."""
    return {person.login: person for person in _everybody(session)}


def _everybody(session: Session) -> list[Person]:
    return queries.everybody(session, reader=SETUP)


def _accounts() -> list[Account]:
    named = [
        Account(login=login.login, name=login.name, roles=login.roles)
        for login in LOGINS
    ]
    clerks = [
        Account(
            login=login,
            name=f"{name}（虚构）",
            roles=frozenset({Role.CLERK, *([Role.MENTOR] * (login in MENTORS))}),
            phone=f"0000-555{login[1:]}",
        )
        for login, name in CLERKS.items()
    ]
    return named + clerks


def _places(session: Session, *, at: datetime) -> tuple[Keys, Keys, dict[str, Keys]]:
    """Make the places that are missing; gives keys by code, seats by site and name."""
    banks = {place.code: place.id for place in queries.organisations(session)}
    for code, name, kind in ORGANISATIONS:
        if code not in banks:
            bank = Organisation(code=code, name=name, kind=kind)
            banks[code] = service.save_organisation(session, bank, by=SETUP, at=at).id
    sites = {site.code: site.id for site in queries.sites(session)}
    for code, name in SITES:
        if code not in sites:
            site = Site(code=code, name=name)
            sites[code] = service.save_site(session, site, by=SETUP, at=at).id
    seats: dict[str, Keys] = {}
    for code, key in sites.items():
        seats[code] = {seat.name: seat.id for seat in queries.seats(session, key)}
    for code, name, channel in SEATS:
        if name not in seats[code]:
            seat = Seat(site=sites[code], name=name, channel=channel)
            seats[code][name] = service.save_seat(session, seat, by=SETUP, at=at).id
    return banks, sites, seats


def _send(
    session: Session,
    work: Work,
    known: tuple[Keys, Keys, Keys, dict[str, Keys]],
    *,
    at: datetime,
) -> None:
    people, banks, sites, seats = known
    today = day_of(at)
    end = None if work.last is None else today + timedelta(days=work.last + 1)
    placement = Placement(
        organisation=banks[work.bank],
        site=sites[work.site],
        begins_on=today + timedelta(days=work.begins),
        planned_to=end,
        arrangement=Arrangement(
            seat=seats[work.site].get(work.seat),
            mentor=people.get(work.mentor),
            successor=people.get(work.successor),
            lines=frozenset(work.lines.split()),
        ),
    )
    sent = service.send(session, people[work.login], placement, by=SETUP, at=at)
    if work.left and end is not None:
        key = sent.secondment.id
        service.end_secondment(session, key, end, work.left, by=SETUP, at=at)
