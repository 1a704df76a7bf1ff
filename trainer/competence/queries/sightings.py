"""Reads of what was seen of people at work."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.competence.domain.witnessing import Sighting
from trainer.competence.models import SightingRow
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.evidence.domain import FactKind
from trainer.people.models import PersonRow
from trainer.people.queries import people_supervised_by
from trainer.topics.domain.causes import ErrorCause

LATEST = 20
"""Sightings on a page; the file of one's own data has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A sighting as it is shown.

    Attributes:
        id: Its key.
        told: What was entered.
        by: Key of who entered it.
        by_name: The name.
        back_by_name: Name of who took it back, empty while it counts.
        why: Why it was taken back.
        may_take_back: Whether the reader may.
    """

    id: int
    told: Sighting
    by: int
    by_name: str
    back_by_name: str
    why: str
    may_take_back: bool

    @property
    def counts(self) -> bool:
        """Whether it was not taken back."""
        return not self.back_by_name


def sightings(
    session: Session,
    person: int,
    today: date,
    *,
    reader: Actor,
    most: int | None = LATEST,
) -> list[Seen]:
    """Give what was seen of a person, the latest first; nothing of strangers."""
    rows = session.scalars(
        select(SightingRow)
        .join(PersonRow, PersonRow.id == SightingRow.person_id)
        .where(PersonRow.id == person, people_supervised_by(reader, today))
        .order_by(SightingRow.happened_on.desc(), SightingRow.id.desc())
        .limit(most)
    ).all()
    names = _names(session, {k for r in rows for k in (r.by, r.taken_back_by) if k})
    return [_seen(row, names, reader) for row in rows]


def batch(session: Session, code: str, *, reader: Actor) -> list[SightingRow]:
    """Give what a reader brought with one file."""
    return list(
        session.scalars(
            select(SightingRow).where(
                SightingRow.batch == code, SightingRow.by == reader.person
            )
        )
    )


def sighting_row(
    session: Session, key: int, today: date, *, reader: Actor
) -> SightingRow:
    """Give a sighting of somebody whose work a reader may look at.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    row = session.scalars(
        select(SightingRow)
        .join(PersonRow, PersonRow.id == SightingRow.person_id)
        .where(SightingRow.id == key, people_supervised_by(reader, today))
    ).first()
    if row is None:
        raise NotFoundError(N_("没有这条记录"))
    return row


def sighted(session: Session, key: int, today: date, *, reader: Actor) -> int:
    """Give the key of the person whom a sighting is about.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    return sighting_row(session, key, today, reader=reader).person_id


def told_by(row: SightingRow) -> Sighting:
    """Give a row as it was entered."""
    return Sighting(
        person=row.person_id,
        kind=FactKind(row.kind),
        on=row.happened_on,
        outcomes=row.outcomes,
        business=row.business,
        cause=ErrorCause(row.cause) if row.cause else None,
        words=row.words,
        token=row.token,
        batch=row.batch,
    )


def businesses_of(session: Session, keys: Collection[int]) -> Mapping[int, str]:
    """Give the businesses of some sightings by key; those without are left out."""
    rows = session.execute(
        select(SightingRow.id, SightingRow.business).where(
            SightingRow.id.in_(keys), SightingRow.business != ""
        )
    )
    return dict(rows.all())


def _seen(row: SightingRow, names: Mapping[int, str], reader: Actor) -> Seen:
    mine = row.by == reader.person or reader.may(Permission.SUPERVISE)
    return Seen(
        id=row.id,
        told=told_by(row),
        by=row.by,
        by_name=names.get(row.by, ""),
        back_by_name=names.get(row.taken_back_by or 0, ""),
        why=row.taken_back_why,
        may_take_back=mine
        and row.taken_back_at is None
        and row.person_id != reader.person,
    )


def _names(session: Session, keys: Collection[int]) -> dict[int, str]:
    rows = session.execute(
        select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(keys))
    )
    return dict(rows.all())
