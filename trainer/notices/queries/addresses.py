"""Where somebody gets mail, and how the mails of the last days went."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.notices.domain.mailing import MailState
from trainer.notices.models import MailRow
from trainer.notices.models import NoticeAddressRow
from trainer.people.models import PersonRow

MOST_COUNTS = 40


@dataclass(frozen=True, slots=True)
class Preference:
    """Where somebody gets mail, and whether he wants any.

    ``is_given`` is whether an administrator entered it, not he himself.
    """

    address: str = ""
    wants_mail: bool = True
    is_given: bool = False

    @property
    def gets_mail(self) -> bool:
        """Whether there is one."""
        return self.wants_mail and bool(self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Who can be reached by mail, of all open accounts.

    Attributes:
        people: How many there are.
        refusing: How many have an address and want no mail.
        lacking: Login and name of those without an address, by login.
    """

    people: int
    refusing: int
    lacking: tuple[tuple[str, str], ...]

    @property
    def reachable(self) -> int:
        """How many get mail."""
        return self.people - self.refusing - len(self.lacking)


def preference(session: Session, *, reader: Actor) -> Preference:
    """Give the preference of whoever asks."""
    row = session.get(NoticeAddressRow, reader.person)
    if row is None:
        return Preference()
    return Preference(row.address, row.wants_mail, row.given_by is not None)


def held_addresses(
    session: Session, people: Collection[int]
) -> dict[int, NoticeAddressRow]:
    """Give the rows of some people, to be changed."""
    row = NoticeAddressRow
    rows = session.scalars(select(row).where(row.person_id.in_(people)))
    return {each.person_id: each for each in rows}


def keys_of(session: Session, logins: Collection[str]) -> dict[str, int]:
    """Give the keys of accounts whose particulars are still there, by login."""
    row = PersonRow
    query = select(row.login, row.id).where(
        row.login.in_(logins), row.erased_at.is_(None)
    )
    return dict(session.execute(query).all())


def reached(session: Session, *, reader: Actor) -> Reached:
    """Tell who can be reached by mail, of everybody whose account is open.

    Raises:
        DeniedError: whoever asks does not run the system.
    """
    reader.must(Permission.ADMINISTER)
    person, row = PersonRow, NoticeAddressRow
    rows = session.execute(
        select(person.login, person.name, row.address, row.wants_mail)
        .outerjoin(row, row.person_id == person.id)
        .where(person.active)
        .order_by(person.login)
    ).all()
    lacking = [(login, name) for login, name, address, _ in rows if not address]
    refusing = sum(1 for *_, address, wants in rows if address and not wants)
    return Reached(
        people=len(rows),
        refusing=refusing,
        lacking=tuple(lacking),
    )


def mail_counts(
    session: Session, *, reader: Actor
) -> list[tuple[date, MailState, int]]:
    """Give how many mails of the last days are in which state, the last day first."""
    reader.must(Permission.ADMINISTER)
    row = MailRow
    rows = session.execute(
        select(row.day, row.state, func.count())
        .group_by(row.day, row.state)
        .order_by(row.day.desc(), row.state)
        .limit(MOST_COUNTS)
    )
    return [(day, MailState(state), count) for day, state, count in rows]
