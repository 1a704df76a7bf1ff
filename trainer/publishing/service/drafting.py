"""From a first draft to the desk of whoever approves."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import ConflictError
from trainer.core.wording import N_
from trainer.publishing import queries
from trainer.publishing.domain import lifecycle
from trainer.publishing.domain.following import must_be_slug
from trainer.publishing.domain.header import Header
from trainer.publishing.domain.lifecycle import Act
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.manuscript import Manuscript
from trainer.publishing.domain.manuscript import Prepared
from trainer.publishing.domain.manuscript import tree_hashes
from trainer.publishing.domain.revision import Revision
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import ReferenceRow
from trainer.publishing.models import RevisionRow
from trainer.publishing.models import SectionRow
from trainer.publishing.service.steps import locked
from trainer.publishing.service.steps import must_give
from trainer.publishing.service.steps import record
from trainer.publishing.service.steps import take


class EditedMeanwhileError(ConflictError):
    """Somebody saved the draft after this editor had opened it.

    ``theirs`` is the text that is saved now, so that both can be shown.
    """

    def __init__(self, theirs: str) -> None:
        super().__init__(
            N_(
                "您编辑期间，别人已保存过这份稿件；您的文字没有丢失，"
                "请对照两份文字合并后再保存"
            )
        )
        self.theirs = theirs


def create_draft(
    session: Session, slug: str, prepared: Prepared, *, by: Actor, at: datetime
) -> Revision:
    """Start a revision of a document; the document begins with its first one.

    Raises:
        ConflictError: the slug belongs to a text of another kind.
    """
    by.must(Permission.EDIT)
    manuscript = prepared.manuscript
    document = _document(session, slug, manuscript.kind, by=by, at=at)
    row = RevisionRow(
        document_id=document.id,
        status=Status.DRAFT,
        edit=1,
        created_by=by.person,
        created_at=at,
    )
    _fill(row, manuscript, at=at)
    session.add(row)
    session.flush()
    _write_parts(session, row, prepared)
    record(session, row, Act.CREATED, by=by, at=at)
    return queries.revision(session, row.id, reader=by)


def begin(
    session: Session, slug: str, prepared: Prepared, *, by: Actor, at: datetime
) -> Revision:
    """Begin a document with its first text.

    Raises:
        BadSlugError: the identity cannot be.
        ConflictError: it is taken.
    """
    by.must(Permission.EDIT)
    must_be_slug(slug)
    if session.scalar(select(DocumentRow.id).where(DocumentRow.slug == slug)):
        raise ConflictError(
            N_("标识“{slug}”已有内容；请换一个，或到那篇内容里点“修订”", slug=slug)
        )
    return create_draft(session, slug, prepared, by=by, at=at)


def save_draft(
    session: Session,
    key: int,
    prepared: Prepared,
    *,
    based_on: int,
    by: Actor,
    at: datetime,
) -> Revision:
    """Replace the text of a revision that is not yet approved.

    Args:
        session: A session.
        key: Key of the revision.
        prepared: The new text.
        based_on: ``edit`` of the revision when the editor opened it.
        by: The editor.
        at: Now.

    Raises:
        EditedMeanwhileError: somebody else saved in between.
        WrongStepError: the revision is no longer a draft.
    """
    by.must(Permission.EDIT)
    row = locked(session, key)
    status = lifecycle.step(Status(row.status), Act.EDITED)
    if row.edit != based_on:
        raise EditedMeanwhileError(
            queries.text(session, queries.revision(session, key, reader=by))
        )
    row.status, row.edit = status, row.edit + 1
    _fill(row, prepared.manuscript, at=at)
    for table in (SectionRow, ReferenceRow):
        session.execute(delete(table).where(table.revision_id == row.id))
    _write_parts(session, row, prepared)
    record(session, row, Act.EDITED, by=by, at=at)
    return queries.revision(session, key, reader=by)


def submit(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """Hand a draft to whoever approves."""
    by.must(Permission.EDIT)
    take(session, key, Act.SUBMITTED, by=by, at=at)


def send_back(
    session: Session, key: int, reason: str, *, by: Actor, at: datetime
) -> None:
    """Give a text in review back to its author, with what is to be changed.

    Raises:
        ReasonMissingError: no reason is given.
    """
    by.must(Permission.APPROVE)
    must_give(reason, N_("请写明退回修改的理由，作者才知道改什么"))
    take(session, key, Act.SENT_BACK, by=by, at=at, note=reason)


def discard(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """Put a draft aside; :func:`restore` brings it back."""
    by.must(Permission.EDIT)
    take(session, key, Act.DISCARDED, by=by, at=at)


def restore(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """Bring a discarded draft back."""
    by.must(Permission.EDIT)
    take(session, key, Act.RESTORED, by=by, at=at)


def _document(
    session: Session, slug: str, kind: str, *, by: Actor, at: datetime
) -> DocumentRow:
    found = session.scalars(
        select(DocumentRow).where(DocumentRow.slug == slug).with_for_update()
    ).first()
    if found is None:
        found = DocumentRow(slug=slug, kind=kind, created_by=by.person, created_at=at)
        session.add(found)
        session.flush()
    if found.kind != kind:
        raise ConflictError(
            N_(
                "“{slug}”已用于另一种内容（{kind}）；请换一个标识",
                slug=slug,
                kind=found.kind,
            )
        )
    return found


def _fill(row: RevisionRow, manuscript: Manuscript, *, at: datetime) -> None:
    row.text = manuscript.text
    row.content_hash = manuscript.content_hash
    row.facets = dict(manuscript.facets)
    row.updated_at = at
    for part in fields(Header):
        setattr(row, part.name, getattr(manuscript.header, part.name))


def _write_parts(session: Session, row: RevisionRow, prepared: Prepared) -> None:
    manuscript = prepared.manuscript
    trees = tree_hashes(manuscript.sections)
    session.add_all(
        SectionRow(
            revision_id=row.id,
            section_id=section.id,
            position=position,
            level=section.level,
            label=section.label,
            heading=section.heading,
            text=section.text,
            html=prepared.html[section.id],
            hash=section.hash,
            tree_hash=trees[section.id],
            line=section.line,
        )
        for position, section in enumerate(manuscript.sections)
    )
    session.add_all(
        ReferenceRow(
            revision_id=row.id,
            item=citation.item,
            words=citation.words,
            target=citation.target,
            section=citation.section,
            checked_hash="",
        )
        for citation in manuscript.citations
    )
    session.flush()
