"""What became of items, in whatever order and however often it is told."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.checklists.domain.reporting import read
from trainer.checklists.domain.reporting import ticked_off
from trainer.checklists.domain.showing import MOST_TOLD
from trainer.checklists.domain.showing import ContradictionError
from trainer.checklists.domain.showing import Known
from trainer.checklists.domain.showing import NotOfTicketError
from trainer.checklists.domain.showing import Outcome
from trainer.checklists.domain.showing import ShowingUnknownError
from trainer.checklists.domain.showing import TicketTooOldError
from trainer.checklists.domain.showing import Told
from trainer.checklists.domain.showing import UnreadableOutcomesError
from trainer.checklists.domain.showing import merged
from trainer.checklists.domain.showing import must_be_in_time

ITEMS = ("list#one", "list#two")
NOTHING: Known = {item: frozenset() for item in ITEMS}
TELLING = st.builds(Told, st.sampled_from(ITEMS), st.sampled_from([*Outcome]))
HOUR = timedelta(hours=1)


def one_by_one(told: list[Told]) -> Known:
    """Tell one thing after the other; what is refused changes nothing."""

    def tell(known: Known, each: Told) -> Known:
        try:
            return merged(known, [each])
        except ContradictionError:
            return known

    return reduce(tell, told, NOTHING)


def consistent(told: list[Told]) -> list[Told]:
    """Leave out what would contradict: whoever ticks does not ignore."""
    ticked = {each.item for each in told if each.outcome is Outcome.TICKED}
    return [
        each
        for each in told
        if each.outcome is not Outcome.IGNORED or each.item not in ticked
    ]


@given(st.lists(TELLING, max_size=12).map(consistent), st.data())
def test_any_order_and_repetition_ends_the_same(
    told: list[Told], data: st.DataObject
) -> None:
    again = data.draw(
        st.lists(st.sampled_from(told), max_size=6) if told else st.just([])
    )
    shuffled = data.draw(st.permutations([*told, *again]))
    assert one_by_one(shuffled) == merged(NOTHING, told) == merged(NOTHING, shuffled)


@given(st.lists(TELLING, max_size=12))
def test_nothing_is_ever_both_ticked_and_ignored_and_nothing_is_lost(
    told: list[Told],
) -> None:
    known = one_by_one(told)
    for item, outcomes in known.items():
        asked = {each.outcome for each in told if each.item == item}
        assert not {Outcome.TICKED, Outcome.IGNORED} <= outcomes
        assert asked - outcomes <= {Outcome.TICKED, Outcome.IGNORED}
        assert Outcome.SHOWN in outcomes or outcomes <= {Outcome.RETURNED}


def test_a_contradiction_within_one_report_changes_nothing() -> None:
    both = [Told("list#one", Outcome.TICKED), Told("list#one", Outcome.IGNORED)]
    with pytest.raises(ContradictionError):
        merged(NOTHING, both)


def test_an_item_of_another_ticket_is_refused() -> None:
    with pytest.raises(NotOfTicketError):
        merged(NOTHING, [Told("list#three", Outcome.SHOWN)])


@pytest.mark.parametrize(
    ("hours", "outcome", "known", "refusal"),
    [
        (24, Outcome.TICKED, False, None),
        (-1, Outcome.TICKED, False, None),
        (24.1, Outcome.TICKED, True, TicketTooOldError),
        (24.1, Outcome.RETURNED, True, None),
        (24.1, Outcome.RETURNED, False, ShowingUnknownError),
        (24 * 366, Outcome.RETURNED, True, None),
        (24 * 366 + 1, Outcome.RETURNED, True, ShowingUnknownError),
    ],
)
def test_what_is_told_too_late_is_refused(
    hours: float, outcome: Outcome, refusal: type[Exception] | None, *, known: bool
) -> None:
    told = [Told("list#one", outcome)]
    if refusal is None:
        must_be_in_time(hours * HOUR, told, is_known=known)
        return
    with pytest.raises(refusal):
        must_be_in_time(hours * HOUR, told, is_known=known)


GOOD = {"item": "list#one", "outcome": "ticked"}


@pytest.mark.parametrize(
    "sent",
    [
        *(None, [], "ticket", 7, {}, {"ticket": "t"}),
        {"ticket": 7, "outcomes": [GOOD]},
        {"ticket": "t", "outcomes": []},
        {"ticket": "t", "outcomes": {}},
        {"ticket": "t", "outcomes": [GOOD] * (MOST_TOLD + 1)},
        {"ticket": "t", "outcomes": [GOOD], "citizen": "110101"},
        {"ticket": "t", "outcomes": [{**GOOD, "name": "李某"}]},
        {"ticket": "t", "outcomes": [{**GOOD, "outcome": "eaten"}]},
        {"ticket": "t", "outcomes": [{**GOOD, "outcome": ["ticked"]}]},
        {"ticket": "t", "outcomes": [{**GOOD, "item": None}]},
        {"ticket": "t", "outcomes": ["ticked"]},
    ],
)
def test_what_is_no_report_is_refused(sent: object) -> None:
    with pytest.raises(UnreadableOutcomesError):
        read(sent, 1)


def test_at_the_counter_what_is_not_ticked_is_ignored() -> None:
    report = ticked_off("t", ITEMS, ["list#two", "list#forged"], ["list#one"])
    assert report.told == (
        Told("list#one", Outcome.IGNORED),
        Told("list#one", Outcome.USEFUL),
        Told("list#two", Outcome.TICKED),
    )
