from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.clock import CENTRE
from trainer.core.errors import MistakesError
from trainer.notices.domain.calendar import Calendar
from trainer.notices.domain.calendar import NoWorkingDayError
from trainer.notices.domain.calendar import OtherDay
from trainer.notices.domain.calendar import QuietHours
from trainer.notices.domain.calendar import may_send
from trainer.notices.domain.calendar import next_sending
from trainer.notices.domain.calendar import read_days
from trainer.notices.domain.calendar import read_hours
from trainer.notices.domain.calendar import write_days

SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)
PLAIN, USUAL = Calendar(), QuietHours()


def centre(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), CENTRE).astimezone(UTC)


def test_weekends_are_free_and_the_calendar_has_the_last_word() -> None:
    other = Calendar({SUNDAY: True, MONDAY: False})
    assert [PLAIN.is_working(day) for day in (SUNDAY, MONDAY)] == [False, True]
    assert [other.is_working(day) for day in (SUNDAY, MONDAY)] == [True, False]


def test_working_days_are_counted_after_one_day_and_with_the_other() -> None:
    friday = MONDAY - timedelta(days=3)
    assert PLAIN.working_days(friday, MONDAY) == 1
    assert PLAIN.working_days(MONDAY, MONDAY) == 0
    assert PLAIN.working_days(MONDAY, friday) == 0
    assert Calendar({SUNDAY: True}).working_days(friday, MONDAY) == 2


@given(
    st.dictionaries(st.dates(date(2026, 11, 1), date(2026, 12, 31)), st.booleans()),
    st.integers(-9, 40),
    st.integers(0, 9),
)
def test_what_stops_early_says_what_counting_says(
    days: dict[date, bool], ahead: int, count: int
) -> None:
    calendar, until = Calendar(days), MONDAY + timedelta(days=ahead)
    counted = calendar.working_days(MONDAY, until)
    assert calendar.is_within(until, MONDAY, count) == (counted <= count)


@pytest.mark.parametrize(
    ("at", "then"),
    [
        (centre(MONDAY, "08:29"), centre(MONDAY, "08:30")),
        (centre(MONDAY, "08:30"), centre(MONDAY, "08:30")),
        (centre(MONDAY, "17:59"), centre(MONDAY, "17:59")),
        (centre(MONDAY, "18:00"), centre(MONDAY + timedelta(1), "08:30")),
        (centre(SUNDAY, "10:00"), centre(MONDAY, "08:30")),
        (centre(MONDAY - timedelta(3), "20:00"), centre(MONDAY, "08:30")),
    ],
)
def test_nobody_is_told_at_night_or_on_a_free_day(at: datetime, then: datetime) -> None:
    assert next_sending(at, PLAIN, USUAL) == then


def test_hours_within_a_day_are_quiet_only_then() -> None:
    noon = QuietHours(time(12), time(14))
    assert next_sending(centre(MONDAY, "13:00"), PLAIN, noon) == centre(MONDAY, "14:00")
    assert next_sending(centre(SUNDAY, "13:00"), PLAIN, noon) == centre(MONDAY, "00:00")
    never = QuietHours(time(9), time(9))
    assert may_send(centre(MONDAY, "03:00"), PLAIN, never)


def test_a_year_without_work_is_told() -> None:
    free = Calendar({MONDAY + timedelta(days=n): False for n in range(500)})
    with pytest.raises(NoWorkingDayError):
        next_sending(centre(MONDAY, "10:00"), free, USUAL)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001  (a zone is given)
    st.dictionaries(st.dates(date(2026, 1, 1), date(2028, 1, 9)), st.booleans()),
    st.times(),
    st.times(),
)
def test_the_next_sending_is_allowed_and_the_first_one(
    at: datetime, days: dict[date, bool], begin: time, end: time
) -> None:
    moment = at.replace(tzinfo=UTC)
    calendar, quiet = Calendar(days), QuietHours(begin, end)
    try:
        found = next_sending(moment, calendar, quiet)
    except NoWorkingDayError:
        return
    assert found >= moment
    assert may_send(found, calendar, quiet)
    between = (found - moment) / 7
    assert not any(
        may_send(moment + n * between, calendar, quiet)
        for n in range(7)
        if found > moment
    )


def test_a_list_is_read_in_any_order_and_written_back() -> None:
    text = "日期,安排,说明\n2099-01-03，班，补班\n\n2099-01-01,休,例,带逗号\n"
    text += "2099-01-02,off\n"
    found = read_days(text)
    assert found == [
        OtherDay(date(2099, 1, 1), is_working=False, note="例,带逗号"),
        OtherDay(date(2099, 1, 2), is_working=False),
        OtherDay(date(2099, 1, 3), is_working=True, note="补班"),
    ]
    assert read_days(write_days(found)) == found


def test_each_line_that_cannot_be_read_is_told_by_its_number() -> None:
    text = "2099-02-30,休\n2099-01-01,放假\n2099-01-02,休\n2099-01-02,班\n2099-01-04\n"
    with pytest.raises(MistakesError) as refused:
        read_days(f"{text}2099-01-05,休,{'长' * 41}")
    told = {mistake.line: mistake.message for mistake in refused.value.mistakes}
    assert sorted(told) == [1, 2, 4, 5, 6]
    assert "2099-02-30" in told[1]
    assert "写了两次" in told[4]


def test_hours_are_read_or_refused() -> None:
    assert read_hours("18:00-08:30") == USUAL
    for wrong in ("18-8", "25:00-08:30", "18:00", "", "18:00-08:30x"):
        with pytest.raises(ValueError, match="no hours"):
            read_hours(wrong)
