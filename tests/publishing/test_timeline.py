"""Which revision is in force on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.publishing.domain.timeline import InForce
from trainer.publishing.domain.timeline import OverlapError
from trainer.publishing.domain.timeline import Span
from trainer.publishing.domain.timeline import must_not_overlap
from trainer.publishing.domain.timeline import number_on
from trainer.publishing.domain.timeline import spans

DAY = date(2026, 9, 20)


@dataclass(frozen=True)
class Claim:
    number: int | None
    effective_from: date
    effective_to: date | None = None
    supersedes: date | None = None


def day(n: int) -> date:
    return DAY + timedelta(n)


def test_a_successor_ends_its_predecessor() -> None:
    assert spans([Claim(1, day(0)), Claim(2, day(9))]) == [
        Span(1, day(0), day(9)),
        Span(2, day(9), None),
    ]


def test_after_a_temporary_wording_the_one_before_holds_again() -> None:
    laid = spans([Claim(1, day(0)), Claim(2, day(3), day(5))])
    assert [span.number for span in laid] == [1, 2, 1]
    assert laid[-1] == Span(1, day(5), None)


def test_a_correction_of_the_same_day_wins() -> None:
    assert spans([Claim(1, day(0)), Claim(2, day(0))]) == [Span(2, day(0), None)]


def test_an_end_leaves_a_gap_in_which_nothing_holds() -> None:
    claims = [Claim(1, day(0), day(2)), Claim(2, day(4))]
    assert number_on(claims, day(3)) is None
    assert spans(claims)[0].status(day(3)) is InForce.EXPIRED


@pytest.mark.parametrize(
    ("on", "status"),
    [(-1, InForce.FUTURE), (0, InForce.NOW), (1, InForce.NOW), (2, InForce.EXPIRED)],
)
def test_an_end_is_the_first_day_no_longer(on: int, status: InForce) -> None:
    assert Span(1, day(0), day(2)).status(day(on)) is status


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (Claim(1, day(0)), Claim(None, day(0))),
        (Claim(1, day(0), day(9)), Claim(None, day(5))),
        (Claim(1, day(5)), Claim(None, day(0), day(9))),
    ],
    ids=["same day", "into a written end", "over a later start"],
)
def test_two_revisions_may_not_claim_the_same_days(old: Claim, new: Claim) -> None:
    with pytest.raises(OverlapError, match="重叠"):
        must_not_overlap(new, [old])


def test_a_correction_says_what_it_corrects() -> None:
    must_not_overlap(Claim(None, day(0), supersedes=day(0)), [Claim(1, day(0))])


claims = st.lists(
    st.tuples(st.integers(0, 30), st.none() | st.integers(1, 15)), max_size=6
).map(
    lambda rows: [
        Claim(n, day(start), None if length is None else day(start + length))
        for n, (start, length) in enumerate(rows, 1)
    ]
)


@given(claims, st.integers(-3, 50))
@settings(max_examples=200)
def test_spans_say_the_same_as_asking_for_each_day(
    revisions: list[Claim], on: int
) -> None:
    held = [s.number for s in spans(revisions) if s.status(day(on)) is InForce.NOW]
    expected = number_on(revisions, day(on))
    assert held == ([] if expected is None else [expected])
