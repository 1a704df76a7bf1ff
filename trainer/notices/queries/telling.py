"""What the telling of a day begins with: who there is, what was told, who gets mail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.notices.domain.digesting import Kind
from trainer.notices.domain.notices import Notice
from trainer.notices.models import MailRow
from trainer.notices.models import NoticeAddressRow
from trainer.notices.models import NoticeRow
from trainer.notices.queries.inbox import values_of
from trainer.people.models import PersonRow


def open_accounts(session: Session) -> list[int]:
    """Give the keys of everybody whose account is open."""
    query = select(PersonRow.id).where(PersonRow.active).order_by(PersonRow.id)
    return list(session.scalars(query))


def told(session: Session) -> Mapping[int, Mapping[str, Collection[Kind]]]:
    """Give what everybody was told, by person and task."""
    row = NoticeRow
    found: dict[int, dict[str, set[Kind]]] = defaultdict(lambda: defaultdict(set))
    for person, key, kind in session.execute(select(row.person_id, row.key, row.kind)):
        found[person][key].add(Kind(kind))
    return found


def getting_mail(session: Session, day: date) -> frozenset[int]:
    """Give who wants mail, has an address and an account, and no mail of a day yet."""
    row = NoticeAddressRow
    has_one = select(MailRow.person_id).where(MailRow.day == day)
    rows = session.scalars(
        select(row.person_id)
        .join(PersonRow, PersonRow.id == row.person_id)
        .where(
            PersonRow.active,
            row.wants_mail,
            row.address != "",
            row.person_id.not_in(has_one),
        )
    )
    return frozenset(rows)


def address_of(session: Session, person: int) -> str:
    """Give where somebody wants mail; empty when he wants none or his account ended."""
    row = NoticeAddressRow
    query = (
        select(row.address)
        .join(PersonRow, PersonRow.id == row.person_id)
        .where(PersonRow.id == person, PersonRow.active, row.wants_mail)
    )
    return session.scalar(query) or ""


def addressed_and_erased(session: Session) -> list[int]:
    """Give who has an address here and no particulars anywhere else any more."""
    query = (
        select(PersonRow.id)
        .join(NoticeAddressRow, NoticeAddressRow.person_id == PersonRow.id)
        .where(PersonRow.erased_at.is_not(None))
    )
    return list(session.scalars(query))


def unmailed(
    session: Session, people: Collection[int]
) -> Mapping[int, Mapping[str, list[int]]]:
    """Give the notices that no mail carries, keys by person and task."""
    row = NoticeRow
    rows = session.execute(
        select(row.person_id, row.key, row.id).where(
            row.person_id.in_(people), row.mail_on.is_(None)
        )
    )
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for person, key, notice in rows:
        found[person][key].append(notice)
    return found


def carried(session: Session, person: int, day: date) -> list[Notice]:
    """Give what the mail of a person and a day tells: of each task the last thing."""
    row = NoticeRow
    rows = session.execute(
        select(row, PersonRow.name)
        .outerjoin(PersonRow, PersonRow.id == row.about_id)
        .where(row.person_id == person, row.mail_on == day)
        .order_by(row.due.is_(None), row.due, row.id)
    )
    latest = {(n.key, n.kind is Kind.STAFF_LATE): n for n in values_of(rows)}
    return [*latest.values()]
