"""Tasks: order and last days."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

from trainer.notices.domain.tasks import Task
from trainer.notices.domain.tasks import in_order

TODAY = date(2026, 7, 7)


def task(key: str, *, days: int | None = None, minutes: int = 0) -> Task:
    """Build a task that is due in so many days."""
    return Task(
        person=1,
        key=key,
        what="读一篇",
        why="到岗要读",
        endpoint="search.home",
        due=None if days is None else TODAY + timedelta(days=days),
        minutes=minutes,
        told_on=TODAY,
    )


def test_what_is_due_first_comes_first_and_what_never_is_comes_last() -> None:
    given = [task("never"), task("later", days=9), task("late", days=-1)]
    assert [each.key for each in in_order(given)] == ["late", "later", "never"]


def test_on_the_same_day_the_short_one_comes_first() -> None:
    given = [task("long", days=1, minutes=40), task("short", days=1, minutes=5)]
    assert [each.key for each in in_order(given)] == ["short", "long"]


def test_the_last_day_itself_is_not_late() -> None:
    assert task("a", days=0).days_left(TODAY) == 0
    assert not task("a", days=0).is_late(TODAY)
    assert task("a", days=-1).is_late(TODAY)


def test_a_task_without_a_last_day_is_never_late() -> None:
    assert task("a").days_left(TODAY) is None
    assert not task("a").is_late(TODAY + timedelta(days=9999))
