"""A mentor who is current, a newcomer in his third week, a supervisor; fictitious."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime

from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.competence.worlds import MANAGER
from tests.competence.worlds import learned
from tests.competence.worlds import moment
from tests.competence.worlds import put_framework
from tests.competence.worlds import see
from tests.factories import SETUP
from tests.people.places import Places
from tests.people.places import make_places
from tests.people.places import make_secondment
from tests.sites import PASSWORD
from trainer.competence import service as competence
from trainer.competence.domain.authorising import Act
from trainer.competence.service import Decision
from trainer.core.actor import Actor
from trainer.core.actor import Scope
from trainer.mentoring import service
from trainer.mentoring.domain.cases import Logged
from trainer.mentoring.domain.cases import NewCase
from trainer.mentoring.domain.cases import Signature
from trainer.people import service as people
from trainer.people.domain.accounts import Account
from trainer.people.domain.accounts import Person
from trainer.people.domain.roles import Role
from trainer.people.domain.secondments import Arrangement

TODAY = date(2026, 11, 22)
BEGIN = date(2026, 11, 2)
RENT = "withdraw.rent"
WITHDRAW = frozenset({"withdraw"})


@dataclass(frozen=True, slots=True)
class World:
    """Actors and keys.

    ``newcomer`` works at the eastern site for bank A and is trained by ``mentor``;
    ``boss`` runs that site, ``bank`` looks after bank A, ``other`` trains nobody.
    """

    places: Places
    newcomer: Actor
    mentor: Actor
    other: Actor
    boss: Actor
    bank: Actor
    pair: int


def make_world(session: Session) -> World:
    put_framework(session)
    places = make_places(session)
    mentor, other = (
        make_colleague(session, login, Role.CLERK, Role.MENTOR)
        for login in ("teacher", "another")
    )
    newcomer = make_colleague(session, "newcomer")
    scope = Scope(sites=frozenset({places.site}))
    boss = make_colleague(session, "boss", Role.SUPERVISOR, scope=scope)
    scope = Scope(organisations=frozenset({places.bank}))
    bank = make_colleague(session, "banker", Role.SUPERVISOR, scope=scope)
    for each in (mentor, other):
        make_secondment(session, each, places, arrangement=Arrangement(lines=WITHDRAW))
        let_alone(session, each.id)
    pair = begin(session, newcomer, places, mentor.id)
    return World(
        places=places,
        newcomer=newcomer.actor(),
        mentor=mentor.actor(),
        other=other.actor(),
        boss=boss.actor(),
        bank=bank.actor(),
        pair=pair,
    )


def make_colleague(
    session: Session, login: str, *roles: Role, scope: Scope | None = None
) -> Person:
    """Open an account that can log in at once."""
    account = Account(
        login=login,
        name=f"{login}（虚构）",
        roles=frozenset(roles or {Role.CLERK}),
        scope=scope or Scope(),
    )
    return people.add_person(
        session, account, PASSWORD, by=SETUP, at=NOW, must_change=False
    )


def begin(
    session: Session,
    person: Person,
    places: Places,
    mentor: int | None,
    on: date = BEGIN,
) -> int:
    """Begin a secondment for withdrawals; gives its key."""
    arranged = Arrangement(mentor=mentor, lines=WITHDRAW)
    sent = make_secondment(session, person, places, begins_on=on, arrangement=arranged)
    return sent.secondment.id


def let_alone(session: Session, person: int) -> None:
    """Let somebody learn withdrawals and work alone at them since October."""
    see(session, *learned(person))
    told = Decision(person=person, line="withdraw", act=Act.GRANTED, seen=0)
    competence.decide(session, told, by=MANAGER, at=moment("2026-10-20"))


def suspend(session: Session, person: int) -> None:
    """Take the right to work alone from somebody."""
    told = Decision(
        person=person, line="withdraw", act=Act.SUSPENDED, reason="核查", seen=1
    )
    competence.decide(session, told, by=MANAGER, at=NOW)


def make_case(world: World, once: str = "a", **more: object) -> NewCase:
    given = {
        "secondment": world.pair,
        "business": RENT,
        "reference": f"A-{once}",
        "on": TODAY,
        "once": once,
        **more,
    }
    return NewCase(**given)  # type: ignore[arg-type]  # by name


def entered(
    session: Session, world: World, count: int = 1, at: datetime = NOW
) -> Sequence[Logged]:
    """Have the newcomer enter some cases."""
    return [
        service.enter_case(
            session, make_case(world, f"{at:%m%d}{n}"), by=world.newcomer, at=at
        )
        for n in range(count)
    ]


def signed(
    session: Session,
    world: World,
    cases: Sequence[Logged],
    outcome: str = "right",
    **more: object,
) -> int:
    """Have the mentor sign some cases."""
    keys = tuple(case.id for case in cases)
    told = Signature(cases=keys, outcome=outcome, competencies=("P5",))
    told = replace(told, **more)  # type: ignore[arg-type]  # by name
    return service.sign(session, world.pair, told, by=world.mentor, at=NOW)


def change_mentor(session: Session, world: World, mentor: int | None) -> None:
    """Give the newcomer another mentor, or none."""
    arranged = Arrangement(mentor=mentor, lines=WITHDRAW)
    people.arrange_secondment(session, world.pair, arranged, by=SETUP, at=NOW)
