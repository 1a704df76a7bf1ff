"""Lists in force, for tests that need a database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from tests.checklists.lists import HEADER
from tests.checklists.lists import item
from tests.commands import REPOSITORY
from tests.factories import APPROVER
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_approval
from tests.factories import make_approved
from trainer.checklists import service as checklists
from trainer.core.actor import Actor
from trainer.publishing import service as publishing
from trainer.publishing.domain.revision import Revision
from trainer.topics import service as topics
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

CITES = "[rent-withdrawal#answer]"
FIVE = "".join(
    item(f"item-{n}", severity=severity, cites=CITES)
    for n, severity in enumerate(("tip", "error", "risk", "ban", "error"), start=1)
)
LIST = HEADER + FIVE + item("later", step="review", cites=CITES)
"""Five items at one step of renting, and one at a later step."""


def put_topics(session: Session, *, by: Actor = EDITOR, at: datetime = NOON) -> None:
    """Save the businesses and steps of the starter pack."""
    text = (REPOSITORY / "content" / "topics.yaml").read_text("utf-8")
    command = SaveText(name=TextName.TOPICS, text=text, note="", based_on=None)
    topics.save_text(session, command, by=by, at=at)


def put_everything(session: Session) -> Revision:
    """Put businesses, an article and a list that rests on it in force."""
    put_topics(session)
    make_approved(session)
    return put_in_force(session)


def put_in_force(
    session: Session,
    text: str = LIST,
    slug: str = "rent-errors",
    *,
    by: tuple[Actor, Actor] = (EDITOR, APPROVER),
    at: datetime = NOON,
) -> Revision:
    """Put a list in force; ``by`` are who writes and who approves."""
    editor, approver = by
    prepared = checklists.prepare(text)
    draft = publishing.create_draft(session, slug, prepared, by=editor, at=at)
    publishing.submit(session, draft.id, by=editor, at=at)
    approval = make_approval(draft)
    return publishing.approve(session, draft.id, approval, by=approver, at=at)
