"""Where somebody gets mail: he says so himself, or an administrator until he does.

It goes with him.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.document import Mistake
from trainer.core.errors import MistakesError
from trainer.core.wording import N_
from trainer.notices.domain.addresses import Addressed
from trainer.notices.domain.addresses import Entered
from trainer.notices.domain.mailing import must_be_address
from trainer.notices.models import NoticeAddressRow
from trainer.notices.queries.addresses import held_addresses
from trainer.notices.queries.addresses import keys_of
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
    row.given_by = None
    session.flush()
    entry = Entry(person=by.person, verb="mail.preferred", object=f"person/{by.person}")
    audit.record(session, entry, at=at)


def enter_addresses(
    session: Session, told: Sequence[Addressed], *, by: Actor, at: datetime
) -> Entered:
    """Keep where people get mail who have not said so themselves.

    Raises:
        DeniedError: the caller does not run the system.
        MistakesError: there is no such account; nothing is kept.
    """
    by.must(Permission.ADMINISTER)
    keys = keys_of(session, {each.login for each in told})
    missing = [each for each in told if each.login not in keys]
    if missing:
        raise MistakesError(
            [
                Mistake(each.line, N_("没有账号 {login}", login=each.login))
                for each in missing
            ]
        )
    people.hold_people(session, keys.values())
    held = held_addresses(session, keys.values())
    own = {key for key, row in held.items() if row.given_by is None}
    wanted = {keys[each.login]: each.address for each in told}
    new = {
        key: address
        for key, address in sorted(wanted.items())
        if key not in own and (held[key].address if key in held else "") != address
    }
    for key, address in new.items():
        row = held.get(key) or NoticeAddressRow(person_id=key, wants_mail=True)
        row.address, row.given_by, row.changed_at = address, by.person, at
        session.add(row)
        entry = Entry(person=by.person, verb="mail.entered", object=f"person/{key}")
        audit.record(session, entry, at=at)
    session.flush()
    left = len(own & wanted.keys())
    return Entered(kept=len(new), same=len(wanted) - left - len(new), own=left)


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
