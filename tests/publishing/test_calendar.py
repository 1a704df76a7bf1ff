"""What holds on many days at once is what the rule of one day says."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from trainer.publishing.domain.calendar import Calendar
from trainer.publishing.domain.calendar import Claim
from trainer.publishing.domain.timeline import number_on

DAY = date(2026, 9, 20)
DAYS = [DAY + timedelta(n) for n in range(-1, 24)]


def claim(
    number: int, start: int, end: int | None = None, *, is_seen: bool = True
) -> Claim:
    return Claim(
        key=100 + number,
        slug="rules",
        number=number,
        effective_from=DAY + timedelta(start),
        effective_to=None if end is None else DAY + timedelta(end),
        supersedes=None,
        is_seen=is_seen,
    )


@st.composite
def claimed(draw: st.DrawFn) -> list[Claim]:
    starts = draw(st.lists(st.integers(0, 20), max_size=6))
    lengths = [draw(st.none() | st.integers(1, 9)) for _ in starts]
    return [
        claim(number, start, None if length is None else start + length)
        for number, (start, length) in enumerate(zip(starts, lengths, strict=True), 1)
    ]


@given(claimed())
def test_a_day_holds_what_the_rule_says(claims: list[Claim]) -> None:
    calendar = Calendar(claims)
    for day in DAYS:
        number = number_on(claims, day)
        assert calendar.held("rules", day) == (None if number is None else 100 + number)


@given(claimed())
def test_another_wording_holds_on_its_turns_and_on_no_other_day(
    claims: list[Claim],
) -> None:
    calendar = Calendar(claims)
    changed = [
        day
        for before, day in pairwise(DAYS)
        if calendar.held("rules", before) != calendar.held("rules", day)
    ]
    assert calendar.turns(["rules"], DAYS[0], DAYS[-1]) == changed
    for day in DAYS:
        past = [turn for turn in changed if turn <= day]
        assert calendar.since("rules", day) == (past[-1] if past else None)


def test_what_one_may_not_see_hides_what_it_replaced() -> None:
    calendar = Calendar([claim(1, 0), claim(2, 5, is_seen=False)])
    assert calendar.held("rules", DAY) == 101
    assert calendar.held("rules", DAY + timedelta(5)) is None


def test_what_begins_later_is_cited_as_of_its_first_day() -> None:
    calendar = Calendar([claim(1, 5), claim(2, 5), claim(3, 9)])
    assert calendar.led_to("rules", DAY) == 102
    assert calendar.led_to("rules", DAY + timedelta(9)) == 103
    assert calendar.led_to("nobody", DAY) is None
