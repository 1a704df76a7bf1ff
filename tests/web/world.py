"""Two banks, three sites and people of every role: whose thing is it, and who asks.

Every caller works for bank A at the eastern site. The others stand to him in one of
:data:`OTHERS`: what a caller may see of them is said in :mod:`tests.web.relations`.
Each of them, and each caller, has an account, a secondment, a session, a flag, a
sighting, an attempt that was handed in and one that is open, placement tests and plays
likewise, alone and by two, a notice, an import and a token, made when he was an
administrator.
Each of them, and each caller, has an account, a secondment with a case and a question
in it, a session, a flag, a sighting, an attempt that was handed in and one that is
open, placement tests and plays likewise, alone and by two, an import and a token, made
when he was an administrator.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.competence.worlds import make_sighting
from tests.databases import Databases
from tests.factories import SETUP
from tests.notices.told import make_notice
from tests.people.rosters import NEW
from tests.people.rosters import make_draft as make_roster
from tests.quizzes.handed_in import GRADER
from tests.quizzes.handed_in import hand_in
from tests.sites import PASSWORD
from tests.sites import Site
from tests.sites import make_site
from tests.sites import with_people
from tests.web.conftest import Caller
from tests.web.conftest import caller
from tests.web.conftest import fill
from tests.web.conftest import in_training
from tests.web.conftest import rehearse
from tests.web.conftest import take
from tests.web.matrix import NOBODY
from tests.web.practice import be_placed
from tests.web.practice import certify
from tests.web.practice import play_live
from tests.web.practice import waive
from trainer.cases import service as cases
from trainer.cases.domain import RaiseFlag
from trainer.cases.models import FlagRow
from trainer.certificates.models import CertificateRow
from trainer.certificates.models import HonourRow
from trainer.competence.models import SightingRow
from trainer.competence.service import enter
from trainer.core.actor import Actor
from trainer.core.actor import Scope
from trainer.core.clock import start_of
from trainer.courses.models import CourseWaiverRow
from trainer.kit import db
from trainer.mentoring.models import CosignedCaseRow
from trainer.mentoring.models import MentoringNoteRow
from trainer.notices.models import NoticeRow
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.accounts import Account
from trainer.people.domain.accounts import Person
from trainer.people.domain.places import Channel
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.places import Seat
from trainer.people.domain.places import Site as Place
from trainer.people.domain.roles import Role
from trainer.people.domain.secondments import Arrangement
from trainer.people.domain.secondments import Placement
from trainer.people.domain.tokens import ApiScope
from trainer.people.domain.tokens import NewToken
from trainer.people.models import LoginRow
from trainer.people.models import PersonRow
from trainer.people.models import RosterImportRow
from trainer.people.models import SecondmentRow
from trainer.people.models import TokenRow
from trainer.people.service import roster as rosters
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.taking import PLACEMENTS
from trainer.quizzes.models import AttemptRow
from trainer.scenarios.domain.live import LiveState
from trainer.scenarios.domain.playing import PlayState
from trainer.scenarios.models import LiveRow
from trainer.scenarios.models import PlayRow

BANK_SUPERVISOR = "bank-supervisor"
CALLERS = (
    *(NOBODY, "clerk", "mentor", "supervisor", BANK_SUPERVISOR),
    *("editor", "approver", "manager", "administrator", "auditor"),
)
"""``supervisor`` runs the eastern site, the other one looks after bank A."""

OWN, MISSING = "own", "no such"
TRAINED, SAME_SITE, OTHER_SITE = "trained", "same site", "other site"
RIVAL_HERE, RIVAL, GONE = "other bank here", "other bank", "left"
OTHERS = {
    TRAINED: ("a", "east"),
    SAME_SITE: ("a", "east"),
    OTHER_SITE: ("a", "west"),
    RIVAL_HERE: ("b", "east"),
    RIVAL: ("b", "south"),
    GONE: ("a", "east"),
}
"""By relation the bank and the site. The mentor trains the first one; ``left`` has
been gone for longer than a hand-over takes."""

RELATIONS = (OWN, *OTHERS, MISSING)
NO_SUCH = 999_999
BEGINS, LEFT = date(2026, 1, 1), date(2026, 9, 1)
LAST_DAYS = start_of(LEFT) - timedelta(days=3)
PHONE = "1380000{:04}"


def login_of(relation: str) -> str:
    """Give the login of somebody, in words that stand in no other one."""
    return f"{relation.replace(' ', '-')}-01"


@dataclass(frozen=True, slots=True)
class World:
    """The site, a caller of each kind, and the keys of things by kind and login."""

    site: Site
    callers: Mapping[str, Caller]
    keys: Mapping[str, Mapping[str, int]]

    def key(self, thing: str, caller: str, relation: str) -> int:
        """Give the key of a thing that stands to a caller in a relation."""
        owner = caller if relation == OWN else login_of(relation)
        return self.keys[thing].get(owner, NO_SUCH)


def make_world(databases: Databases, home: Path) -> World:
    """Copy the world and log everybody in."""
    site = make_site(databases.fresh(with_world), home)
    callers = {name: caller(site, name) for name in CALLERS}
    for relation in OTHERS:
        # Who has left has a session of his last days.
        site.set_clock(LAST_DAYS if relation == GONE else NOW)
        site.browser(login_of(relation))
    site.set_clock(NOW)
    with db.reading(site.engine) as session:
        return World(site, callers, keys(session))


def keys(session: Session) -> dict[str, dict[str, int]]:
    """Find by kind and login the key of what belongs to somebody."""
    owned = {
        "secondment": (SecondmentRow.id, SecondmentRow.person_id),
        "session": (LoginRow.id, LoginRow.person_id),
        "flag": (FlagRow.id, FlagRow.raised_by),
        "import": (RosterImportRow.id, RosterImportRow.made_by),
        "token": (TokenRow.id, TokenRow.made_by),
        "sighting": (SightingRow.id, SightingRow.person_id),
        "notice": (NoticeRow.id, NoticeRow.person_id),
        "waiver": (CourseWaiverRow.id, CourseWaiverRow.person_id),
        "certificate": (CertificateRow.id, CertificateRow.person_id),
        "honour": (HonourRow.id, HonourRow.person_id),
    }
    found = {
        thing: select(PersonRow.login, key).join(PersonRow, PersonRow.id == owner)
        for thing, (key, owner) in owned.items()
    }
    attempts = select(PersonRow.login, AttemptRow.id).join(
        PersonRow, PersonRow.id == AttemptRow.person_id
    )
    still_open = AttemptRow.state == State.IN_PROGRESS
    places = AttemptRow.quiz.startswith(PLACEMENTS)
    plays = select(PersonRow.login, PlayRow.id).join(
        PersonRow, PersonRow.id == PlayRow.person_id
    )
    for thing, row in (("case", CosignedCaseRow), ("note", MentoringNoteRow)):
        found[thing] = (
            select(PersonRow.login, row.id)
            .join(SecondmentRow, SecondmentRow.person_id == PersonRow.id)
            .join(row, row.secondment_id == SecondmentRow.id)
        )
    found["open play"] = plays.where(PlayRow.state == PlayState.OPEN)
    found["play"] = plays.where(PlayRow.state == PlayState.ENDED)
    found["open attempt"] = attempts.where(still_open, ~places)
    found["attempt"] = attempts.where(~still_open, ~places)
    found["open placement"] = attempts.where(still_open, places)
    found["placement"] = attempts.where(~still_open, places)
    lives = select(PersonRow.login, LiveRow.id).join(
        PersonRow, PersonRow.id == LiveRow.clerk_id
    )
    found["open live"] = lives.where(LiveRow.state == LiveState.OPEN)
    found["live"] = lives.where(LiveRow.state == LiveState.FINISHED)
    found["person"] = select(PersonRow.login, PersonRow.id)
    return {thing: dict(session.execute(query).all()) for thing, query in found.items()}


def with_world(engine: Engine) -> None:
    """Put the world into a database."""
    with_people(engine)
    with db.writing(engine) as session:
        everybody = queries.everybody(session, reader=SETUP)
        fill(session, {person.login: person.actor() for person in everybody})
        add(session, "bank-supervisor", Role.SUPERVISOR)
        banks, sites = places(session)
        scopes = {
            "supervisor": Scope(sites=frozenset({sites["east"]})),
            BANK_SUPERVISOR: Scope(organisations=frozenset({banks["a"]})),
        }
        for login, scope in scopes.items():
            found = known(session, login)
            account = replace(found.account(), scope=scope)
            service.change_person(session, found.id, account, by=SETUP, at=NOW)
        people = {name: ("a", "east") for name in CALLERS if name != NOBODY}
        for relation, where in OTHERS.items():
            add(session, login_of(relation), Role.CLERK)
            people[login_of(relation)] = where
        for login, (bank, site) in people.items():
            furnish(session, known(session, login), banks[bank], sites[site])


def add(session: Session, login: str, role: Role) -> None:
    account = Account(login=login, name=f"{login}（虚构）", roles=frozenset({role}))
    service.add_person(session, account, PASSWORD, by=SETUP, at=NOW, must_change=False)


def known(session: Session, login: str) -> Person:
    found = queries.person_by_login(session, login, reader=SETUP)
    assert found
    return found


def places(session: Session) -> tuple[dict[str, int], dict[str, int]]:
    """Give banks and sites by code; the first of each are there already."""
    rival = Organisation(code="b", name="乙银行（虚构）", kind=OrganisationKind.BANK)
    service.save_organisation(session, rival, by=SETUP, at=NOW)
    for code, name in (("west", "城西"), ("south", "城南")):
        service.save_site(session, Place(code=code, name=name), by=SETUP, at=NOW)
    for place in queries.sites(session):
        seat = Seat(site=place.id, name="1号窗口", channel=Channel.WINDOW)
        service.save_seat(session, seat, by=SETUP, at=NOW)
    banks = {each.code: each.id for each in queries.organisations(session)}
    banks["a"] = banks["bank"]
    return banks, {each.code: each.id for each in queries.sites(session)}


def work_through(session: Session, person: Person, by: Actor) -> None:
    """Let somebody take a quiz, an exam, a scenario, a test and a play by two."""
    hand_in(session, by, at=NOW)
    take(session, by)
    rehearse(session, by)
    be_placed(session, by)
    judge = BANK_SUPERVISOR if person.login == "manager" else "manager"
    play_live(session, person.login, known(session, judge).actor(), judge)


def furnish(session: Session, person: Person, bank: int, site: int) -> None:
    """Give somebody a telephone, a secondment, a flag, an import and a token."""
    by = replace(SETUP, person=person.id)
    seen = enter(session, make_sighting(person.id), by=GRADER, at=NOW)
    account = replace(person.account(), phone=PHONE.format(person.id))
    service.change_person(session, person.id, account, by=SETUP, at=NOW)
    if person.login != "clerk":  # has one already, a flag and an attempt
        mentor = known(session, "mentor").id
        trained = person.login == login_of(TRAINED)
        seat = queries.seats(session, site)[0].id
        arranged = Arrangement(
            seat=seat,
            mentor=mentor if trained else None,
            lines=frozenset({"withdraw"}),
        )
        work = Placement(
            organisation=bank, site=site, begins_on=BEGINS, arrangement=arranged
        )
        sent = service.send(session, person.id, work, by=SETUP, at=NOW)
        if person.login == login_of(GONE):
            key = sent.secondment.id
            service.end_secondment(session, key, LEFT, "期满", by=SETUP, at=NOW)
        flag = RaiseFlag(revision=1, query="", on=BEGINS, words=person.login)
        cases.raise_flag(session, flag, by=by, at=NOW)
        make_notice(session, person.id)
        work_through(session, person, by)
        certify(session, person.id, known(session, "manager").actor())
    judge = BANK_SUPERVISOR if person.login == "manager" else "manager"
    waive(session, known(session, judge).actor(), person.id)
    own = select(SecondmentRow.id).where(SecondmentRow.person_id == person.id)
    session.add_all(in_training(session.scalars(own).one(), seen))
    draft = make_roster(NEW, {**NEW, "工号": "?"})
    rosters.upload_roster(session, draft, by=by, at=NOW)
    scopes = frozenset({ApiScope.SEARCH_READ})
    token = NewToken(system=f"核心{person.id}", scopes=scopes, days=30)
    service.make_token(session, token, by=by, at=NOW)
