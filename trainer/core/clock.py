"""Days are the centre's calendar, moments are UTC; this says how they meet."""

from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from zoneinfo import ZoneInfo

CENTRE = ZoneInfo("Asia/Shanghai")


def day_of(at: datetime) -> date:
    """Give the centre's day of a moment."""
    return at.astimezone(CENTRE).date()


def start_of(day: date) -> datetime:
    """Give the moment at which a day of the centre begins, UTC."""
    return datetime.combine(day, time(), CENTRE).astimezone(UTC)


def now() -> datetime:
    """Read the clock; only the edges (pages, commands) call this."""
    return datetime.now(UTC)
