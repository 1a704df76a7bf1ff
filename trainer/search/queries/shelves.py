"""What holds in a business line, for finding without a question."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.knowledge.domain.kinds import ArticleKind
from trainer.publishing import queries as publishing
from trainer.search.domain.shelves import Shelf
from trainer.search.domain.shelves import sort_out
from trainer.topics.domain.lines import Line


def shelves(
    session: Session, line: Line, on: date, *, reader: Actor
) -> tuple[Shelf, ...]:
    """Give what holds in a business line on a day, by business."""
    held = publishing.in_force(session, on, reader=reader, kinds=set(ArticleKind))
    return sort_out(line, [r for r in held if r.header.line == line.code])
