"""Scenarios put in force and played, for tests that need a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from tests.factories import APPROVER
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_approval
from tests.factories import make_approved
from tests.factories import make_text
from tests.scenarios.graphs import example
from trainer.core.actor import Actor
from trainer.publishing import service as publishing
from trainer.publishing.domain.revision import Revision
from trainer.scenarios import queries
from trainer.scenarios import service as scenarios
from trainer.scenarios.domain.engine import offered
from trainer.scenarios.domain.playing import Choose
from trainer.scenarios.domain.playing import Settings

TEXT = example()
SLUG = "rent-talk"
RULE = make_text(
    effective_from="2026-09-01",
    body="## 一句话结论 {#answer}\n\n无房可提。\n\n"
    "## 条件 {#conditions}\n\n夫妻都无房。",
)
NEW_RULE = RULE.replace("夫妻都无房", "夫妻在本市都无房").replace(
    "2026-09-01", "2026-12-01"
)

WON = ("ask-home", "accept")
"""Best in the first case, which a dice of zeros draws."""
LOST = ("say-yes", "refuse")


def put_rule(session: Session) -> None:
    """Put the clause in force that is cited, and the one that replaces it."""
    make_approved(session, RULE)
    make_approved(session, NEW_RULE)


def put_draft(
    session: Session,
    text: str = TEXT,
    slug: str = SLUG,
    *,
    by: Actor = EDITOR,
    at: datetime = NOON,
) -> Revision:
    """Put a scenario on the desk."""
    ready = scenarios.prepare(text)
    return publishing.create_draft(session, slug, ready, by=by, at=at)


def put_in_force(
    session: Session,
    text: str = TEXT,
    slug: str = SLUG,
    *,
    by: tuple[Actor, Actor] = (EDITOR, APPROVER),
    at: datetime = NOON,
) -> Revision:
    """Put a scenario in force; ``by`` are who writes and who approves."""
    editor, approver = by
    draft = put_draft(session, text, slug, by=editor, at=at)
    publishing.submit(session, draft.id, by=editor, at=at)
    approval = make_approval(draft)
    return publishing.approve(session, draft.id, approval, by=approver, at=at)


def begun(
    session: Session,
    by: Actor,
    *,
    at: datetime,
    slug: str = SLUG,
    settings: Settings | None = None,
) -> int:
    """Begin a play of the first case; gives its key."""
    row = scenarios.begin(
        session, slug, settings or Settings(), by=by, at=at, dice=lambda _: 0
    )
    return row.id


def play(
    session: Session, key: int, choices: Sequence[str], *, by: Actor, at: datetime
) -> None:
    """Take steps of a play by the ids of choices."""
    for choice in choices:
        found = queries.own_play(session, key, reader=by)
        ways = [way.id for way in offered(found.scenario, found.state)]
        number = len(found.turns) + 1
        command = Choose(number=number, place=ways.index(choice) + 1)
        scenarios.choose(session, key, command, by=by, at=at)


def played(
    session: Session,
    by: Actor,
    choices: Sequence[str] = WON,
    *,
    at: datetime,
    slug: str = SLUG,
) -> int:
    """Play a scenario to its end; gives the key of the play."""
    key = begun(session, by, at=at, slug=slug)
    play(session, key, choices, by=by, at=at)
    return key
