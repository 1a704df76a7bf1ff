"""What somebody was told."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core import paging
from trainer.core.actor import Actor
from trainer.core.keeping_words import read_words
from trainer.core.paging import Part
from trainer.notices.domain.digesting import Kind
from trainer.notices.domain.notices import Notice
from trainer.notices.models import NoticeRow
from trainer.people.models import PersonRow

UNSEEN = (
    select(func.count(NoticeRow.id))
    .where(NoticeRow.person_id == PersonRow.id, NoticeRow.seen_at.is_(None))
    .correlate(PersonRow)
    .scalar_subquery()
)
"""How many notices a person has not seen: a look into an index, in a question that
is asked anyway."""


def notices(session: Session, part: int, *, reader: Actor) -> Part[Notice]:
    """Give a part of what whoever asks was told, the last first."""
    row = NoticeRow
    own = row.person_id == reader.person
    total = session.scalar(select(func.count()).where(own)) or 0
    rows = session.execute(
        select(row, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.id == row.about_id)
        .where(own)
        .order_by(row.made_at.desc(), row.id)
        .limit(paging.SIZE)
        .offset(paging.offset(part))
    )
    return Part(tuple(values_of(rows)), part, total)


def values_of(rows: Iterable[tuple[NoticeRow, str | None]]) -> Iterable[Notice]:
    """Give rows with the name of whose task it is, as others see them."""
    for row, about in rows:
        yield Notice(
            id=row.id,
            key=row.key,
            kind=Kind(row.kind),
            on=row.on,
            what=read_words(row.what),
            why=read_words(row.why),
            endpoint=row.endpoint,
            values=tuple((name, value) for name, value in row.values),
            due=row.due,
            about=about or "",
            seen=row.seen_at is not None,
        )
