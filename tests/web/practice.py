"""Plays by two and a meeting, for tests that walk all routes."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.checklists.published import put_in_force as put_checklist
from tests.courses.duties import put_rule
from tests.courses.packs import CHECKLIST
from tests.courses.packs import ITEMS
from tests.courses.packs import LIST
from tests.factories import make_text
from tests.scenarios.live_plays import FULL
from tests.scenarios.live_plays import SLUG
from tests.scenarios.live_plays import put_scenario
from tests.scenarios.live_plays import scenario_text
from trainer.core.actor import Actor
from trainer.courses import service as courses
from trainer.courses.domain.meetings import Pack
from trainer.scenarios.domain.live import Judge
from trainer.scenarios.domain.live import Part
from trainer.scenarios.domain.live import Say
from trainer.scenarios.domain.live import SetUp
from trainer.scenarios.service import live
from trainer.scenarios.service import live_going

CONDITIONS, ANSWER = "#conditions", "#answer"
"""What the example cites, and what the only article of the site has."""

DAY = date(2026, 11, 22)


def rent_from(day: str) -> str:
    """Give the wording of the only article that holds from a day."""
    body = f"## 一句话结论 {{#answer}}\n\n{day} 起可提 **1500 元**。"
    return make_text(effective_from=day, body=body)


def practise(session: Session, actors: dict[str, Actor], site: int) -> None:
    """Let the clerk play by two, and the manager prepare a meeting of a site."""
    put_practice(session, (actors["editor"], actors["approver"]))
    play_live(session, "clerk", actors["manager"], "manager")
    put_rule(session)
    meet(session, actors["manager"], site)


def put_practice(session: Session, by: tuple[Actor, Actor]) -> None:
    """Put a scenario and a checklist in force."""
    text = scenario_text().replace(CONDITIONS, ANSWER)
    put_scenario(session, text, by=by, at=NOW)
    items = CHECKLIST.replace(CONDITIONS, ANSWER)
    put_checklist(session, items, LIST, by=by, at=NOW)


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
