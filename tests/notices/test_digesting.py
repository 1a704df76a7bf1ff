"""What is told: each thing once, nothing forgotten, in whatever order runs come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.notices.told import make_task
from trainer.notices.domain.calendar import Calendar
from trainer.notices.domain.digesting import RANKS
from trainer.notices.domain.digesting import Kind
from trainer.notices.domain.digesting import stage
from trainer.notices.domain.digesting import to_tell
from trainer.notices.domain.escalating import escalated
from trainer.notices.domain.escalating import overdue
from trainer.notices.domain.escalating import staff_key
from trainer.notices.domain.tasks import Task

MONDAY = date(2026, 11, 23)
PLAIN = Calendar()
DAYS = st.integers(-30, 60).map(lambda n: MONDAY + timedelta(days=n))


@st.composite
def some_tasks(draw: st.DrawFn) -> list[Task]:
    dues = draw(st.lists(st.none() | DAYS, max_size=6))
    return [
        make_task(key=f"duty/{n}", due=due, told_on=draw(DAYS))
        for n, due in enumerate(dues)
    ]


def told_after(told: dict[str, set[Kind]], found: Iterable[tuple[str, Kind]]) -> None:
    for key, kind in found:
        told.setdefault(key, set()).add(kind)


def run(
    tasks: list[Task], told: dict[str, set[Kind]], on: date
) -> list[tuple[str, Kind]]:
    found = [(t.task.key, t.kind) for t in to_tell(tasks, told, on, PLAIN)]
    told_after(told, found)
    return found


@pytest.mark.parametrize(
    ("due", "kind"),
    [
        (None, Kind.NEW),
        (MONDAY + timedelta(days=4), Kind.NEW),
        (MONDAY + timedelta(days=3), Kind.SOON),
        (MONDAY, Kind.SOON),
        (MONDAY - timedelta(days=1), Kind.LATE),
    ],
)
def test_a_task_is_new_then_near_then_late(due: date | None, kind: Kind) -> None:
    assert stage(make_task(due=due), MONDAY, PLAIN) is kind


def test_what_is_urgent_at_once_is_not_told_as_new_afterwards() -> None:
    told: dict[str, set[Kind]] = {}
    task = make_task(due=MONDAY)
    assert run([task], told, MONDAY) == [(task.key, Kind.SOON)]
    moved = make_task(due=MONDAY + timedelta(days=40))
    assert run([moved], told, MONDAY) == []


def test_nothing_is_told_before_its_time() -> None:
    task = make_task(told_on=MONDAY + timedelta(days=1))
    assert to_tell([task], {}, MONDAY, PLAIN) == []
    assert to_tell([task], {}, MONDAY + timedelta(days=1), PLAIN) != []


@given(some_tasks(), st.lists(st.integers(0, 90), max_size=12))
def test_nothing_is_told_twice_whenever_it_runs(
    tasks: list[Task], days: list[int]
) -> None:
    told: dict[str, set[Kind]] = {}
    every: list[tuple[str, Kind]] = []
    for day in days:  # forwards, backwards, and twice on one day
        every += run(tasks, told, MONDAY + timedelta(days=day))
    assert len(every) == len({*every})


@given(some_tasks(), st.integers(0, 90), st.randoms())
def test_nobody_is_forgotten_on_a_day_that_was_left_out(
    tasks: list[Task], day: int, dice: Random
) -> None:
    on = MONDAY + timedelta(days=day)
    once: dict[str, set[Kind]] = {}
    found = run(tasks, once, on)
    owed = {(t.key, stage(t, on, PLAIN)) for t in tasks if t.told_on <= on}
    assert {*found} == owed
    daily: dict[str, set[Kind]] = {}
    for n in range(-30, day + 1):
        run(tasks, daily, MONDAY + timedelta(days=n))
    for key, kind in owed:  # who was told every day knows at least as much
        assert max(RANKS.index(k) for k in daily[key]) >= RANKS.index(kind)
    mixed = [*tasks]
    dice.shuffle(mixed)
    assert run(mixed, {}, on) == found


def test_a_supervisor_hears_after_so_many_working_days() -> None:
    friday = MONDAY - timedelta(days=3)
    task = make_task(due=friday)
    late = [
        bool(overdue([task], MONDAY + timedelta(days=n), PLAIN, 3)) for n in range(4)
    ]
    assert late == [False, False, True, True]
    holiday = Calendar({MONDAY: False})
    assert overdue([task], MONDAY + timedelta(days=2), holiday, 3) == []
    assert overdue([make_task(due=None)], MONDAY, PLAIN, 3) == []


def test_nobody_is_told_of_himself_and_each_supervisor_of_all_his_people() -> None:
    own, other = make_task(1, "a"), make_task(2, "a")
    found = escalated([own, other], {1: {1, 5}, 2: {5}})
    assert found == {5: [own, other]}
    assert [staff_key(task) for task in found[5]] == ["1/a", "2/a"]
