"""A scenario in force and the people who play it by two, for tests with a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.factories import APPROVER
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import SETUP
from tests.factories import make_approval
from tests.factories import make_approved
from tests.factories import make_text
from tests.people.places import make_person
from tests.people.places import make_places
from tests.people.places import make_secondment
from tests.scenarios.graphs import example
from tests.sites import with_people
from trainer.core.actor import Actor
from trainer.core.actor import Scope
from trainer.kit import db
from trainer.people import queries as people
from trainer.people.domain.accounts import Person
from trainer.people.domain.roles import Role
from trainer.people.domain.secondments import Arrangement
from trainer.people.models import PersonRow
from trainer.publishing import service as publishing
from trainer.publishing.domain.revision import Revision
from trainer.scenarios import service
from trainer.scenarios.domain.live import Judge
from trainer.scenarios.domain.live import Part
from trainer.scenarios.domain.live import Say
from trainer.scenarios.domain.live import SetUp
from trainer.scenarios.models import LiveRow
from trainer.scenarios.service import live
from trainer.scenarios.service import live_going

SLUG = "rent-share"
HOME = 1
"""Place of the case ``spouse-home`` among the two of the example."""

FULL = {"policy": 2, "process": 2, "communication": 2, "risk": 2}
"""The highest level in each line of the rubric that a scenario has by itself."""

CLAUSE = make_text(
    effective_from="2026-01-01",
    body="## 一句话结论 {#answer}\n\n无房可提。\n\n## 条件 {#conditions}\n\n本市无房。",
)


def scenario_text(**changed: str) -> str:
    """Give the example of the format, in force since the beginning of the year."""
    text = example().replace("effective_from: 2026-09-20", "effective_from: 2026-01-01")
    for old, new in changed.items():
        text = text.replace(old, new)
    return text


def put_scenario(
    session: Session,
    text: str = "",
    slug: str = SLUG,
    *,
    by: tuple[Actor, Actor] = (EDITOR, APPROVER),
    at: datetime = NOON,
) -> Revision:
    """Put a scenario in force; what it cites must be there."""
    editor, approver = by
    ready = service.prepare(text or scenario_text())
    draft = publishing.create_draft(session, slug, ready, by=editor, at=at)
    publishing.submit(session, draft.id, by=editor, at=at)
    approval = make_approval(draft)
    return publishing.approve(session, draft.id, approval, by=approver, at=at)


@dataclass(frozen=True, slots=True)
class Cast:
    """Two clerks and a mentor of the eastern site, its supervisor, and strangers.

    ``trainer`` trains the first clerk from another site; ``mentor`` works beside him
    and trains nobody; ``rival`` runs the western site.
    """

    site: int
    other_site: int
    clerk: Person
    friend: Person
    mentor: Person
    trainer: Person
    boss: Person
    rival: Person
    far: Person


def with_cast(engine: Engine) -> None:
    """Make a site, its people and the cast, and put the scenario in force."""
    with_people(engine)
    with db.writing(engine) as session:
        make_approved(session, CLAUSE)
        put_scenario(session)
        places = make_places(session)
        trainer = make_person(session, "trainer", Role.MENTOR)
        make_secondment(
            session,
            make_person(session, "lin"),
            places,
            arrangement=Arrangement(mentor=trainer.id),
        )
        make_secondment(session, make_person(session, "wu"), places)
        make_secondment(session, make_person(session, "beside", Role.MENTOR), places)
        far = make_person(session, "far")
        make_secondment(session, far, places, site=places.other_site)
        for login, site in (("boss", places.site), ("rival", places.other_site)):
            scope = Scope(sites=frozenset({site}))
            make_person(session, login, Role.SUPERVISOR, scope=scope)
        known = update(PersonRow).values(must_change_password=False, used_at=NOW)
        session.execute(known)


def the_cast(session: Session) -> Cast:
    """Give the people that :func:`with_cast` has made."""
    known = {each.login: each for each in people.everybody(session, reader=SETUP)}
    sites = {each.code: each.id for each in people.sites(session)}
    return Cast(
        site=sites["east"],
        other_site=sites["west"],
        clerk=known["lin"],
        friend=known["wu"],
        mentor=known["beside"],
        trainer=known["trainer"],
        boss=known["boss"],
        rival=known["rival"],
        far=known["far"],
    )


def planned(cast: Cast, **more: str) -> SetUp:
    """Let the clerk answer, his colleague ask, and the trainer observe."""
    given = {
        "slug": SLUG,
        "clerk": cast.clerk.login,
        "citizen": cast.friend.login,
        "observer": cast.trainer.login,
        "once": "a",
        **more,
    }
    return SetUp(**given)


def set_up(session: Session, cast: Cast, **more: str) -> LiveRow:
    """Set it up as the colleague does; the case is that of a second home."""
    by = cast.friend.actor()
    return live.set_up(
        session, planned(cast, **more), by=by, at=NOON, dice=lambda _: HOME
    )


def finish(session: Session, cast: Cast, key: int, *, at: datetime = NOON) -> None:
    """Play it the best way to its end and mark it: three lines full, one at 1."""
    citizen, observer = cast.friend.actor(), cast.trainer.actor()
    for number, place in ((1, 2), (2, 3)):
        say = Say(number=number, place=place)
        live_going.say(session, key, say, by=citizen, at=at)
    marks = Judge(marks={**FULL, "process": 1}, comment="先问了住房，很好")
    live_going.judge(session, key, marks, by=observer, at=at)
    live_going.agree(session, key, Part.CITIZEN, by=citizen, at=at)
    live_going.agree(session, key, Part.OBSERVER, by=observer, at=at)
