"""Quarters, and who has reached what by which deeds."""

from __future__ import annotations

from datetime import date

import pytest

from trainer.certificates.domain.honours import DEED_NAMES
from trainer.certificates.domain.honours import DEFAULTS
from trainer.certificates.domain.honours import RULES
from trainer.certificates.domain.honours import BoundMistakeError
from trainer.certificates.domain.honours import Deed
from trainer.certificates.domain.honours import DeedKind
from trainer.certificates.domain.honours import Quarter
from trainer.certificates.domain.honours import Rule
from trainer.certificates.domain.honours import must_be_possible
from trainer.certificates.domain.honours import quarter_before
from trainer.certificates.domain.honours import reached
from trainer.certificates.domain.honours import read_quarter

SUMMER = Quarter(2026, 3)
BOUNDS = {Rule.SERVICE: 2, Rule.MENTOR: 2, Rule.CASE: 2}


def deed(kind: DeedKind, about: str = "", person: int = 1, day: int = 1) -> Deed:
    return Deed(person=person, kind=kind, on=date(2026, 8, day), about=about)


def rules_of(*deeds: Deed) -> list[Rule]:
    return [each.rule for each in reached(deeds, SUMMER, BOUNDS)]


def test_a_quarter_has_its_days() -> None:
    assert (SUMMER.begin, SUMMER.end) == (date(2026, 7, 1), date(2026, 10, 1))
    assert Quarter(2026, 4).end == date(2027, 1, 1)
    assert quarter_before(date(2026, 11, 22)) == SUMMER
    assert quarter_before(date(2027, 1, 1)) == Quarter(2026, 4)
    assert quarter_before(date(2026, 3, 31)) == Quarter(2025, 4)
    assert SUMMER.last_day_to_confirm == date(2026, 11, 30)


def test_a_quarter_is_read_as_it_is_written() -> None:
    assert read_quarter(SUMMER.code) == SUMMER
    wrong = ("", "2026-Q5", "2026-Q3x", "1999-Q1", "2026Q3")
    assert [*map(read_quarter, wrong)] == [None] * len(wrong)


def test_enough_cases_seen_and_none_returned_is_good_service() -> None:
    seen = [deed(DeedKind.SEEN, str(n)) for n in range(2)]
    assert rules_of(*seen) == [Rule.SERVICE]
    assert rules_of(seen[0]) == []
    assert rules_of(*seen, deed(DeedKind.RETURNED)) == []
    assert rules_of(*seen, deed(DeedKind.LAPSED)) == []
    somebody_else = deed(DeedKind.RETURNED, person=2)
    assert rules_of(*seen, somebody_else) == [Rule.SERVICE]


def test_one_trained_person_counts_once_for_however_many_lines() -> None:
    twice = [deed(DeedKind.TRAINED, "8", day=n) for n in (1, 2)]
    assert rules_of(*twice) == []
    assert rules_of(*twice, deed(DeedKind.TRAINED, "9")) == [Rule.MENTOR]


def test_flags_and_replays_count_together() -> None:
    done = (deed(DeedKind.FIXED, "1"), deed(DeedKind.REPLAY, "rent"))
    (found,) = reached(done, SUMMER, BOUNDS)
    assert found.rule is Rule.CASE
    assert found.counted == {"fixed": 1, "replay": 1}


def test_other_days_do_not_count() -> None:
    before = Deed(person=1, kind=DeedKind.FIXED, on=date(2026, 6, 30))
    after = Deed(person=1, kind=DeedKind.FIXED, on=date(2026, 10, 1), about="x")
    assert rules_of(before, after) == []


def test_what_stands_against_an_honour_has_no_name_to_be_shown_by() -> None:
    for text in RULES.values():
        assert text.counts <= DEED_NAMES.keys()
        assert not text.bars & DEED_NAMES.keys()
    assert {rule: text.least for rule, text in RULES.items()} == DEFAULTS


@pytest.mark.parametrize("least", [0, -1, 501])
def test_a_bound_is_possible(least: int) -> None:
    with pytest.raises(BoundMistakeError):
        must_be_possible(least)
