"""A site with something of everything on it, for tests that walk all its routes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.apps import NOW
from tests.checklists.lists import checklist
from tests.checklists.lists import item
from tests.checklists.published import put_in_force as put_list
from tests.checklists.shown import FIVE
from tests.competence.worlds import make_sighting
from tests.databases import Databases
from tests.databases import statements
from tests.factories import SETUP
from tests.factories import make_approval
from tests.factories import make_draft
from tests.notices.told import make_notice
from tests.people.places import make_person
from tests.people.rosters import NEW
from tests.people.rosters import make_draft as make_roster
from tests.quizzes.banks import HEAD
from tests.quizzes.exams import put_exam
from tests.quizzes.handed_in import hand_in
from tests.quizzes.published import QUIZ
from tests.quizzes.published import asked
from tests.quizzes.published import bank_of
from tests.quizzes.published import put_in_force
from tests.scenarios.graphs import example
from tests.scenarios.published import LOST
from tests.scenarios.published import begun
from tests.scenarios.published import played
from tests.scenarios.published import put_in_force as put_scenario
from tests.sites import TOKEN
from tests.sites import Site
from tests.sites import make_site
from tests.sites import with_people
from tests.web.matrix import NOBODY
from tests.web.matrix import ROLES
from tests.web.practice import practise
from tests.web.practice import rent_from
from trainer.cases import service as cases
from trainer.cases.domain import RaiseFlag
from trainer.competence import service as competence
from trainer.core.actor import Actor
from trainer.kit import db
from trainer.kit import jobs
from trainer.kit.web import current
from trainer.mentoring.models import CosignedCaseRow
from trainer.mentoring.models import MentoringNoteRow
from trainer.people import service as people
from trainer.people.domain.logins import Visit
from trainer.people.domain.places import Organisation
from trainer.people.domain.places import OrganisationKind
from trainer.people.domain.places import Site as Place
from trainer.people.domain.posts import Post
from trainer.people.domain.secondments import Arrangement
from trainer.people.domain.secondments import Placement
from trainer.people.domain.tokens import ApiScope
from trainer.people.domain.tokens import NewToken
from trainer.people.service import roster as rosters
from trainer.publishing import service as publishing
from trainer.quizzes import service as quizzes
from trainer.topics import service as topics
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

CONTENT = Path(__file__).parents[2] / "content"
PLACES = "questions: [drills#first, drills#second]\n"
CITES = "rent-withdrawal#answer"
BANK = bank_of(asked("first", cites=CITES), asked("second", cites=CITES), head=HEAD)
DRILL = f"{HEAD.replace('questions', 'quiz')}mode: practice\nreview: each\n{PLACES}"
EXAM = f"{HEAD.replace('questions', 'quiz')}minutes: 30\nattempts: 3\n{PLACES}"
TALK = (
    example()
    .replace("rent-withdrawal#conditions", CITES)
    .replace("deputy: service-desk\n", "")
)
LOG = " search_log "
LEFT = "left"
"""Login of who has left."""

MISTYPED_AT = "10.0.0.9"
"""Network address from which a password was mistyped."""

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")


@dataclass(frozen=True, slots=True)
class Caller:
    """A browser of one role that forgets every answer: it keeps asking the same."""

    site: Site
    cookie: str
    token: str

    def ask(
        self, method: str, path: str, data: dict[str, str] | None = None
    ) -> TestResponse:
        """Send a request; a form carries the token of this session."""
        form = None if method == "GET" else {"csrf_token": self.token, **(data or {})}
        return self.bare().open(path, method=method, data=form)

    def bare(self) -> FlaskClient:
        """Give a client with the cookie of this session, and nothing else."""
        client = self.site.app.test_client()
        client.set_cookie("session", self.cookie)
        return client


@dataclass(frozen=True, slots=True)
class Furnished:
    """A site with articles, a draft, a flag and the texts; a caller for each role."""

    site: Site
    callers: dict[str, Caller]


@pytest.fixture(scope="module")
def furnished(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Furnished]:
    engine = databases.fresh(with_people)
    site = make_site(engine, tmp_path_factory.mktemp("site"))
    yield furnish(site)
    databases.drop(engine)


def furnish(site: Site) -> Furnished:
    """Fill a site and log everybody in; the clerk then mistypes his password."""
    with db.writing(site.engine) as session:
        fill(session, site.actors)
        fill_more(session, site.actors)
    site.reindex()
    callers = {role: caller(site, role) for role in ROLES}
    with db.writing(site.engine) as session:
        mistyped = people.check_password(session, "clerk", "mistyped")
        people.log_in(session, mistyped, at=NOW, visit=Visit(address=MISTYPED_AT))
    return Furnished(site, callers)


def caller(site: Site, role: str) -> Caller:
    """Log a role in."""
    browser = site.browser(None if role == NOBODY else role)
    token = token_of(browser)
    cookie = browser.get_cookie("session")
    assert cookie is not None
    return Caller(site, cookie.value, token)


def token_of(browser: FlaskClient) -> str:
    """Give the token that the forms of a browser carry."""
    found = TOKEN.search(browser.get("/people/login").text)
    assert found
    return found[1]


def fill(session: Session, actors: dict[str, Actor]) -> None:
    """Put revisions 1 and 2 in force, leave 3 in review, 4 a draft; raise flag 1.

    Person 1, the clerk, is at site 1 by secondment 1.
    Roster 1 waits to be confirmed. Attempt 1 is the clerk's; its essay
    waits. Attempt 2 is his too, and open. So are plays 1 and 2, and live play 1; live
    play 2 is finished. The manager asks and observes. Meeting 1 is that of site 1.
    Notice 1 is the clerk's. Placement test 3 has ended, 4 is open.
    """
    editor, approver = actors["editor"], actors["approver"]
    people.save_posts(
        session, [Post("withdrawal-desk", "提取业务科")], by=SETUP, at=NOW
    )
    for name in TextName:
        text = (CONTENT / f"{name}.yaml").read_text("utf-8")
        command = SaveText(name=name, text=text, note="", based_on=None)
        topics.save_text(session, command, by=editor, at=NOW)
    for day in ("2026-01-01", "2026-09-20", "2027-01-01", "2027-06-01"):
        draft = make_draft(session, rent_from(day), by=editor, at=NOW)
        if draft.id <= 3:
            publishing.submit(session, draft.id, by=editor, at=NOW)
        if draft.id <= 2:
            approval = make_approval(draft)
            publishing.approve(session, draft.id, approval, by=approver, at=NOW)
    flag = RaiseFlag(revision=1, query="租房", on=date(2026, 2, 1), words="不对")
    cases.raise_flag(session, flag, by=actors["clerk"], at=NOW)
    bank = Organisation(code="bank", name="甲银行（虚构）", kind=OrganisationKind.BANK)
    bank = people.save_organisation(session, bank, by=SETUP, at=NOW)
    place = people.save_site(session, Place(code="east", name="城东"), by=SETUP, at=NOW)
    work = Placement(organisation=bank.id, site=place.id, begins_on=date(2026, 1, 1))
    people.send(session, actors["clerk"].person, work, by=SETUP, at=NOW)
    by, roster = actors["administrator"], make_roster(NEW, {**NEW, "工号": "?"})
    rosters.upload_roster(session, roster, by=by, at=NOW)
    make_notice(session, actors["clerk"].person)
    fill_training(session, (editor, approver), actors["clerk"])
    practise(session, actors, place.id)


def fill_training(session: Session, staff: tuple[Actor, Actor], clerk: Actor) -> None:
    """Put banks, quizzes and a scenario in force; the clerk takes and plays them."""
    for slug, text in (("drills", BANK), ("drill", DRILL), ("exam", EXAM)):
        put_in_force(session, text, slug, by=staff, at=NOW)
    put_exam(session)
    hand_in(session, clerk, at=NOW)
    take(session, clerk)
    put_scenario(session, TALK, "talk", by=staff, at=NOW)
    rehearse(session, clerk)


def rehearse(session: Session, by: Actor) -> None:
    """Play the scenario to its end and begin again; the clerk's are 1 and 2."""
    played(session, by, LOST, at=NOW, slug="talk")
    begun(session, by, at=NOW, slug="talk")


