"""Where somebody gets mail: he says so himself, and it goes with him."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.notices.domain.mailing import must_be_address
from trainer.notices.models import NoticeAddressRow
from trainer.notices.queries.telling import addressed_and_erased
from trainer.people import service as people


def save_preference(
    session: Session, address: str, *, wants_mail: bool, by: Actor, at: datetime
) -> None:
    """Keep where the caller gets mail, and whether he wants any.

    Raises:
        BadAddressError: it is no address of mail.
    """
    by.must(Permission.READ)
    told = must_be_address(address)
    people.hold_person(session, by.person)
    row = session.get(NoticeAddressRow, by.person)
    if row is None:
        row = NoticeAddressRow(person_id=by.person)
        session.add(row)
    row.address, row.wants_mail, row.changed_at = told, wants_mail, at
    session.flush()
    entry = Entry(person=by.person, verb="mail.preferred", object=f"person/{by.person}")
    audit.record(session, entry, at=at)


def forget_addresses(
    session: Session,
    *,
    at: datetime,  # noqa: ARG001  (a chore is told the time)
) -> None:
    """Remove the addresses of those whose particulars were removed."""
    erased = addressed_and_erased(session)
    row = NoticeAddressRow
    if erased:
        session.execute(delete(row).where(row.person_id.in_(erased)))
