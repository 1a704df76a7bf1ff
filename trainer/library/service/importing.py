"""Taking a pack in: one transaction, all of it or nothing.

A text that is already there, byte for byte, is left alone, so an import can be
repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.audit.domain import digest
from trainer.core.actor import Actor
from trainer.kit.files import TextFile
from trainer.library import queries
from trainer.library.domain.pack import Report
from trainer.library.service.opening import Article
from trainer.library.service.opening import Pack
from trainer.library.service.opening import Spine
from trainer.library.service.opening import open_pack
from trainer.library.service.steps import Steps
from trainer.library.service.steps import quietly
from trainer.people import service as people
from trainer.publishing import service as publishing
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.lifecycle import Approval
from trainer.publishing.domain.revision import Revision
from trainer.topics import service as topics
from trainer.topics.domain.saves import SaveText


@dataclass(frozen=True, slots=True)
class Importing:
    """Command: take a pack in.

    ``approver`` puts the texts in force at once (the starter pack, or a pack that
    a named approver brings); None leaves them as drafts.
    """

    files: Sequence[TextFile]
    reason: str
    approver: Actor | None = None


def import_pack(
    session: Session, command: Importing, *, by: Actor, at: datetime
) -> Report:
    """Read a pack and take it in, whole or not at all.

    A large one is better opened before the transaction begins, see
    :func:`~trainer.library.service.opening.open_pack` and :func:`take_in`.

    Raises:
        PackError: the pack has mistakes; it lists them with file and line.
    """
    pack = open_pack(command.files, queries.known(session, reader=by))
    return take_in(
        session, pack, command.reason, approver=command.approver, by=by, at=at
    )


def take_in(  # noqa: PLR0913  (who, when and how, each by name)
    session: Session,
    pack: Pack,
    reason: str,
    *,
    approver: Actor | None = None,
    by: Actor,
    at: datetime,
    steps: Steps = quietly,
) -> Report:
    """Write what is in a pack and not yet here.

    Args:
        session: A session.
        pack: Without mistakes.
        reason: Why, for the record.
        approver: Puts the texts in force at once, those of an earlier import too
            that are still drafts; None leaves them as drafts.
        by: Who wrote them.
        at: Now.
        steps: Shows the way so far.
    """
    _save_spine(session, pack.spine, reason, by=by, at=at)
    there = queries.hashes(session, reader=by)
    news = [article for article in pack.articles if article.key not in there]
    _note(session, news, by=by, at=at)
    for new in steps(news, "写入"):
        publishing.create_draft(session, new.file.slug, new.prepared, by=by, at=at)
    keys = {article.key for article in pack.articles}
    drafts = queries.waiting(session, keys, reader=by) if approver else []
    if approver:
        _approve(session, drafts, reason, approver=approver, by=by, at=at)
    return _report(pack, drafts=len(news), approved=len(drafts))


def _report(pack: Pack, *, drafts: int, approved: int) -> Report:
    laws = {a.file.path: a.law for a in pack.articles if a.law}
    return Report(
        drafts=drafts,
        approved=approved,
        unchanged=len(pack.articles) - drafts,
        laws=len(laws),
        clauses=sum(law.clauses for law in laws.values()),
        assumed=tuple(path for path, law in laws.items() if law.assumed),
    )


def _save_spine(
    session: Session, spine: Spine, reason: str, *, by: Actor, at: datetime
) -> None:
    people.save_posts(session, spine.posts, by=by, at=at)
    for name, text in spine.texts.items():
        save = SaveText(name=name, text=text, note=reason)
        topics.save_text(session, save, by=by, at=at)


def _note(
    session: Session, news: Sequence[Article], *, by: Actor, at: datetime
) -> None:
    """Tell the audit what came in together; a pack without news changes nothing."""
    if not news:
        return
    hashes = sorted(new.prepared.manuscript.content_hash for new in news)
    entry = Entry(
        person=by.person,
        verb="pack.imported",
        detail=str(len(news)),
        after=digest("".join(hashes)),
    )
    audit.record(session, entry, at=at)


def _approve(
    session: Session,
    drafts: Sequence[Revision],
    reason: str,
    *,
    approver: Actor,
    by: Actor,
    at: datetime,
) -> None:
    for draft in drafts:
        publishing.submit(session, draft.id, by=by, at=at)
    approvals = {
        draft.id: Approval(
            content_hash=draft.content_hash,
            reason=reason,
            default=draft.header.change_kind or ChangeKind.SUBSTANCE,
        )
        for draft in drafts
    }
    publishing.approve_all(session, approvals, by=approver, at=at)
