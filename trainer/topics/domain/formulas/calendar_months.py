"""Counting months by the calendar.

A month is full on the day with the same number; where the month has no such
day, on its last day: from 31 August one month is full on 30 September, six on
the last day of February. 民法典第二百零二条 says the same of periods.
"""

from __future__ import annotations

import calendar
from datetime import date

_YEAR = 12


def months_after(day: date, months: int) -> date:
    """Give the day on which ``months`` (negative: earlier) are full."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def full_months(start: date, end: date) -> int:
    """Count the months full between two days; 0 when ``end`` is not later."""
    months = (end.year - start.year) * _YEAR + end.month - start.month
    if months_after(start, months) > end:
        months -= 1
    return max(months, 0)
