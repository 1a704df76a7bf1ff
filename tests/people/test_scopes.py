"""Who sees whom: one leak between banks ends the product."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import NOON
from tests.factories import SETUP
from tests.people.places import TODAY
from tests.people.places import make_person
from tests.people.places import make_places
from tests.people.places import make_secondment
from trainer.core.actor import READER
from trainer.core.actor import Actor
from trainer.core.actor import Scope
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.roles import ConflictingRolesError
from trainer.people.domain.roles import Role
from trainer.people.domain.secondments import SEEN_AFTER
from trainer.people.domain.secondments import Arrangement
from trainer.people.models import PersonRow


def seen(session: Session, reader: Actor) -> set[str]:
    condition = queries.people_seen_by(reader, TODAY)
    return set(session.scalars(select(PersonRow.login).where(condition)))


def supervised(session: Session, reader: Actor) -> set[str]:
    condition = queries.people_supervised_by(reader, TODAY)
    return set(session.scalars(select(PersonRow.login).where(condition)))


@pytest.fixture
def actors(session: Session) -> dict[str, Actor]:
    """Four secondees of two banks at two sites, and everybody who looks at them."""
    places = make_places(session)
    mentor = make_person(session, "mentor", Role.MENTOR, Role.CLERK)
    for login, bank, site in (
        ("a-east", places.bank, places.site),
        ("a-west", places.bank, places.other_site),
        ("b-east", places.other_bank, places.site),
        ("b-west", places.other_bank, places.other_site),
    ):
        trained = Arrangement(mentor=mentor.id if login == "b-west" else None)
        make_secondment(
            session,
            make_person(session, login),
            places,
            organisation=bank,
            site=site,
            arrangement=trained,
        )
    east = Scope(sites=frozenset({places.site}))
    sent = Scope(organisations=frozenset({places.bank}))
    people = {
        "mentor": mentor,
        "east": make_person(session, "east", Role.SUPERVISOR, scope=east),
        "bank": make_person(session, "bank", Role.SUPERVISOR, scope=sent),
        "none": make_person(session, "none", Role.SUPERVISOR),
        "was": make_person(session, "was", Role.EDITOR, scope=east),
        "manager": make_person(session, "manager", Role.MANAGER),
        "admin": make_person(session, "admin", Role.ADMINISTRATOR),
        "auditor": make_person(session, "auditor", Role.AUDITOR),
    }
    return {name: person.actor() for name, person in people.items()}


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("east", {"a-east", "b-east", "east"}),
        ("bank", {"a-east", "a-west", "bank"}),
        ("mentor", {"b-west", "mentor"}),
        ("none", {"none"}),
        ("was", {"was"}),
        ("auditor", {"auditor"}),
    ],
)
def test_each_sees_his_own_and_nobody_else(
    session: Session, actors: dict[str, Actor], who: str, whom: set[str]
) -> None:
    assert seen(session, actors[who]) == whom
    assert supervised(session, actors[who]) == whom


def test_a_manager_sees_everybody_and_so_does_who_runs_the_system(
    session: Session, actors: dict[str, Actor]
) -> None:
    everybody = set(session.scalars(select(PersonRow.login)))
    assert seen(session, actors["manager"]) == everybody
    assert seen(session, actors["admin"]) == everybody
    assert supervised(session, actors["manager"]) == everybody
    assert supervised(session, actors["admin"]) == {"admin"}


def test_nobody_in_particular_sees_nobody(
    session: Session, actors: dict[str, Actor]
) -> None:
    assert actors
    assert seen(session, READER) == set()


def test_a_bank_does_not_see_where_its_person_worked_for_another(
    session: Session, actors: dict[str, Actor]
) -> None:
    places = queries.organisations(session)
    rival = next(o for o in places if o.code == "bank-b")
    person = queries.person_by_login(session, "a-east", reader=SETUP)
    assert person is not None
    (now,) = queries.history(session, person.id, TODAY, reader=SETUP)
    moved = now.secondment.placement.__class__(
        organisation=rival.id, site=now.secondment.placement.site, begins_on=TODAY
    )
    key = now.secondment.id
    service.move_secondment(session, key, moved, by=SETUP, at=NOON)
    shown = queries.history(session, person.id, TODAY, reader=actors["bank"])
    assert [listed.organisation for listed in shown] == ["甲银行（虚构）"]


def test_who_has_left_is_seen_for_the_hand_over_and_no_longer(
    session: Session, actors: dict[str, Actor]
) -> None:
    person = queries.person_by_login(session, "a-east", reader=SETUP)
    assert person is not None
    (now,) = queries.history(session, person.id, TODAY, reader=SETUP)
    for days, visible in ((SEEN_AFTER.days - 1, True), (SEEN_AFTER.days, False)):
        left = TODAY - timedelta(days=days)
        key = now.secondment.id
        service.end_secondment(session, key, left, "期满", by=SETUP, at=NOON)
        assert ("a-east" in seen(session, actors["bank"])) is visible


@pytest.mark.parametrize(
    "role",
    [Role.ADMINISTRATOR, Role.EDITOR, Role.APPROVER, Role.SUPERVISOR, Role.MANAGER],
)
def test_nobody_audits_himself(session: Session, role: Role) -> None:
    with pytest.raises(ConflictingRolesError, match="不能自己审计自己"):
        make_person(session, "both", Role.AUDITOR, role)
