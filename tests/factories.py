"""Builders of valid objects; a test names only what it is about."""

from __future__ import annotations

from datetime import UTC
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.knowledge import service as knowledge
from trainer.publishing import service as publishing
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.lifecycle import Approval
from trainer.publishing.domain.revision import Revision

SETUP = Actor(0, "测试", frozenset(Permission))
NOON = datetime(2026, 8, 22, 4, tzinfo=UTC)
"""12:00 in the centre, 22 August 2026."""


def make_actor(
    person: int = 1, *may: Permission, posts: frozenset[str] = frozenset()
) -> Actor:
    return Actor(person, f"职工{person}", frozenset({Permission.READ, *may}), posts)


CLERK = make_actor(1)
EDITOR = make_actor(2, Permission.EDIT)
APPROVER = make_actor(3, Permission.APPROVE)
SUPERVISOR = make_actor(4, Permission.SUPERVISE)


def make_text(
    *,
    title: str = "租房提取",
    effective_from: str = "2026-09-20",
    kind: str = "guide",
    body: str = "## 一句话结论 {#answer}\n\n无房租房可提，每月 **1500 元**。",
    **more: str,
) -> str:
    """Give the text of an article; ``more`` are further lines of the header."""
    head = {
        "title": title,
        "kind": kind,
        "line": "withdraw",
        "owner": "withdrawal-desk",
        "review_every_days": "180",
        "effective_from": effective_from,
        "evidence": "A",
        "source": "测试用文本",
        **more,
    }
    lines = "\n".join(f"{key}: {value}" for key, value in head.items())
    return f"---\n{lines}\n---\n{body}\n"


def make_draft(
    session: Session,
    text: str | None = None,
    *,
    slug: str = "rent-withdrawal",
    by: Actor = EDITOR,
    at: datetime = NOON,
) -> Revision:
    prepared = knowledge.prepare(make_text() if text is None else text)
    return publishing.create_draft(session, slug, prepared, by=by, at=at)


def make_approved(
    session: Session,
    text: str | None = None,
    *,
    slug: str = "rent-withdrawal",
    at: datetime = NOON,
) -> Revision:
    draft = make_draft(session, text, slug=slug, at=at)
    publishing.submit(session, draft.id, by=EDITOR, at=at)
    return publishing.approve(
        session, draft.id, make_approval(draft), by=APPROVER, at=at
    )


def make_approval(draft: Revision, **more: object) -> Approval:
    given = {"reason": "测试", "default": ChangeKind.SUBSTANCE, **more}
    return Approval(content_hash=draft.content_hash, **given)  # type: ignore[arg-type]  # by name
