"""Two banks, two sites and their people, all fictitious."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tests.factories import NOON
from tests.factories import SETUP
from trainer.core.actor import Scope
from trainer.people import service
from trainer.people.domain.accounts import Account
from trainer.people.domain.accounts import Person
from trainer.people.domain.places import Channel
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.places import Seat
from trainer.people.domain.places import Site
from trainer.people.domain.roles import Role
from trainer.people.domain.secondments import Listed
from trainer.people.domain.secondments import Placement
from trainer.people.models import PersonRow

TODAY = date(2026, 8, 22)
"""The day of :data:`tests.factories.NOON`."""


@dataclass(frozen=True, slots=True)
class Places:
    """Keys of what :func:`make_places` makes."""

    centre: int
    bank: int
    other_bank: int
    site: int
    other_site: int
    seat: int


def make_places(session: Session) -> Places:
    keys = [
        service.save_organisation(
            session,
            Organisation(code=code, name=name, kind=kind),
            by=SETUP,
            at=NOON,
        ).id
        for code, name, kind in (
            ("centre", "示例中心", OrganisationKind.CENTRE),
            ("bank-a", "甲银行（虚构）", OrganisationKind.BANK),
            ("bank-b", "乙银行（虚构）", OrganisationKind.BANK),
        )
    ]
    sites = [
        service.save_site(session, Site(code=code, name=name), by=SETUP, at=NOON).id
        for code, name in (("east", "城东管理部"), ("west", "城西管理部"))
    ]
    seat = Seat(site=sites[0], name="1号窗口", channel=Channel.WINDOW)
    seat = service.save_seat(session, seat, by=SETUP, at=NOON)
    centre, bank, other_bank = keys
    site, other_site = sites
    return Places(centre, bank, other_bank, site, other_site, seat.id)


def make_person(
    session: Session, login: str, *roles: Role, scope: Scope | None = None
) -> Person:
    account = Account(
        login=login,
        name=f"{login}（虚构）",
        roles=frozenset(roles or {Role.CLERK}),
        scope=scope or Scope(),
    )
    return service.add_person(session, account, "window-2026", by=SETUP, at=NOON)


def make_secondment(
    session: Session,
    person: Person,
    places: Places,
    **more: object,
) -> Listed:
    """Send a person from bank A to the eastern site, unless told otherwise."""
    given = {
        "organisation": places.bank,
        "site": places.site,
        "begins_on": date(2026, 1, 1),
        "planned_to": date(2027, 1, 1),
        **more,
    }
    placement = Placement(**given)  # type: ignore[arg-type]  # by name
    return service.send(session, person.id, placement, by=SETUP, at=NOON)


def add_accounts(session: Session, count: int) -> range:
    """Add many accounts at once, named w1000 and on; gives their keys."""
    row = {
        "name": "虚构",
        "phone": "",
        "password_hash": "",
        "password_set_at": NOON,
        "must_change_password": False,
        "active": True,
        "created_at": NOON,
    }
    keys = range(1000, 1000 + count)
    rows = [{**row, "id": key, "login": f"w{key}"} for key in keys]
    session.execute(insert(PersonRow), rows)
    return keys
