"""The calendar of the centre, as an administrator writes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import ConflictError
from trainer.core.wording import N_
from trainer.kit.db import queue_up
from trainer.notices.domain.calendar import OtherDay
from trainer.notices.models import CalendarDayRow
from trainer.notices.queries.days import other_days

PLACE = 4707
"""Number of the advisory lock that one save at a time holds."""


class CalendarChangedError(ConflictError):
    """Somebody else saved it since the page was shown."""

    def __init__(self) -> None:
        super().__init__(N_("刚才有人改过假日安排；您填的都在，请对照着再保存"))


def save_days(
    session: Session,
    days: Sequence[OtherDay],
    *,
    based_on: Sequence[OtherDay],
    by: Actor,
    at: datetime,
) -> None:
    """Put a list of days in the place of another.

    Raises:
        DeniedError: the caller does not run the system.
        CalendarChangedError: the list is not the one the page was made from.
    """
    by.must(Permission.ADMINISTER)
    queue_up(session, PLACE)
    known = other_days(session)
    if [*based_on] != known:
        raise CalendarChangedError
    if [*days] == known:
        return
    session.execute(delete(CalendarDayRow))
    session.add_all(
        CalendarDayRow(day=each.day, is_working=each.is_working, note=each.note)
        for each in days
    )
    session.flush()
    entry = Entry(person=by.person, verb="calendar.changed", object="calendar/1")
    audit.record(session, entry, at=at)
