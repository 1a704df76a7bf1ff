"""Putting a text in force, and taking it out again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.document import Mistake
from trainer.core.errors import ConflictError
from trainer.core.errors import MistakesError
from trainer.core.wording import N_
from trainer.kit.index import outbox
from trainer.publishing import queries
from trainer.publishing.domain import lifecycle
from trainer.publishing.domain.changes import Change
from trainer.publishing.domain.changes import SectionChange
from trainer.publishing.domain.changes import compare
from trainer.publishing.domain.lifecycle import Act
from trainer.publishing.domain.lifecycle import Approval
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.lifecycle import UnclassifiedChangeError
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.timeline import must_not_overlap
from trainer.publishing.models import ReferenceRow
from trainer.publishing.models import RevisionRow
from trainer.publishing.models import SectionMeaningRow
from trainer.publishing.service.steps import advance
from trainer.publishing.service.steps import locked
from trainer.publishing.service.steps import must_give
from trainer.publishing.service.steps import slug_of
from trainer.publishing.service.steps import take


def approve(
    session: Session, key: int, approval: Approval, *, by: Actor, at: datetime
) -> Revision:
    """Put a reviewed text in force from its first day on.

    Raises:
        ConflictError: the text is not the one the approver has read.
        WrongStepError: it is not in review (any more).
        AuthorApprovesError: the approver wrote part of it.
        ReasonMissingError: its first day is past and no reason is given.
        OverlapError: another revision claims the same days.
        MistakesError: a citation leads nowhere.
        UnclassifiedChangeError: a changed section has no change kind.
    """
    approve_all(session, {key: approval}, by=by, at=at)
    return queries.revision(session, key, reader=by)


def approve_all(
    session: Session, approvals: Mapping[int, Approval], *, by: Actor, at: datetime
) -> None:
    """Put several texts in force together, so that they may cite each other.

    Args:
        session: A session.
        approvals: By key of the revision, older first days first.
        by: An approver.
        at: Now.

    Raises:
        ConflictError: and whatever else :func:`approve` raises; then none holds.
    """
    by.must(Permission.APPROVE)
    for key, approval in approvals.items():
        _put_in_force(session, key, approval, by=by, at=at)
    mistakes = [
        mistake
        for key in approvals
        for mistake in _bind_references(session, key, reader=by)
    ]
    if mistakes:
        raise MistakesError(mistakes)


def _put_in_force(
    session: Session, key: int, approval: Approval, *, by: Actor, at: datetime
) -> None:
    row = locked(session, key)
    draft = queries.revision(session, key, reader=by)
    lifecycle.step(Status(row.status), Act.APPROVED)
    if row.content_hash != approval.content_hash:
        raise ConflictError(N_("内容已更新，和您看到的不是同一份；请重新看过再审批"))
    lifecycle.must_be_approvable(
        approval,
        authors=queries.authors(session, draft),
        approver=by.person,
        effective_from=draft.effective_from,
        today=day_of(at),
    )
    must_not_overlap(draft, queries.approved(session, reader=by, slug=draft.slug))
    _write_meanings(session, row, changes_of(session, draft, reader=by), approval)
    row.number = 1 + (_last_number(session, row.document_id) or 0)
    row.approved_by, row.approved_at = by.person, at
    advance(session, row, Act.APPROVED, by=by, at=at, note=approval.reason)
    outbox.announce(session, draft.slug, at=at)


def withdraw(
    session: Session, key: int, reason: str, *, by: Actor, at: datetime
) -> None:
    """Take an approved revision out of force for every day, past days included.

    Raises:
        ReasonMissingError: no reason is given.
    """
    by.must(Permission.APPROVE)
    must_give(reason, N_("请写明撤回的理由，今后查历史的人才明白"))
    row = take(session, key, Act.WITHDRAWN, by=by, at=at, note=reason)
    outbox.announce(session, slug_of(session, row), at=at)


def changes_of(
    session: Session, revision: Revision, *, reader: Actor
) -> tuple[SectionChange, ...]:
    """Compare a revision with the one that holds before it takes effect."""
    before = queries.held_before(session, revision, reader=reader)
    old = queries.sections(session, before) if before else ()
    new = queries.sections(session, revision)
    return compare([s.section for s in old], [s.section for s in new])


def _write_meanings(
    session: Session,
    row: RevisionRow,
    changes: tuple[SectionChange, ...],
    approval: Approval,
) -> None:
    """Keep what each changed section means; all of them must be told."""
    if not any(change.old for change in changes):
        return
    changed = [c for c in changes if c.change not in {Change.SAME, Change.MOVED}]
    untold = [c for c in changed if c.id not in approval.kinds]
    if untold and approval.default is None:
        names = [s.name for c in untold if (s := c.new or c.old)]
        raise UnclassifiedChangeError(
            N_("请为每处变化选择性质，还差：{names}", names=names)
        )
    session.add_all(
        SectionMeaningRow(
            revision_id=row.id,
            section_id=c.id,
            kind=approval.kinds.get(c.id, approval.default),
        )
        for c in changed
    )


def _bind_references(session: Session, key: int, *, reader: Actor) -> list[Mistake]:
    """Bind each citation to the wording it rests on; give those that lead nowhere."""
    revision = queries.revision(session, key, reader=reader)
    rows = list(
        session.scalars(select(ReferenceRow).where(ReferenceRow.revision_id == key))
    )
    targets = queries.targets_on(
        session,
        {(row.target, row.section) for row in rows},
        revision.effective_from,
        reader=reader,
    )
    mistakes = []
    for row in rows:
        target = targets.get((row.target, row.section))
        if target is not None:
            row.checked_hash = target.hash
            continue
        address = f"{row.target}#{row.section}".rstrip("#")
        mistakes.append(
            Mistake(
                0,
                N_(
                    "{slug}（{day} 版）的引用“{words}”（{address}）找不到"
                    "条款；请改正编号或先发布被引用的内容",
                    slug=revision.slug,
                    day=revision.effective_from,
                    words=row.words,
                    address=address,
                ),
            )
        )
    session.flush()
    return mistakes


def _last_number(session: Session, document: int) -> int | None:
    return session.scalar(
        select(func.max(RevisionRow.number)).where(RevisionRow.document_id == document)
    )
