"""A site with scenarios and checklists in force, and packs to prepare there."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.checklists.lists import HEADER
from tests.checklists.lists import item
from tests.checklists.published import put_in_force as put_checklist
from tests.scenarios.live_plays import SLUG
from tests.scenarios.live_plays import Cast
from tests.scenarios.live_plays import put_scenario
from tests.scenarios.live_plays import scenario_text
from tests.scenarios.live_plays import with_cast
from trainer.courses import service
from trainer.courses.domain.meetings import Pack
from trainer.kit import db

DAY = date(2026, 11, 23)
"""The day after that of test sites."""

LIST = "meeting-items"
ITEMS = tuple(f"{LIST}#{key}" for key in ("one", "two", "three"))
CHECKLIST = HEADER.replace("2026-09-20", "2026-01-01") + "".join(
    item(key, wrong=f"把{key}弄错了", competency=competency)
    for key, competency in (
        ("one", "P5"),
        ("two", "P5"),
        ("three", "R1"),
        ("four", "C1"),
    )
)
OTHER = "another-scenario"


def with_packs(engine: Engine) -> None:
    """Add a checklist and a second scenario to the cast of plays by two."""
    with_cast(engine)
    with db.writing(engine) as session:
        put_checklist(session, CHECKLIST, LIST)
        text = scenario_text(房租超没超过收入的一成="又一个情景")
        put_scenario(session, text, OTHER)


def pack_of(cast: Cast, **more: object) -> Pack:
    given = {
        "site": cast.site,
        "on": DAY,
        "scenario": SLUG,
        "told": "某某来问父母的房子算不算，窗口说算，让他白跑一趟。",
        "asked": "第一句该问什么？",
        "items": ITEMS,
        "once": "a",
        **more,
    }
    return Pack(**given)  # type: ignore[arg-type]  # by name


def prepare_meeting(session: Session, cast: Cast, **more: object) -> int:
    """Let the supervisor of the site prepare a meeting."""
    return service.prepare(session, pack_of(cast, **more), by=cast.boss.actor(), at=NOW)
