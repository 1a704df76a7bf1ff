"""Days are the centre's calendar, moments are UTC; this says how they meet."""

from __future__ import annotations

import re
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from zoneinfo import ZoneInfo

CENTRE = ZoneInfo("Asia/Shanghai")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_of(at: datetime) -> date:
    """Give the centre's day of a moment."""
    return at.astimezone(CENTRE).date()


def written_day(words: str) -> date | None:
    """Read a day written as ``2026-09-20``; anything else is None."""
    try:
        return date.fromisoformat(words) if DAY.fullmatch(words) else None
    except ValueError:
        return None  # 2026-02-30


def start_of(day: date) -> datetime:
    """Give the moment at which a day of the centre begins, UTC."""
    return datetime.combine(day, time(), CENTRE).astimezone(UTC)


def now() -> datetime:
    """Read the clock; only the edges (pages, commands) call this."""
    return datetime.now(UTC)
