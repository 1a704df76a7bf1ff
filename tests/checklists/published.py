"""Checklists put in force, for tests that need a database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from tests.checklists.lists import checklist
from tests.factories import APPROVER
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_approval
from tests.factories import make_approved
from tests.factories import make_text
from trainer.checklists import service as checklists
from trainer.core.actor import Actor
from trainer.publishing import service as publishing
from trainer.publishing.domain.revision import Revision

RENT = make_text(
    title="租房提取",
    effective_from="2026-09-01",
    business="[withdraw.rent]",
    body="## 一句话结论 {#answer}\n\n无房租房可提。\n\n"
    "## 条件 {#conditions}\n\n在缴存城市没有住房。",
)
NEW_RENT = RENT.replace("没有住房", "没有自有住房").replace("2026-09-01", "2026-12-01")
"""On 2026-12-01, when it holds, what rests on the conditions is stale."""

BY_AGENT = make_text(
    title="代办提取",
    effective_from="2026-09-01",
    business="[withdraw.agent]",
    body="## 一句话结论 {#answer}\n\n可以代办。\n\n"
    "## 条件 {#conditions}\n\n凭经公证的委托书。",
)


def put_articles(session: Session) -> None:
    """Put in force what the lists rest on, and what will replace a part of it."""
    make_approved(session, RENT, slug="rent-withdrawal")
    make_approved(session, NEW_RENT, slug="rent-withdrawal")
    make_approved(session, BY_AGENT, slug="withdrawal-by-agent")


def put_draft(
    session: Session,
    text: str | None = None,
    slug: str = "rent-errors",
    *,
    by: Actor = EDITOR,
    at: datetime = NOON,
) -> Revision:
    """Put a list on the desk."""
    ready = checklists.prepare(text or checklist())
    return publishing.create_draft(session, slug, ready, by=by, at=at)


def put_in_force(
    session: Session,
    text: str | None = None,
    slug: str = "rent-errors",
    *,
    by: tuple[Actor, Actor] = (EDITOR, APPROVER),
    at: datetime = NOON,
) -> Revision:
    """Put a list in force; ``by`` are who writes and who approves."""
    editor, approver = by
    draft = put_draft(session, text, slug, by=editor, at=at)
    publishing.submit(session, draft.id, by=editor, at=at)
    approval = make_approval(draft)
    return publishing.approve(session, draft.id, approval, by=approver, at=at)
