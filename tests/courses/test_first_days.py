"""The list of a newcomer: days of work, from the day of the arrival."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.courses.domain.completing import StepProgress
from trainer.courses.domain.completing import StepState
from trainer.courses.domain.first_days import LISTED
from trainer.courses.domain.first_days import LONGEST
from trainer.courses.domain.first_days import FirstDays
from trainer.courses.domain.first_days import Placed
from trainer.courses.domain.first_days import first_days
from trainer.courses.domain.first_days import listed
from trainer.courses.domain.outline import RULES
from trainer.courses.domain.outline import Step
from trainer.courses.domain.outline import StepKind
from trainer.notices.domain.calendar import Calendar

THURSDAY = date(2026, 11, 19)
USUAL = Calendar()


def placed(number: int | None, state: StepState = StepState.OPEN) -> Placed:
    step = Step(
        id=f"s{number}",
        kind=StepKind.ARTICLE,
        title="读",
        minutes=10,
        rule=RULES[StepKind.ARTICLE][0],
        day=number,
    )
    return Placed("first-week", StepProgress(step=step, state=state))


def shown(on: date, *numbers: int | None) -> FirstDays | None:
    return first_days(listed(THURSDAY, USUAL), on, map(placed, numbers))


def test_a_weekend_is_no_day_of_the_list() -> None:
    found = shown(THURSDAY, 1, 3)
    assert found is not None
    assert [(day.number, day.on) for day in found.days] == [
        (1, THURSDAY),
        (3, date(2026, 11, 23)),
    ]


@pytest.mark.parametrize(
    ("days", "number"), [(0, 1), (1, 2), (2, 2), (3, 2), (4, 3), (8, 7)]
)
def test_today_is_the_day_of_work_that_was_last(days: int, number: int) -> None:
    found = shown(THURSDAY + timedelta(days=days), 1)
    assert found is not None
    assert found.today == number


@pytest.mark.parametrize("days", [-1, 9])
def test_before_and_after_there_is_no_list(days: int) -> None:
    assert shown(THURSDAY + timedelta(days=days), 1) is None


def test_without_a_step_for_them_there_is_no_list() -> None:
    assert shown(THURSDAY, None, LISTED + 1) is None


def test_what_is_done_or_proved_is_counted() -> None:
    steps = [placed(1), placed(1, StepState.DONE), placed(2, StepState.PROVED)]
    found = first_days(listed(THURSDAY, USUAL), THURSDAY, steps)
    assert found is not None
    assert (found.done, found.total) == (2, 3)


@given(
    arrived=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    other=st.dictionaries(
        st.dates(date(2026, 1, 1), date(2028, 2, 9)), st.booleans(), max_size=40
    ),
)
def test_only_the_arrival_may_fall_on_a_free_day(
    arrived: date, other: dict[date, bool]
) -> None:
    calendar = Calendar(other)
    days = listed(arrived, calendar)
    assert days[0] == arrived
    assert days == sorted(set(days))
    assert all(map(calendar.is_working, days[1:]))
    span = (days[-1] - arrived).days if len(days) == LISTED else LONGEST - 1
    assert calendar.working_days(arrived, arrived + timedelta(span)) == len(days) - 1
