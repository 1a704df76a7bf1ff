"""What a plan shows: weeks, what is left out, what is done and asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.courses.domain.assigning import Assigned
from trainer.courses.domain.assigning import Reason
from trainer.courses.domain.assigning import Waiver
from trainer.courses.domain.completing import Done
from trainer.courses.domain.completing import progress_of
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import Rule
from trainer.courses.domain.outline import Step
from trainer.courses.domain.outline import StepKind
from trainer.courses.domain.planning import Item
from trainer.courses.domain.planning import Learned
from trainer.courses.domain.planning import Plan
from trainer.courses.domain.planning import Stage
from trainer.courses.queries.learned import learned_of

DAY = date(2026, 11, 22)
STARTED = Learned(steps=3, done=1, next_step="谁能提", minutes_left=45)
COMPLETE = Learned(
    steps=3, done=3, is_completed=True, completed_on=DAY - timedelta(days=9)
)


def day(number: int) -> date:
    """Give a day, counted from today."""
    return DAY + timedelta(days=number)


def reason(number: int, due: date | None, *, again: bool = False) -> Reason:
    name = f"第{number}条"
    return Reason(rule=number, name=name, due=due, since=DAY, again=again)


def item(
    *reasons: Reason,
    learned: Learned = STARTED,
    waiver: Waiver | None = None,
    course: str = "rent",
) -> Item:
    asked = Assigned(
        person=1,
        course=course,
        reasons=reasons or (reason(1, day(5)),),
        waiver=waiver,
    )
    return Item(assigned=asked, title=course, learned=learned, on=DAY)


WAIVER = Waiver(
    person=1,
    course="rent",
    why="在外行办过",
    by=2,
    at=datetime(2026, 11, 22, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("each", "stage"),
    [
        (item(), Stage.OPEN),
        (item(waiver=WAIVER), Stage.WAIVED),
        (item(waiver=WAIVER, learned=COMPLETE), Stage.WAIVED),
        (item(learned=COMPLETE), Stage.DONE),
        (item(learned=replace(COMPLETE, proved=1)), Stage.DONE),
        (item(learned=replace(COMPLETE, proved=3)), Stage.PROVED),
        (item(reason(1, day(3), again=True), learned=COMPLETE), Stage.OPEN),
    ],
)
def test_where_somebody_stands(each: Item, stage: Stage) -> None:
    assert each.stage is stage


def test_what_is_done_is_never_late_and_counts_only_who_asks_again() -> None:
    old, again = reason(1, day(-90)), reason(2, day(20), again=True)
    assert item(old).late
    assert not item(old, learned=COMPLETE).late
    ending = item(old, again, learned=replace(COMPLETE, ends_on=day(21)))
    assert (ending.due, ending.late) == (day(20), False)


def test_what_has_to_be_taken_up_because_its_text_changed_is_not_late() -> None:
    reopened = replace(STARTED, completed_on=day(-30))
    each = item(reason(1, day(-20)), learned=reopened)
    assert (each.due, each.late, each.is_open) == (None, False, True)
    ended = replace(reopened, ends_on=day(-1))
    assert item(reason(1, day(6)), learned=ended).due == day(6)


def test_weeks_count_from_the_arrival_and_late_comes_before_them() -> None:
    items = (
        item(reason(1, day(-1)), course="late"),
        item(reason(1, day(0)), course="today"),
        item(reason(1, day(6)), course="end"),
        item(reason(1, day(7)), course="next"),
        item(reason(1, None), course="open"),
        item(learned=COMPLETE, course="done"),
    )
    plan = Plan(person=1, arrived=DAY, items=items)
    assert [each.title for each in plan.late] == ["late"]
    assert [(w.number, w.first, [i.title for i in w.items]) for w in plan.weeks] == [
        (1, DAY, ["today", "end"]),
        (2, day(7), ["next"]),
        (0, None, ["open"]),
    ]
    assert plan.weeks[0].last == day(6)
    assert plan.minutes == 5 * 45


def test_who_is_there_long_is_told_days_and_not_the_hundredth_week() -> None:
    plan = Plan(person=1, arrived=day(-700), items=(item(),))
    (week,) = plan.weeks
    assert (week.number, week.first) == (0, day(0))
    assert Plan(person=1, arrived=None, items=(item(),)).weeks[0].first is None


@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(-400, 400),
            st.sampled_from([STARTED, COMPLETE]),
            st.booleans(),
        )
    ),
    st.none() | st.integers(-900, 0),
)
def test_everything_stands_in_a_plan_just_once(
    asked: list[tuple[int | None, Learned, bool]], came: int | None
) -> None:
    items = tuple(
        item(
            reason(1, None if due is None else day(due)),
            learned=learned,
            waiver=WAIVER if free else None,
            course=str(number),
        )
        for number, (due, learned, free) in enumerate(asked)
    )
    arrived = None if came is None else day(came)
    plan = Plan(person=1, arrived=arrived, items=items)
    weeks = [each for week in plan.weeks for each in week.items]
    rest = plan.at(Stage.WAIVED, Stage.PROVED, Stage.DONE)
    shown = [each.title for each in (*plan.late, *weeks, *rest)]
    assert sorted(shown) == sorted(each.title for each in items)
    for week in plan.weeks:
        if week.first and week.last:
            assert all(week.first <= (i.due or DAY) <= week.last for i in week.items)


def step(key: str) -> Step:
    return Step(
        id=key, kind=StepKind.ARTICLE, title=key, minutes=10, rule=Rule.READ, target="x"
    )


def test_how_far_somebody_is_comes_from_what_he_has_done() -> None:
    course = Course(
        title="租房提取",
        tier="onboarding",
        about="会答",
        lines=("withdraw",),
        valid_days=30,
        steps=(step("one"), step("two"), step("three")),
    )
    done = [Done(step="one", on=day(-3))]
    found = learned_of(progress_of(course, done, DAY, {"two"}))
    assert found == Learned(
        steps=3, done=2, proved=1, next_step="three", next_minutes=10, minutes_left=10
    )
    done.append(Done(step="three", on=day(-1)))
    found = learned_of(progress_of(course, done, DAY, {"two"}))
    assert found.is_completed
    assert (found.completed_on, found.ends_on) == (day(-1), day(29))
