"""The 待复核 list: what must be looked at again, with owner and due day."""

from __future__ import annotations

from datetime import date
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.publishing.domain import review
from trainer.publishing.domain.review import ReviewItem
from trainer.publishing.domain.revision import Revision
from trainer.publishing.models import ConfirmationRow
from trainer.publishing.queries.references import stale
from trainer.publishing.queries.revisions import all_approved
from trainer.publishing.queries.revisions import in_force


def due_reviews(
    session: Session, on: date, *, reader: Actor, within: int = 30
) -> list[ReviewItem]:
    """Give what is due on a day or within some days after it, most urgent first.

    A clause that will change on a coming day counts from now on, due on that day.
    """
    horizon = date.fromordinal(on.toordinal() + within)
    days = [on, *_coming_days(session, on, horizon, reader)]
    items: dict[int, ReviewItem] = {}
    for day in days:
        for entry in stale(session, day, reader=reader):
            items.setdefault(entry.reference.id, review.from_stale(entry, on))
    held = in_force(session, on, reader=reader)
    looks = _last_looks(session, held)
    timed = [review.periodic(r, looks[r.id]) for r in held]
    entries = [*items.values(), *(item for item in timed if item.due <= horizon)]
    return sorted(entries, key=lambda item: (item.due, item.revision.slug))


def _coming_days(
    session: Session, on: date, horizon: date, reader: Actor
) -> list[date]:
    starts = {r.effective_from for r in all_approved(session, reader=reader)}
    return sorted(day for day in starts if on < day <= horizon)


def _last_looks(session: Session, revisions: list[Revision]) -> dict[int, date]:
    """Give the day each text was last looked through by somebody."""
    rows = session.execute(
        select(ConfirmationRow.revision_id, func.max(ConfirmationRow.at))
        .where(
            ConfirmationRow.revision_id.in_([r.id for r in revisions]),
            ConfirmationRow.reference_id.is_(None),
        )
        .group_by(ConfirmationRow.revision_id)
    )
    looked: dict[int, datetime] = dict(rows.all())
    return {
        r.id: day_of(looked.get(r.id) or r.approved_at or r.created_at)
        for r in revisions
    }