def take(session: Session, by: Actor) -> None:
    """Begin the exam; the clerk's is attempt 2."""
    quizzes.begin(session, "exam", by=by, at=NOW, dice=lambda _: 0)


def fill_more(session: Session, actors: dict[str, Actor]) -> None:
    """Put there what can be ended, used again, erased and revoked; texts.

    The auditor's secondment 2 at site 1 is going to end; the mentor trains him, and
    case 1 and question 1 are his. Nobody is at site 2, and
    site 3 is retired. The last person has left. Token 1 is a system's. Sighting 1 is of
    the clerk, and the manager's. Run 1 of a job waits.
    """
    jobs.ask(session, "notices.digest", "2026-11-20", at=NOW)
    by = (actors["editor"], actors["approver"])
    bank = bank_of(
        asked("days", cites="rent-withdrawal#answer"),
        asked("left", cites="rent-withdrawal#answer"),
    )
    put_in_force(session, bank, "rent-bank", by=by, at=NOW)
    put_in_force(session, QUIZ, "first-quiz", by=by, at=NOW)
    trained = Arrangement(mentor=actors["mentor"].person, lines=frozenset({"withdraw"}))
    work = Placement(
        organisation=1, site=1, begins_on=date(2026, 1, 1), arrangement=trained
    )
    people.send(session, actors["auditor"].person, work, by=SETUP, at=NOW)
    session.add_all(in_training(2))
    people.end_secondment(session, 2, date(2026, 12, 31), "期满", by=SETUP, at=NOW)
    for code, active in (("empty", True), ("old", False)):
        other = Place(code=code, name=code, active=active)
        people.save_site(session, other, by=SETUP, at=NOW)
    left = make_person(session, LEFT)
    closed = replace(left.account(), active=False)
    people.change_person(session, left.id, closed, by=SETUP, at=NOW)
    items = (item(key, cites=f"[{CITES}]") for key in ("parents-home", "their-home"))
    put_list(session, checklist(*items, FIVE), by=by, at=NOW)
    scopes = frozenset({ApiScope.SEARCH_READ})
    token = NewToken(system="核心系统", scopes=scopes, days=30)
    people.make_token(session, token, by=actors["administrator"], at=NOW)
    seen = make_sighting(actors["clerk"].person, batch="batch-1")
    competence.enter(session, seen, by=actors["manager"], at=NOW)


def in_training(
    secondment: int, sighting: int | None = None
) -> tuple[CosignedCaseRow, MentoringNoteRow]:
    """Give a case and a question of somebody's time with his mentor."""
    case = CosignedCaseRow(
        secondment_id=secondment,
        line="withdraw",
        number=1,
        business="withdraw.rent",
        reference="A-1",
        on=date(2026, 11, 20),
        drawn=True,
        once="furnished",
        entered_at=NOW,
        sighting_id=sighting,
    )
    note = MentoringNoteRow(
        secondment_id=secondment,
        kind="question",
        week=1,
        words="怎么办？",
        once="furnished",
        written_at=NOW,
        answer="",
    )
    return case, note


@pytest.fixture
def nothing_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo what a request writes, so that every request finds the same site."""

    @contextmanager
    def undone() -> Iterator[Session]:
        with db.writing(current.engine()) as session:
            yield session
            session.rollback()

    monkeypatch.setattr(current, "writing", undone)


@contextmanager
def writes(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements that write; the log of questions has its own thread."""
    written: list[str] = []
    with statements(engine) as seen:
        yield written
        written += [
            statement
            for statement in seen
            if statement.upper().startswith(WRITES) and LOG not in statement
        ]
