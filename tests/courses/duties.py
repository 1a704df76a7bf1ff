"""A rule, a change of policy and questions on it, for tests of read duties."""

from __future__ import annotations

from datetime import date
from datetime import datetime

from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.factories import APPROVER
from tests.factories import EDITOR
from tests.factories import make_approval
from tests.factories import make_draft
from tests.factories import make_text
from tests.quizzes.banks import HEAD
from tests.quizzes.published import asked
from tests.quizzes.published import bank_of
from tests.quizzes.published import put_in_force
from trainer.core.actor import Actor
from trainer.courses import service
from trainer.courses.domain.audience import Audience
from trainer.courses.domain.duties import RuleText
from trainer.features import TEXT_KINDS
from trainer.publishing import service as publishing
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.revision import Revision
from trainer.quizzes import queries as quizzes_queries
from trainer.quizzes import service as quizzes
from trainer.quizzes.domain.taking import Save

KINDS = [code for code, kind in TEXT_KINDS.items() if kind.is_article]
TODAY = date(2026, 11, 22)
BODY = "## 一句话结论 {{#answer}}\n\n{answer}\n\n## 条件 {{#conditions}}\n\n本市无房。"


def change(
    session: Session,
    answer: str = "无房可提，每年两次。",
    *,
    day: str = "2026-11-22",
    kind: ChangeKind = ChangeKind.SUBSTANCE,
    at: datetime = NOW,
    slug: str = "rent-withdrawal",
    **more: str,
) -> Revision:
    """Approve a new wording of an article, and say what the change means."""
    body = BODY.format(answer=answer)
    text = make_text(effective_from=day, body=body, **more)
    draft = make_draft(session, text, slug=slug, at=at)
    publishing.submit(session, draft.id, by=EDITOR, at=at)
    approval = make_approval(draft, default=kind)
    return publishing.approve(session, draft.id, approval, by=APPROVER, at=at)


def put_rule(
    session: Session, audience: Audience | None = None, once: str = "a", **more: object
) -> int:
    given = {"name": "提取必读", "since": date(2026, 11, 1), **more}
    text = RuleText(audience=audience or Audience(), **given)  # type: ignore[arg-type]  # by name
    return service.make_rule(session, text, once, by=EDITOR, at=NOW)


def put_questions(session: Session) -> None:
    """Ask two about the answer and one about something else."""
    bank = bank_of(
        asked("one", cites="rent-withdrawal#answer"),
        asked("two", cites="rent-withdrawal#answer"),
        asked("other", cites="rent-withdrawal#conditions"),
        head=HEAD.replace("2026-09-20", "2026-11-22"),
    )
    put_in_force(session, bank, "rent-bank", at=NOW)


def answer_all(
    session: Session, key: int, given: str, *, by: Actor, at: datetime
) -> None:
    """Answer every question of an attempt alike: ``A`` is right, ``B`` wrong."""
    for item in quizzes_queries.papers(session, [key]):
        save = Save(position=item.position, given=(given,), number=1)
        quizzes.save(session, key, save, by=by, at=at)
    quizzes.submit(session, key, by=by, at=at)
