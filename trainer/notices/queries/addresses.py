"""Where somebody gets mail, and how the mails of the last days went."""

from __future__ import annotations

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

MOST_COUNTS = 40


@dataclass(frozen=True, slots=True)
class Preference:
    """Where somebody gets mail, and whether he wants any."""

    address: str = ""
    wants_mail: bool = True

    @property
    def gets_mail(self) -> bool:
        """Whether there is one."""
        return self.wants_mail and bool(self.address)


def preference(session: Session, *, reader: Actor) -> Preference:
    """Give the preference of whoever asks."""
    row = session.get(NoticeAddressRow, reader.person)
    return Preference(row.address, row.wants_mail) if row else Preference()


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
