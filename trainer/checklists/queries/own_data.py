"""What was shown to somebody, for the export of his own data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.checklists.domain.showing import OUTCOME_NAMES
from trainer.checklists.models import ShowingItemRow
from trainer.checklists.models import ShowingRow
from trainer.checklists.queries.showings import MOMENTS
from trainer.core.actor import Actor
from trainer.core.wording import N_
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells

COLUMNS = (
    N_("时间"),
    N_("办的业务"),
    N_("环节"),
    N_("提示的条目"),
    *OUTCOME_NAMES.values(),
)


def own_data(session: Session, at: datetime, reader: Actor) -> list[Chapter]:
    """Give the items that were shown to whoever asks, and what became of them."""
    showing, item = ShowingRow, ShowingItemRow
    rows = session.execute(
        select(showing, item)
        .join(item, item.showing_id == showing.id)
        .where(showing.person_id == reader.person, showing.given_at <= at)
        .order_by(showing.given_at, showing.id, item.position)
    )
    told = tuple(
        cells(
            shown.given_at,
            shown.business,
            shown.step,
            f"{each.slug}#{each.item}",
            *(getattr(each, name) for name in MOMENTS.values()),
        )
        for shown, each in rows
    )
    return [Chapter(N_("给我看过的易错提示"), COLUMNS, told)]
