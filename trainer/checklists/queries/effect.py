"""What showing items does, for who writes and who supervises; no clerk is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy import and_
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.checklists.domain.effect import ItemEffect
from trainer.checklists.domain.effect import Wanted
from trainer.checklists.domain.effect import in_order
from trainer.checklists.models import ShowingItemRow
from trainer.checklists.models import ShowingRow
from trainer.checklists.queries.holding import items_in_force
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import start_of
from trainer.core.errors import DeniedError
from trainer.core.wording import N_

WATCH_EFFECT = frozenset({Permission.EDIT, Permission.APPROVE, Permission.SUPERVISE})
"""Who looks at it."""


def effects(
    session: Session, wanted: Wanted, on: date, *, reader: Actor
) -> list[ItemEffect]:
    """Give the figures of every item that was shown or is in force on a day.

    Raises:
        DeniedError: the reader neither writes nor supervises.
    """
    if not WATCH_EFFECT & reader.permissions:
        raise DeniedError(N_("提示效果由编辑、审批人和主管查看"))
    known = {
        tip.address: ItemEffect(slug=tip.slug, item=tip.item.id, wrong=tip.item.wrong)
        for tip in items_in_force(session, on, reader=reader)
        if wanted.line in {"", *(b.partition(".")[0] for b in tip.item.businesses)}
    }
    for counted in _counted(session, wanted):
        words = known[counted.address].wrong if counted.address in known else ""
        known[counted.address] = replace(counted, wrong=words)
    return in_order(known.values())


def _counted(session: Session, wanted: Wanted) -> Iterator[ItemEffect]:
    """Count what was shown; what came back unshown counts for nothing."""
    row = ShowingItemRow
    both = and_(row.ticked_at.is_not(None), row.returned_at.is_not(None))
    rows = session.execute(
        select(
            row.slug,
            row.item,
            func.count(row.shown_at).label("shown"),
            func.count(row.ticked_at).label("ticked"),
            func.count(row.ignored_at).label("ignored"),
            func.count(row.useful_at).label("useful"),
            func.count(row.returned_at).label("returned"),
            func.count().filter(both).label("returned_ticked"),
        )
        .join(ShowingRow, ShowingRow.id == row.showing_id)
        .where(row.shown_at.is_not(None), *_within(wanted))
        .group_by(row.slug, row.item)
    )
    for found in rows:
        yield ItemEffect(**found._asdict())


def _within(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    row = ShowingRow
    if wanted.line:
        yield row.business.startswith(f"{wanted.line}.", autoescape=True)
    if wanted.since:
        yield row.given_at >= start_of(wanted.since)
    if wanted.until:
        yield row.given_at < start_of(wanted.until)
