"""What the log tells: questions that our texts do not answer yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy import case
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.wording import N_
from trainer.core.wording import Nc_
from trainer.people.domain.own_data import Chapter
from trainer.people.domain.own_data import cells
from trainer.search.domain.log import OUTCOME_NAMES
from trainer.search.domain.log import Outcome
from trainer.search.domain.log import Unanswered
from trainer.search.models import SearchRow

NO_HITS = SearchRow.hits == 0


def unanswered(
    session: Session, *, reader: Actor, since: datetime, limit: int = 100
) -> list[Unanswered]:
    """Give questions without hits or without a click, those asked most first.

    A question that was clicked as well counts with the times it was not.

    Args:
        session: A session.
        reader: A supervisor or an editor.
        since: Only searches from this moment on.
        limit: Questions at most.

    Raises:
        DeniedError: the reader is neither.
    """
    if not reader.may(Permission.SUPERVISE):
        reader.must(Permission.EDIT)
    asked = func.count()
    rows = session.execute(
        select(
            SearchRow.normalised.label("normalised"),
            func.max(SearchRow.raw).label("example"),
            asked.label("asked"),
            _times(NO_HITS).label("without_hits"),
            _times(NO_HITS & (SearchRow.hits_unfiltered > 0)).label("filtered_out"),
            _times(SearchRow.outcome == Outcome.NOT_FOUND).label("not_found"),
            func.max(SearchRow.at).label("last_at"),
        )
        .where(SearchRow.at >= since, NO_HITS | (SearchRow.outcome != Outcome.CLICKED))
        .group_by(SearchRow.normalised)
        .order_by(asked.desc(), func.max(SearchRow.at).desc(), SearchRow.normalised)
        .limit(limit)
    )
    return [Unanswered(**row._asdict()) for row in rows]


def own_data(session: Session, _at: datetime, reader: Actor) -> list[Chapter]:
    """Give the questions of whoever asks, for the export of his own data."""
    row = SearchRow
    rows = session.execute(
        select(row.at, row.raw, row.on, row.outcome, row.clicked_slug)
        .where(row.person_id == reader.person)
        .order_by(row.at)
    )
    columns = (
        N_("时间"),
        N_("搜的话（号码已遮住）"),
        N_("业务日期"),
        N_("结果"),
        N_("点开的文章"),
    )
    told = tuple(
        cells(at, raw, on, OUTCOME_NAMES[Outcome(outcome)], slug)
        for at, raw, on, outcome, slug in rows
    )
    return [Chapter(Nc_("chapter", "搜索"), columns, told)]


def _times(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
