"""The calendar of the centre."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.notices.domain.calendar import Calendar
from trainer.notices.domain.calendar import OtherDay
from trainer.notices.models import CalendarDayRow


def other_days(session: Session) -> list[OtherDay]:
    """Give the days that differ from their weekday, in order."""
    rows = session.scalars(select(CalendarDayRow).order_by(CalendarDayRow.day))
    return [OtherDay(row.day, row.is_working, row.note) for row in rows]


def calendar(session: Session) -> Calendar:
    """Give which days are worked."""
    return Calendar({each.day: each.is_working for each in other_days(session)})
