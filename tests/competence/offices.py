"""A site where competence is at home, for tests of pages; all fictitious."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tests.apps import NOW
from tests.competence.worlds import learned
from tests.competence.worlds import make_fact
from tests.competence.worlds import put_framework
from tests.competence.worlds import see
from tests.factories import SETUP
from tests.people.offices import Office
from tests.people.offices import make_office
from tests.people.places import make_secondment
from tests.quizzes.published import BANK
from tests.quizzes.published import put_in_force
from tests.quizzes.published import put_rules
from tests.sites import Site
from trainer.kit import db
from trainer.people import queries
from trainer.people.domain.secondments import Arrangement


@dataclass(frozen=True, slots=True)
class Desk:
    """The office, and its people.

    ``east`` is the clerk, who works at the eastern office and has learned to work alone
    at withdrawals; ``west`` is unseen, at another office of another bank.
    """

    site: Site
    office: Office

    @property
    def east(self) -> int:
        return self.site.actors["clerk"].person

    @property
    def west(self) -> int:
        return self.office.west.secondment.person

    @property
    def east_page(self) -> str:
        return f"/competence/people/{self.east}"

    @property
    def west_page(self) -> str:
        return f"/competence/people/{self.west}"


def make_desk(site: Site) -> Desk:
    office = make_office(site)
    with db.writing(site.engine) as session:
        put_framework(session)
        put_rules(session)
        bank = put_in_force(session, BANK)
        clerk = queries.person(session, site.actors["clerk"].person, reader=SETUP)
        arranged = Arrangement(seat=office.places.seat, lines=frozenset({"withdraw"}))
        make_secondment(session, clerk, office.places, arrangement=arranged)
        key = clerk.id
        see(session, *learned(key, bank.id))
        for days in (9, 4):
            at = NOW - timedelta(days=days)
            fresh = make_fact(
                key, "2026-10-01", "other#q5", happened_at=at, source=f"{key}/{days}"
            )
            see(session, fresh)
    return Desk(site, office)
