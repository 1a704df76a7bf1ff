"""The 待复核 list: what must be looked at again, and what was found still true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timedelta

from sqlalchemy import and_
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.publishing.domain import review
from trainer.publishing.domain.review import Confirmation
from trainer.publishing.domain.review import ReviewItem
from trainer.publishing.models import ConfirmationRow
from trainer.publishing.models import ReferenceRow
from trainer.publishing.models import RevisionRow
from trainer.publishing.queries.revisions import chosen_on
from trainer.publishing.queries.revisions import revisions
from trainer.publishing.queries.staleness import stale


def due_reviews(
    session: Session, on: date, *, reader: Actor, within: int = 30
) -> list[ReviewItem]:
    """Give what is due on a day or within some days after it, most urgent first.

    A clause that will change on a coming day counts from now on, due on that day.
    """
    horizon = on + timedelta(within)
    changed = stale(session, on, reader=reader, until=horizon)
    looked = _timed_out(session, on, horizon)
    known = revisions(session, looked, reader=reader)
    entries = [
        *(review.from_stale(entry, on) for entry in changed),
        *(
            review.periodic(known[key], day)
            for key, day in looked.items()
            if key in known
        ),
    ]
    return sorted(entries, key=lambda item: (item.due, item.revision.slug))


def confirmations(
    session: Session, keys: Collection[int], *, reader: Actor
) -> dict[int, tuple[Confirmation, ...]]:
    """Give who found texts still true, by key of the revision, newest first.

    They are notes among those who write and approve: nobody else gets any. Several
    citations of one clause in one text are confirmed at once and count once.
    """
    if not reader.sees_drafts:
        return {}
    rows = session.execute(
        select(ConfirmationRow, ReferenceRow)
        .outerjoin(ReferenceRow, ReferenceRow.id == ConfirmationRow.reference_id)
        .where(ConfirmationRow.revision_id.in_(keys))
        .order_by(ConfirmationRow.id.desc())
    )
    found: dict[int, dict[tuple[str, str, datetime], Confirmation]] = defaultdict(dict)
    for row, cited in rows:
        made = Confirmation(
            by=row.by,
            at=row.at,
            note=row.note,
            words=cited.words if cited else "",
            target=cited.target if cited else "",
            section=cited.section if cited else "",
            items=frozenset({cited.item} if cited else ()),
        )
        known = found[row.revision_id]
        place = (made.target, made.section, made.at)
        if place in known:
            made = replace(made, items=made.items | known[place].items)
        known[place] = made
    return {key: tuple(made.values()) for key, made in found.items()}


def _timed_out(session: Session, on: date, horizon: date) -> dict[int, date]:
    """Give the texts in force whose time runs out, with the day of the last look."""
    looked_at = func.max(ConfirmationRow.at)
    rows = session.execute(
        select(
            RevisionRow.id,
            RevisionRow.review_every_days,
            func.coalesce(looked_at, RevisionRow.approved_at, RevisionRow.created_at),
        )
        .outerjoin(
            ConfirmationRow,
            and_(
                ConfirmationRow.revision_id == RevisionRow.id,
                ConfirmationRow.reference_id.is_(None),
            ),
        )
        .where(RevisionRow.id.in_(chosen_on(on)))
        .group_by(RevisionRow.id)
    )
    looks = ((key, days, day_of(at)) for key, days, at in rows)
    return {key: day for key, days, day in looks if day + timedelta(days) <= horizon}
