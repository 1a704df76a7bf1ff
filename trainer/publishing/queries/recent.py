"""What is new: approved since a moment, or in force since a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core import paging
from trainer.core.actor import Actor
from trainer.core.paging import Part
from trainer.publishing.domain.header import ChangeKind
from trainer.publishing.domain.lifecycle import Status
from trainer.publishing.domain.revision import Revision
from trainer.publishing.models import DocumentRow
from trainer.publishing.models import RevisionRow
from trainer.publishing.models import SectionMeaningRow
from trainer.publishing.queries.revisions import seen_by
from trainer.publishing.queries.revisions import value_of


def approved_since(
    session: Session, at: datetime, *, reader: Actor, kinds: Collection[str]
) -> list[str]:
    """Give the slugs of documents of some kinds that got a version since a moment."""
    query = seen_by(reader, kinds).where(
        RevisionRow.status == Status.APPROVED, RevisionRow.approved_at >= at
    )
    slugs = query.with_only_columns(DocumentRow.slug).distinct()
    return [*session.scalars(slugs.order_by(DocumentRow.slug))]


def meanings_of(
    session: Session, revisions: Collection[Revision]
) -> dict[int, dict[str, ChangeKind]]:
    """Give what approvers said of each changed section, by version and section."""
    found: dict[int, dict[str, ChangeKind]] = {each.id: {} for each in revisions}
    rows = session.scalars(
        select(SectionMeaningRow).where(SectionMeaningRow.revision_id.in_(found))
    )
    for row in rows:
        found[row.revision_id][row.section_id] = ChangeKind(row.kind)
    return found


def taking_effect(
    session: Session,
    since: date,
    *,
    reader: Actor,
    kinds: Collection[str],
    line: str = "",
    part: int = 1,
) -> Part[Revision]:
    """Give a part of the approved versions that begin on a day or later, last first.

    Args:
        session: A session.
        since: The day.
        reader: Who asks; what is not for him does not exist.
        kinds: Only these kinds.
        line: Only this business line; empty is all.
        part: Which part, from 1.
    """
    query = seen_by(reader, kinds).where(
        RevisionRow.status == Status.APPROVED, RevisionRow.effective_from >= since
    )
    if line:
        query = query.where(RevisionRow.line == line)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    latest = (RevisionRow.effective_from.desc(), DocumentRow.slug, RevisionRow.number)
    page = query.order_by(*latest).limit(paging.SIZE).offset(paging.offset(part))
    items = tuple(value_of(row, held) for row, held in session.execute(page))
    return Part(items, part, total)
