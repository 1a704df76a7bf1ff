"""Plays by two, a meeting and a course, for tests that walk all routes."""

from __future__ import annotations

from datetime import date
from random import Random

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.checklists.published import put_in_force as put_checklist
from tests.courses.assignments import FIRST
from tests.courses.assignments import RENT
from tests.courses.assignments import WEEK
from tests.courses.assignments import make_text as make_assignment
from tests.courses.assignments import put_course
from tests.courses.assignments import put_rule as put_assignment
from tests.courses.duties import put_rule
from tests.courses.packs import CHECKLIST
from tests.courses.packs import ITEMS
from tests.courses.packs import LIST
from tests.courses.texts import RENT as RENT_TEXT
from tests.factories import make_text
from tests.quizzes.published import asked
from tests.quizzes.published import bank_of
from tests.quizzes.published import put_in_force as put_bank
from tests.scenarios.live_plays import FULL
from tests.scenarios.live_plays import SLUG
from tests.scenarios.live_plays import put_scenario
from tests.scenarios.live_plays import scenario_text
from trainer.certificates.domain.certificates import CODE_BYTES
from trainer.certificates.domain.certificates import Kind
from trainer.certificates.domain.certificates import code_of
from trainer.certificates.domain.honours import Rule
from trainer.certificates.models import CertificateRow
from trainer.certificates.models import HonourRow
from trainer.core.actor import Actor
from trainer.courses import service as courses
from trainer.courses.domain.assigning import Waiver
from trainer.courses.domain.learning import Seat
from trainer.courses.domain.meetings import Pack
from trainer.courses.service import assigning
from trainer.quizzes import service as quizzes
from trainer.quizzes.domain.placing import Told
from trainer.scenarios.domain.live import Judge
from trainer.scenarios.domain.live import Part
from trainer.scenarios.domain.live import Say
from trainer.scenarios.domain.live import SetUp
from trainer.scenarios.service import live
from trainer.scenarios.service import live_going

CONDITIONS, ANSWER = "#conditions", "#answer"
"""What the example cites, and what the only article of the site has."""

PLACING = bank_of(
    *(asked(f"place-{n}", cites="rent-withdrawal#answer") for n in range(4))
)
"""Questions that nobody meets elsewhere, so that they are left for a placement test."""

DAY = date(2026, 11, 22)


def rent_from(day: str) -> str:
    """Give the wording of the only article that holds from a day."""
    body = f"## 一句话结论 {{#answer}}\n\n{day} 起可提 **1500 元**。"
    return make_text(effective_from=day, body=body)


def practise(session: Session, actors: dict[str, Actor], site: int) -> None:
    """Let the clerk play by two and be placed, and the manager prepare a meeting."""
    put_practice(session, (actors["editor"], actors["approver"]))
    be_placed(session, actors["clerk"])
    play_live(session, "clerk", actors["manager"], "manager")
    put_rule(session)
    meet(session, actors["manager"], site)
    teach(session, actors)
    assign(session, (actors["editor"], actors["approver"]))
    waive(session, actors["manager"], actors["clerk"].person)
    certify(session, actors["clerk"].person, actors["manager"])


def assign(session: Session, staff: tuple[Actor, Actor]) -> None:
    """Ask everybody to learn two courses; rule 1 is the editor's."""
    put_course(session, WEEK, FIRST.replace(CONDITIONS, ANSWER), by=staff)
    both = make_assignment(courses=frozenset({WEEK, RENT}))
    put_assignment(session, both, by=staff[0])


def waive(session: Session, by: Actor, person: int) -> None:
    """Free somebody of the course for a while; the waiver of the clerk is 1."""
    waiver = Waiver(
        person=person,
        course=RENT,
        why="先顶两周班再学",
        by=by.person,
        at=NOW,
        until=date(2026, 12, 7),
    )
    assigning.waive(session, waiver, f"waive-{person}", by=by, at=NOW)


def put_practice(session: Session, by: tuple[Actor, Actor]) -> None:
    """Put a scenario and a checklist in force."""
    text = scenario_text().replace(CONDITIONS, ANSWER)
    put_scenario(session, text, by=by, at=NOW)
    items = CHECKLIST.replace(CONDITIONS, ANSWER)
    put_checklist(session, items, LIST, by=by, at=NOW)
    put_bank(session, PLACING, "placing", by=by, at=NOW)


def be_placed(session: Session, by: Actor) -> None:
    """Let somebody end a placement test after one question, and begin another."""
    dice = Random(1).randrange  # noqa: S311  (no secret)
    first, second = (
        quizzes.begin_placement(session, "withdraw", by=by, at=NOW, dice=dice).id
        for _ in range(2)
    )
    assert first == second  # the open one goes on
    right = Told(position=1, given=("A",), number=1, known=0, skips=False)
    quizzes.go_on(session, first, right, by=by, at=NOW, dice=dice)
    quizzes.submit(session, first, by=by, at=NOW)
    quizzes.begin_placement(session, "withdraw", by=by, at=NOW, dice=dice)


def play_live(session: Session, clerk: str, other: Actor, login: str) -> None:
    """Set up two plays of somebody's, and finish the second.

    Args:
        session: A session.
        clerk: Login of who answers.
        other: Who sets them up, asks and observes; he looks after the clerk.
        login: His login.
    """
    for once in ("open", "finished"):
        command = SetUp(
            slug=SLUG, clerk=clerk, citizen=login, observer=login, once=once + clerk
        )
        row = live.set_up(session, command, by=other, at=NOW, dice=lambda _: 1)
    say, marks = Say(number=1, place=2), Judge(marks=FULL, comment="很好")
    live_going.say(session, row.id, say, by=other, at=NOW)
    live_going.judge(session, row.id, marks, by=other, at=NOW)
    for part in (Part.CITIZEN, Part.OBSERVER):
        live_going.agree(session, row.id, part, by=other, at=NOW)


def meet(session: Session, by: Actor, site: int) -> int:
    """Prepare a meeting of a site."""
    pack = Pack(
        site=site,
        on=DAY,
        scenario=SLUG,
        told="某某白跑一趟。",
        asked="先问什么？",
        items=ITEMS,
        once="meeting",
    )
    return courses.prepare(session, pack, by=by, at=NOW)


def teach(session: Session, actors: dict[str, Actor]) -> None:
    """Put a course in force, and sign a session of it for the clerk."""
    put_course(session, RENT, RENT_TEXT, by=(actors["editor"], actors["approver"]))
    seats = [Seat(actors["clerk"].person, "talk")]
    courses.sign_sessions(session, RENT, seats, DAY, by=actors["manager"], at=NOW)


def certify(session: Session, person: int, by: Actor) -> None:
    """Put a certificate and an honour there; the first one's code is all ``A``."""
    serial = (session.scalar(select(func.max(CertificateRow.serial))) or 0) + 1
    paper = CertificateRow(
        year=DAY.year,
        serial=serial,
        code=code_of(bytes(CODE_BYTES - 1) + bytes([serial - 1])),
        person_id=person,
        kind=Kind.LINE,
        subject="withdraw",
        rests_on=1,
        issued_on=DAY,
        until=None,
        approved_by=by.person,
        issued_by=by.person,
        issued_at=NOW,
        revoked_why="",
    )
    honour = HonourRow(
        person_id=person,
        rule=Rule.CASE,
        quarter="2026-Q3",
        counted={"fixed": 3},
        words="写得清楚",
        given_by=by.person,
        given_at=NOW,
        revoked_why="",
    )
    session.add_all((paper, honour))
    session.flush()
