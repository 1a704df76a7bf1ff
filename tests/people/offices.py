"""A site with two banks, two offices and people who work there, for page tests."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.factories import SETUP
from tests.people.places import Places
from tests.people.places import make_person
from tests.people.places import make_places
from tests.people.places import make_secondment
from tests.sites import Site
from trainer.core.actor import Scope
from trainer.kit import db
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.secondments import Arrangement
from trainer.people.domain.secondments import Listed

TODAY = date(2026, 11, 22)
"""The day of :data:`tests.sites.NOW`."""


@dataclass(frozen=True, slots=True)
class Office:
    """Where everybody is.

    ``east`` works at the eastern office for bank A, trained by the mentor; ``west``
    at the western one for bank B. The supervisor's scope is the eastern office.
    """

    places: Places
    east: Listed
    west: Listed

    @property
    def east_page(self) -> str:
        return f"/people/{self.east.secondment.person}"

    @property
    def west_page(self) -> str:
        return f"/people/{self.west.secondment.person}"


def make_office(site: Site) -> Office:
    with db.writing(site.engine) as session:
        places = make_places(session)
        trained = Arrangement(mentor=site.actors["mentor"].person)
        east = make_secondment(
            session, make_person(session, "east"), places, arrangement=trained
        )
        west = make_secondment(
            session,
            make_person(session, "west"),
            places,
            organisation=places.other_bank,
            site=places.other_site,
            planned_to=date(2026, 12, 1),
        )
        scope = Scope(sites=frozenset({places.site}))
        give(session, site, "supervisor", scope=scope)
    return Office(places, east, west)


def give(session: Session, site: Site, role: str, **more: object) -> None:
    """Change the account of a role's person; do it before he logs in."""
    key = site.actors[role].person
    account = queries.person(session, key, reader=SETUP).account()
    changed = replace(account, **more)  # type: ignore[arg-type]  # by name
    service.change_person(session, key, changed, by=SETUP, at=NOW)
