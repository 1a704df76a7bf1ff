"""Whose competence somebody may look at, and who works where on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.people.models import OrganisationRow
from trainer.people.models import PersonRow
from trainer.people.models import SeatRow
from trainer.people.models import SecondmentLineRow
from trainer.people.models import SecondmentRow
from trainer.people.models import SiteRow
from trainer.people.queries import people_supervised_by
from trainer.people.queries.secondments import not_over
from trainer.people.queries.secondments import was_ever

LOOK_AFTER = frozenset({Permission.MENTOR, Permission.SUPERVISE})
"""Who has people at all; whom, is decided by their scope."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a page is about."""

    id: int
    login: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """Somebody who works on a day; ``seat`` is empty for who has none."""

    id: int
    login: str
    name: str
    site: int
    site_name: str
    bank: int
    bank_name: str
    seat: str
    lines: frozenset[str]


def must_look_after(reader: Actor) -> None:
    """Stop here unless the reader has people.

    Raises:
        DeniedError: he has not.
    """
    if not LOOK_AFTER & reader.permissions:
        raise DeniedError(N_("这里由带教老师和主管使用；自己的情况在“我的能力”"))


def subject(session: Session, key: int, today: date, *, reader: Actor) -> Subject:
    """Give a person whose competence a reader may look at today.

    Always asked of today, whatever day is looked at: who left long ago is not found by
    asking of a day when he was there.

    Raises:
        NotFoundError: there is none, or not for this reader.
    """
    row = session.execute(
        select(PersonRow.id, PersonRow.login, PersonRow.name).where(
            PersonRow.id == key, people_supervised_by(reader, today)
        )
    ).first()
    if row is None:
        raise NotFoundError(N_("没有这个人"))
    return Subject(*row)


def keys_by_login(session: Session, today: date, *, reader: Actor) -> dict[str, int]:
    """Give the keys of all whose competence a reader may look at, by login."""
    rows = session.execute(
        select(PersonRow.login, PersonRow.id).where(people_supervised_by(reader, today))
    )
    return dict(rows.all())


def team(
    session: Session,
    today: date,
    *,
    reader: Actor,
    site: int | None = None,
    bank: int | None = None,
) -> list[Working]:
    """Give who works today and whose competence a reader may look at, by login."""
    where = [people_supervised_by(reader, today)]
    if site is not None:
        where.append(SecondmentRow.site_id == site)
    if bank is not None:
        where.append(SecondmentRow.organisation_id == bank)
    return _working(session, today, where)


def at_work(session: Session, site: int, on: date) -> list[Working]:
    """Give everybody who works at a site on a day, whoever asks."""
    return _working(session, on, [SecondmentRow.site_id == site])


def _working(
    session: Session, on: date, where: Collection[ColumnElement[bool]]
) -> list[Working]:
    rows = session.execute(
        select(
            *(PersonRow.id, PersonRow.login, PersonRow.name),
            *(SecondmentRow.id.label("secondment"), SecondmentRow.site_id),
            *(SiteRow.name.label("site_name"), SecondmentRow.organisation_id),
            *(OrganisationRow.name.label("bank_name"), SeatRow.name.label("seat")),
        )
        .join(SecondmentRow, SecondmentRow.person_id == PersonRow.id)
        .join(SiteRow, SiteRow.id == SecondmentRow.site_id)
        .join(OrganisationRow, OrganisationRow.id == SecondmentRow.organisation_id)
        .outerjoin(SeatRow, SeatRow.id == SecondmentRow.seat_id)
        .where(PersonRow.active, SecondmentRow.begins_on <= on, not_over(on))
        .where(was_ever(), *where)
        .order_by(PersonRow.login)
    ).all()
    lines = _lines(session, [row.secondment for row in rows])
    return [
        Working(
            id=row.id,
            login=row.login,
            name=row.name,
            site=row.site_id,
            site_name=row.site_name,
            bank=row.organisation_id,
            bank_name=row.bank_name,
            seat=row.seat or "",
            lines=frozenset(lines.get(row.secondment, ())),
        )
        for row in rows
    ]


def _lines(session: Session, keys: Collection[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(SecondmentLineRow.secondment_id, SecondmentLineRow.line).where(
            SecondmentLineRow.secondment_id.in_(keys)
        )
    )
    found: dict[int, list[str]] = {}
    for key, line in rows:
        found.setdefault(key, []).append(line)
    return found


def own_sites(session: Session, today: date, *, reader: Actor) -> frozenset[int] | None:
    """Give the sites whose windows somebody may look at; None is all of them.

    His own, those he supervises, and for who supervises a bank those where its people
    work.
    """
    if reader.scope.everybody:
        return None
    mine = SecondmentRow.person_id == reader.person
    sent = SecondmentRow.organisation_id.in_(reader.scope.organisations)
    rows = session.scalars(
        select(SecondmentRow.site_id).where(
            mine | sent, SecondmentRow.begins_on <= today, not_over(today), was_ever()
        )
    )
    return reader.scope.sites | frozenset(rows)
