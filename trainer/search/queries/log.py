"""What the log tells: questions that our texts do not answer yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.search.domain.log import Outcome
from trainer.search.domain.log import Unanswered
from trainer.search.models import SearchRow


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
    none = SearchRow.hits == 0
    hidden = none & (SearchRow.hits_unfiltered > 0)
    said = SearchRow.outcome == Outcome.NOT_FOUND
    asked = func.count()
    rows = session.execute(
        select(
            SearchRow.normalised,
            func.max(SearchRow.raw),
            asked,
            func.sum(case((none, 1), else_=0)),
            func.sum(case((hidden, 1), else_=0)),
            func.sum(case((said, 1), else_=0)),
            func.max(SearchRow.at),
        )
        .where(
            SearchRow.at >= since,
            or_(none, SearchRow.outcome != Outcome.CLICKED),
        )
        .group_by(SearchRow.normalised)
        .order_by(asked.desc(), func.max(SearchRow.at).desc(), SearchRow.normalised)
        .limit(limit)
    )
    return [
        Unanswered(
            normalised=normalised,
            example=example,
            asked=count,
            without_hits=without,
            filtered_out=filtered,
            not_found=reported,
            last_at=last,
        )
        for normalised, example, count, without, filtered, reported, last in rows
    ]
