"""Banks and quizzes put in force, for tests that need a database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from tests.factories import APPROVER
from tests.factories import EDITOR
from tests.factories import NOON
from tests.factories import make_approval
from tests.factories import make_approved
from tests.factories import make_text
from tests.quizzes.banks import HEAD
from trainer.core.actor import Actor
from trainer.publishing import service as publishing
from trainer.publishing.domain.revision import Revision
from trainer.quizzes import service as quizzes

RULES = make_text(
    title="提取规定",
    kind="policy",
    document_number="示例〔2026〕1号",
    effective_from="2026-09-01",
    body="### 第一条 期限 {#term}\n\n应在 15 日内办结。\n\n"
    "### 第二条 材料 {#papers}\n\n身份证。",
)
NEW_RULES = RULES.replace("15 日", "10 日").replace("2026-09-01", "2026-12-01")

QUIZ = """\
---
title: 上岗前测验
kind: quiz
line: withdraw
owner: withdrawal-desk
review_every_days: 180
effective_from: 2026-09-20
evidence: B
source: 各题所引条款
---
minutes: 30
draw:
  - {competency: P5, count: 1}
"""


def asked(
    key: str, *, cites: str = "rules#term", stem: str = "无房可提。", **more: str
) -> str:
    """Give a true-or-false question as a bank has it."""
    given = {"competency": "P5", "difficulty": "2", "asks": "rule", **more}
    lines = "".join(f"  {name}: {value}\n" for name, value in given.items())
    return (
        f"- id: {key}\n  type: true_false\n  stem: {stem}\n  answer: true\n{lines}"
        f"  explanation: 规定这样写。\n  cites: [{cites}]\n"
    )


def story(key: str, *questions: str) -> str:
    """Give a case with questions."""
    inner = "".join(f"    {line}\n" for q in questions for line in q.splitlines())
    return f"- id: {key}\n  type: case\n  stem: 李某来办事。\n  questions:\n{inner}"


def bank_of(*questions: str, head: str = HEAD) -> str:
    """Give the text of a bank."""
    return head + "".join(questions)


BANK = bank_of(
    asked("days"),
    asked("papers", cites="rules#papers", stem="要带身份证。"),
    story(
        "visit",
        asked("visit-days", stem="李某要等 15 日。"),
        asked("visit-papers", cites="rules#papers", stem="李某带了身份证。"),
    ),
)
"""On 2026-12-01, when the new rules hold, `days` and `visit-days` are stale."""


def put_draft(
    session: Session,
    text: str,
    slug: str = "rent",
    *,
    by: Actor = EDITOR,
    at: datetime = NOON,
) -> Revision:
    """Put a bank or a quiz on the desk."""
    return publishing.create_draft(session, slug, quizzes.prepare(text), by=by, at=at)


def put_in_force(
    session: Session,
    text: str,
    slug: str = "rent",
    *,
    by: tuple[Actor, Actor] = (EDITOR, APPROVER),
    at: datetime = NOON,
) -> Revision:
    """Put a bank or a quiz in force; ``by`` are who writes and who approves."""
    editor, approver = by
    draft = put_draft(session, text, slug, by=editor, at=at)
    publishing.submit(session, draft.id, by=editor, at=at)
    approval = make_approval(draft)
    return publishing.approve(session, draft.id, approval, by=approver, at=at)


def put_rules(session: Session) -> None:
    """Put the rules in force, and those that will replace them."""
    make_approved(session, RULES, slug="rules")
    make_approved(session, NEW_RULES, slug="rules")
