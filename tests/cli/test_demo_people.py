"""The people of the demo: realistic, fictitious, and made once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from datetime import date
from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlalchemy import func
from sqlalchemy import select

from tests.commands import REPOSITORY
from tests.databases import Databases
from tests.factories import NOON
from tests.factories import SETUP
from trainer.audit.models import AuditRow
from trainer.cli.demo_people import LOGINS
from trainer.cli.demo_people import SEATS
from trainer.cli.demo_people import SITES
from trainer.cli.demo_staff import open_accounts
from trainer.cli.demo_staff import settle
from trainer.kit import db
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Person
from trainer.people.domain.colleagues import Wanted
from trainer.people.domain.places import Channel
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.posts import parse_posts
from trainer.people.domain.roles import Role
from trainer.people.domain.secondments import Listed
from trainer.people.domain.secondments import State
from trainer.topics import service as topics
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def demo(databases: Databases) -> Iterator[Engine]:
    engine = databases.fresh()
    content = REPOSITORY / "content"
    with db.writing(engine) as session:
        text = (content / "topics.yaml").read_text("utf-8")
        save = SaveText(name=TextName.TOPICS, text=text, note="", based_on=None)
        topics.save_text(session, save, by=SETUP, at=AT)
        posts, _ = parse_posts((content / "posts.yaml").read_text("utf-8"))
        service.save_posts(session, posts, by=SETUP, at=NOON)
        open_accounts(session, at=AT)
        settle(session, at=AT)
    yield engine
    databases.drop(engine)


@pytest.fixture(scope="module")
def works(demo: Engine) -> list[Listed]:
    with db.reading(demo) as session:
        return queries.every_secondment(session, date.min, reader=SETUP)


@pytest.fixture(scope="module")
def people(demo: Engine) -> list[Person]:
    with db.reading(demo) as session:
        return queries.everybody(session, reader=SETUP)


def test_there_are_about_sixty_people_and_all_say_they_are_fictitious(
    people: list[Person],
) -> None:
    assert 55 <= len(people) <= 65
    assert all("虚构" in person.name for person in people)
    assert {role for person in people for role in person.roles} == set(Role)


def test_there_are_two_banks_four_sites_and_twelve_windows(demo: Engine) -> None:
    channels = Counter(channel for _, _, channel in SEATS)
    assert (len(SITES), channels[Channel.WINDOW]) == (4, 12)
    assert channels[Channel.HOTLINE] == channels[Channel.ONLINE] == 1
    with db.reading(demo) as session:
        kinds = Counter(o.kind for o in queries.organisations(session))
        assert kinds == {OrganisationKind.BANK: 2, OrganisationKind.CENTRE: 1}
        assert len(queries.seats(session)) == len(SEATS)


def test_some_come_some_go_and_one_is_overdue(works: list[Listed]) -> None:
    states = Counter(listed.secondment.state(ON) for listed in works)
    assert states[State.OVERDUE] == 1
    assert states[State.ARRIVED] == states[State.COMING] == 2
    assert states[State.ENDING] >= 4
    assert states[State.ENDED] >= 10
    assert states[State.PRESENT] >= 25
    moved = Counter(listed.login for listed in works)
    assert sorted(login for login, n in moved.items() if n > 1) == ["w1012", "w1022"]
    assert sum(bool(listed.successor) for listed in works) >= 3
    assert sum(bool(listed.mentor) for listed in works) >= 10


def test_every_seat_is_served(works: list[Listed]) -> None:
    present = {
        (listed.site, listed.seat)
        for listed in works
        if listed.secondment.state(ON) not in {State.ENDED, State.COMING}
    }
    names = dict(SITES)
    assert {(names[site], seat) for site, seat, _ in SEATS} <= present


@pytest.mark.parametrize(
    ("login", "least", "most"),
    [("supervisor", 15, 35), ("bank", 15, 35), ("mentor", 3, 6), ("manager", 60, 60)],
)
def test_each_who_looks_after_people_has_some(
    demo: Engine, login: str, least: int, most: int
) -> None:
    with db.reading(demo) as session:
        person = queries.person_by_login(session, login, reader=SETUP)
        assert person is not None
        part = queries.colleagues(session, Wanted(), ON, reader=person.actor())
    assert least <= part.total <= most


def test_doing_it_again_changes_nothing(demo: Engine) -> None:
    def entries() -> int:
        with db.reading(demo) as session:
            return session.scalar(select(func.count()).select_from(AuditRow)) or 0

    before = entries()
    with db.writing(demo) as session:
        open_accounts(session, at=AT)
        settle(session, at=AT)
    assert entries() == before


def test_the_accounts_to_try_cover_every_role() -> None:
    assert {role for login in LOGINS for role in login.roles} == set(Role)
