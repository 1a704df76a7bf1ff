"""A served demo site and a real Chromium; started once for the whole wing."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from bench.browser import chromium
from bench.browser import log_in
from bench.browser import window
from bench.site import demo_data
from bench.site import served
from tests.browser import pages
from tests.checklists.lists import PARENTS
from tests.checklists.lists import checklist
from tests.checklists.lists import item as item_of
from tests.checklists.published import put_in_force as put_list
from tests.factories import SETUP
from tests.people.rosters import NEW
from tests.people.rosters import make_draft as make_roster
from tests.quizzes.handed_in import hand_in
from tests.quizzes.published import QUIZ
from tests.quizzes.published import put_draft
from tests.scenarios.live_plays import FULL
from tests.scenarios.live_plays import HOME
from tests.scenarios.live_plays import SLUG
from tests.scenarios.live_plays import put_scenario
from tests.scenarios.published import LOST
from tests.scenarios.published import begun
from tests.scenarios.published import played
from tests.scenarios.published import put_in_force
from trainer import settings
from trainer.cases import service as cases
from trainer.cases.domain import RaiseFlag
from trainer.certificates.domain.honours import quarter_before
from trainer.competence import service as competence
from trainer.competence.domain.returning import COLUMNS
from trainer.competence.domain.returning import EXAMPLE
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.clock import now
from trainer.courses import queries as courses_queries
from trainer.courses import service as courses
from trainer.courses.domain.meetings import Pack
from trainer.courses.domain.suggesting import suggested_items
from trainer.features import TEXT_KINDS
from trainer.kit import db
from trainer.knowledge import service as knowledge
from trainer.mentoring import queries as mentoring
from trainer.people import queries as people
from trainer.people.service import roster as rosters
from trainer.publishing import queries as publishing
from trainer.publishing import service
from trainer.quizzes import service as quizzes
from trainer.quizzes.domain.placing import Told
from trainer.quizzes.queries import papers
from trainer.scenarios.domain.live import Judge
from trainer.scenarios.domain.live import Part
from trainer.scenarios.domain.live import Say
from trainer.scenarios.domain.live import SetUp
from trainer.scenarios.service import live
from trainer.scenarios.service import live_going

HERE = Path(__file__).parent
DAY = date(2026, 11, 22)
TRIAL = QUIZ + "  - {competency: P6, difficulty: 3, count: 99}\n"
"""A quiz that the banks have too few questions for."""

THEIRS = item_of("their-home", severity="ban", say="您爱人的房子在哪个市？")
ITEMS = checklist(PARENTS, THEIRS)
"""A checklist beside those of the starter pack: more at one step than are shown."""

Opener = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is the browser wing."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True, slots=True)
class Draft:
    """A text in review, so that the pages of the desk have something to show.

    And attempts of the clerk's: one that is open, and one that was handed in, with the
    place of its essay; a revision of a bank; plays of his likewise, alone and by two;
    a meeting; what he must read; placement tests; somebody of whom much is known; and a
    table of returned files.
    """

    key: int
    open: int
    attempt: int
    essay: int
    bank: int
    playing: int
    played: int
    live: int
    finished: int
    meeting: int
    duty: int
    placing: int
    placed: int
    seen: int
    pair: int
    batch: str

    def paths(self, role: str) -> list[str]:
        """Give the pages a person looks at."""
        keys: dict[int, int | str] = {
            pages.DRAFT: self.key,
            pages.OPEN: self.open,
            pages.ATTEMPT: self.attempt,
            pages.ESSAY: self.essay,
            pages.IMPORTED: self.bank,
            pages.PLAYING: self.playing,
            pages.PLAYED: self.played,
            pages.LIVE: self.live,
            pages.FINISHED: self.finished,
            pages.MEETING: self.meeting,
            pages.DUTY: self.duty,
            pages.PLACING: self.placing,
            pages.PLACED: self.placed,
            pages.SEEN: self.seen,
            pages.PAIR: self.pair,
            pages.BATCH: self.batch,
            pages.QUARTER: quarter_before(day_of(now())).code,
        }
        found = [path for who, path in pages.PAGES if who == role]
        for stand_in, key in keys.items():
            found = [path.replace(str(stand_in), str(key)) for path in found]
        return found


@pytest.fixture(scope="session")
def data() -> Iterator[Path]:
    """The data directory of a demo site."""
    with demo_data() as data:
        yield data


@pytest.fixture(scope="session")
def draft(data: Path) -> Draft:
    """A new wording of an article in review, and a flag on the present one."""
    read = settings.load(data, environment={})
    engine = db.open_engine(read.database_url, read.secret_key)
    with db.writing(engine) as session:
        by, approver = actor(session, "editor"), actor(session, "approver")
        staff = (by, approver)
        present = publishing.version(session, "rent-withdrawal", 2, reader=by)
        text = publishing.text(session, present)
        changed = text.replace("2026-09-20", "2027-01-01").replace("3 个月", "2 个月")
        made = service.create_draft(
            session, "rent-withdrawal", knowledge.prepare(changed), by=by, at=now()
        )
        service.submit(session, made.id, by=by, at=now())
        put_draft(session, TRIAL, "trial", by=by, at=now())
        put_list(session, ITEMS, "browsed-errors", by=staff, at=now())
        flag = RaiseFlag(revision=present.id, query="租房", on=DAY, words="额度不对")
        cases.raise_flag(session, flag, by=by, at=now())
        upload_rosters(session)
        opened, attempt, essay = attempts(session)
        bank = publishing.version(session, "rent-withdrawal-cases", 1, reader=by).id
        alone = plays(session, staff)
        put_scenario(session, by=staff, at=now())
        lives = (plan(session, "w1002", "clerk"), plan(session, "clerk", "w1002"))
        finish(session, lives[1])
        last = (meet(session), due(session), *place(session))
        seen, batch = actor(session, "w1008").person, send_back(session)
        pair = mentoring.own_pair(
            session, day_of(now()), reader=actor(session, "w1004")
        )
        assert pair
    engine.dispose()
    keys = (made.id, opened, attempt, essay, bank, *alone, *lives, *last, seen)
    return Draft(*keys, pair.key, batch)


def send_back(session: Session) -> str:
    """Let the supervisor bring a table of returned files; gives what it is called."""
    by, at = actor(session, "supervisor"), now()
    row = ("w1009", str(day_of(at)), *EXAMPLE[2:])
    return competence.take_in(session, written_rows(row), by=by, at=at)


def written_rows(*rows: Sequence[str]) -> str:
    """Write a table of returned files."""
    return "\n".join(",".join(row) for row in (COLUMNS, *rows))


def upload_rosters(session: Session) -> None:
    """Upload one with a fault, and one that is dropped."""
    by = actor(session, "admin")
    for rows in ([NEW, {**NEW, "工号": "w2", "派驻开始": "明天"}], [NEW]):
        key = rosters.upload_roster(session, make_roster(*rows), by=by, at=now())
    rosters.drop_roster(session, key, by=by, at=now())


def plays(session: Session, staff: tuple[Actor, Actor]) -> tuple[int, int]:
    """Put a scenario in force and let the clerk play it twice.

    Returns:
        The play that is open, and one that was lost.
    """
    clerk = actor(session, "clerk")
    put_in_force(session, by=staff, at=now())
    ended = played(session, clerk, LOST, at=now())
    return begun(session, clerk, at=now()), ended


def actor(session: Session, login: str) -> Actor:
    """Give a demo person as use cases see him."""
    found = people.person_by_login(session, login, reader=SETUP)
    assert found is not None
    return found.actor()


def plan(session: Session, clerk: str, citizen: str, once: str = "a") -> int:
    """Let the mentor set up a play by two of the hall, and observe it."""
    by = actor(session, "mentor")
    command = SetUp(
        slug=SLUG, clerk=clerk, citizen=citizen, observer="mentor", once=once + clerk
    )
    return live.set_up(session, command, by=by, at=now(), dice=lambda _: HOME).id


def finish(session: Session, key: int) -> None:
    """Play it the best way, and mark it."""
    citizen, observer = actor(session, "w1002"), actor(session, "mentor")
    for number, place in ((1, 2), (2, 3)):
        say = Say(number=number, place=place)
        live_going.say(session, key, say, by=citizen, at=now())
    marks = Judge(marks={**FULL, "process": 1}, comment="先问了住房，再谈材料，很好。")
    live_going.judge(session, key, marks, by=observer, at=now())
    live_going.agree(session, key, Part.CITIZEN, by=citizen, at=now())
    live_going.agree(session, key, Part.OBSERVER, by=observer, at=now())


def due(session: Session) -> int:
    """Give the first thing that the clerk must read."""
    kinds = [code for code, kind in TEXT_KINDS.items() if kind.is_article]
    by = actor(session, "clerk")
    found = courses_queries.own_duties(session, now(), kinds, reader=by)
    return found[0].duty.news.revision


def meet(session: Session) -> int:
    """Let the supervisor prepare a meeting of the first of his sites, as suggested."""
    by = actor(session, "supervisor")
    site, day = courses_queries.own_sites(session, reader=by)[0].id, day_of(now())
    facts = courses_queries.facts_of(session, site, day, reader=by)
    items = courses_queries.items_on(session, day, reader=by).values()
    found = suggested_items(items, facts)
    pack = Pack(
        site=site,
        on=day,
        scenario=SLUG,
        told="某某来问父母名下的房子算不算。窗口说算，他没办成；隔天打热线才知道不算。",
        asked="第一句该问什么？哪一步最容易错？",
        items=tuple(each.item.address for each in found),
        once="a",
    )
    return courses.prepare(session, pack, by=by, at=now())


def attempts(session: Session) -> tuple[int, int, int]:
    """Let the clerk hand in two quizzes and begin another.

    Returns:
        The one that is open, one that was handed in, and the place of its essay.
    """
    clerk = people.person_by_login(session, "clerk", reader=SETUP)
    assert clerk is not None
    by, at = clerk.actor(), now()
    slugs = ("ready-for-withdrawals", "ready-for-deposits")
    attempt, _ = (hand_in(session, by, at=at, slug=slug) for slug in slugs)
    essay = next(item.position for item in papers(session, [attempt]) if not item.share)
    dice = Random(1).randrange  # noqa: S311  (no secret)
    opened = quizzes.begin(session, "ready-for-counter", by=by, at=at, dice=dice)
    return opened.id, attempt, essay


def place(session: Session) -> tuple[int, int]:
    """Let the clerk end a placement test after some questions and begin another.

    Returns:
        The one that is open, and the one that has ended.
    """
    by, at = actor(session, "clerk"), now()
    dice = Random(1).randrange  # noqa: S311  (no secret)
    done = quizzes.begin_placement(session, "loan", by=by, at=at, dice=dice).id
    for position in range(1, 8):
        skips = Told(position=position, given=(), number=1, known=0, skips=True)
        quizzes.go_on(session, done, skips, by=by, at=at, dice=dice)
    quizzes.submit(session, done, by=by, at=at)
    again = quizzes.begin_placement(session, "withdraw", by=by, at=at, dice=dice)
    return again.id, done


@pytest.fixture(scope="session")
def address(data: Path, draft: Draft) -> Iterator[str]:
    """The demo site on loopback, on a port the system chose."""
    assert draft.key
    with served(data) as address:
        yield address


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def opened(chrome: Browser, address: str) -> Iterator[Opener]:
    """Opens windows; each writes down what its console says is wrong."""
    contexts = []

    def open_window(
        role: str | None = "clerk",
        *,
        width: int = 1366,
        theme: str = "light",
        script: bool = True,
    ) -> Page:
        context = window(chrome, address, width=width, theme=theme, script=script)
        contexts.append(context)
        page = context.new_page()
        if role is not None:
            log_in(page, role)
        return page

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def clerk_window(chrome: Browser, address: str) -> Iterator[BrowserContext]:
    """A window in which a clerk has logged in once."""
    context = window(chrome, address)
    page = context.new_page()
    log_in(page, "clerk")
    page.close()
    yield context
    context.close()


@pytest.fixture
def clerk(clerk_window: BrowserContext) -> Iterator[Page]:
    """A fresh tab of the clerk."""
    page = clerk_window.new_page()
    yield page
    page.close()
