"""What the tests of the desk share: texts in a site, and counting statements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy import event

from tests.apps import NOW
from tests.factories import make_approval
from tests.factories import make_text
from tests.sites import Site
from trainer.kit import db
from trainer.knowledge import service as knowledge
from trainer.publishing import service as publishing
from trainer.publishing.domain.revision import Revision

ANSWER = "## 一句话结论 {#answer}\n\n"
RULES = make_text(
    title="提取规定",
    kind="policy",
    document_number="示例〔2026〕1号",
    effective_from="2026-09-20",
    body="### 第一条 期限 {#term}\n\n应在 15 日内办结。\n\n"
    "### 第二条 材料 {#papers}\n\n身份证。",
)
NEW_RULES = (
    RULES.replace("15 日", "10 日")
    .replace("应在", "可在")
    .replace("2026-09-20", "2026-12-01")
)
GUIDE = make_text(body=f"{ANSWER}按[第一条](cite:rules#term)办，每月 **1500 元**。")


def drafted(site: Site, text: str, slug: str = "rent-withdrawal") -> Revision:
    """Put a draft by the site's editor on the desk."""
    with db.writing(site.engine) as session:
        return publishing.create_draft(
            session, slug, knowledge.prepare(text), by=site.actors["editor"], at=NOW
        )


def submitted(site: Site, text: str, slug: str = "rent-withdrawal") -> Revision:
    """Put a text in review."""
    draft = drafted(site, text, slug)
    with db.writing(site.engine) as session:
        publishing.submit(session, draft.id, by=site.actors["editor"], at=NOW)
    return draft


def published(site: Site, text: str, slug: str = "rent-withdrawal") -> Revision:
    """Put a text in force, by the site's editor and approver."""
    draft = submitted(site, text, slug)
    with db.writing(site.engine) as session:
        return publishing.approve(
            session, draft.id, make_approval(draft), by=site.actors["approver"], at=NOW
        )


def typed(text: str, **more: object) -> dict[str, object]:
    """Give what the form of the editor sends; browsers end lines with CRLF."""
    return {"text": text.replace("\n", "\r\n"), "based_on": 0, **more}


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements that run."""
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)
