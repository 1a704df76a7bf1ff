"""The chain, and what it finds; no database needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOON
from trainer.audit.domain.anchor import Anchor
from trainer.audit.domain.anchor import AnchorUnreadableError
from trainer.audit.domain.anchor import parse_anchor
from trainer.audit.domain.anchor import write_anchor
from trainer.audit.domain.archive import Head
from trainer.audit.domain.archive import parse_entry
from trainer.audit.domain.archive import parse_head
from trainer.audit.domain.archive import write_entry
from trainer.audit.domain.archive import write_head
from trainer.audit.domain.chain import GENESIS
from trainer.audit.domain.chain import Fault
from trainer.audit.domain.chain import FaultKind
from trainer.audit.domain.chain import Link
from trainer.audit.domain.chain import Sealed
from trainer.audit.domain.chain import canonical
from trainer.audit.domain.chain import seal
from trainer.audit.domain.entry import Entry
from trainer.audit.domain.proof import prove
from trainer.audit.domain.retention import ArchiveUnreadableError
from trainer.audit.domain.retention import TooYoungError
from trainer.audit.domain.retention import must_be_old
from trainer.core.origin import Origin

KEY = b"key of the tests"
DESK = Origin("10.0.0.9", "a1b2c3")
FORGED = {
    "number": 99,
    "at": datetime(2020, 1, 1, tzinfo=UTC),
    "kind": "flag",
    "origin": Origin("10.9.9.9", "a1b2c3"),
    "previous": "f" * 64,
    "hash": "f" * 64,
}
"""Another value for each field of an entry that is kept."""

FORGED_ENTRY = {
    "person": 8,
    "verb": "account.closed",
    "object": "person/9",
    "detail": "nothing",
    "before": "f" * 64,
    "after": "f" * 64,
}

lengths = st.integers(2, 12)


def make_chain(length: int, *, after: Link = GENESIS) -> list[Sealed]:
    chain: list[Sealed] = []
    last = after
    for number in range(length):
        entry = Entry(person=7, verb="account.changed", object=f"person/{number}")
        at = NOON + timedelta(seconds=number)
        chain.append(seal(KEY, last, entry, at=at, origin=DESK))
        last = chain[-1].link
    return chain


def fault(
    chain: Sequence[Sealed], *, archived: Link | None = None, anchor: Link | None = None
) -> Fault | None:
    return prove(KEY, chain, archived=archived, anchor=anchor).fault


def test_a_chain_numbers_from_one_and_proves_itself() -> None:
    chain = make_chain(5)
    proof = prove(KEY, chain)
    assert [sealed.number for sealed in chain] == [1, 2, 3, 4, 5]
    assert (proof.checked, proof.first, proof.last) == (5, 1, chain[-1].link)
    assert proof.fault is None


def test_an_empty_chain_is_in_order_unless_an_anchor_knows_better() -> None:
    assert fault([]) is None
    assert fault([], anchor=Link(3, "x")) == Fault(1, FaultKind.TAIL)


def test_the_canonical_form_never_changes() -> None:
    """Entries of years ago are proved by it."""
    (first,) = make_chain(1)
    assert canonical(first).decode() == (
        '[1,1,"2026-08-22T04:00:00.000000+00:00",7,"account.changed","person",'
        '"person/0","","","","10.0.0.9","a1b2c3","' + "0" * 64 + '"]'
    )
    assert first.hash == (
        "d55fe73716b1a77339623c1eb6e25b64458333378da8dfae58c6159bf3054386"
    )


@pytest.mark.parametrize("field", FORGED)
def test_no_field_can_be_changed(field: str) -> None:
    chain = make_chain(3)
    chain[1] = replace(chain[1], **{field: FORGED[field]})  # type: ignore[arg-type]  # by name
    found = fault(chain)
    assert found is not None
    assert found.kind is FaultKind.CHANGED
    assert found.number == (99 if field == "number" else 2)


@pytest.mark.parametrize("field", FORGED_ENTRY)
def test_nothing_of_what_was_done_can_be_changed(field: str) -> None:
    chain = make_chain(3)
    entry = replace(chain[1].entry, **{field: FORGED_ENTRY[field]})  # type: ignore[arg-type]  # by name
    chain[1] = replace(chain[1], entry=entry)
    assert fault(chain) == Fault(2, FaultKind.CHANGED)


@given(lengths, st.data())
def test_any_removed_entry_is_found_and_named(length: int, data: st.DataObject) -> None:
    chain = make_chain(length)
    gone = data.draw(st.integers(0, length - 2))
    del chain[gone]
    found = fault(chain)
    assert found is not None
    assert found.number == gone + 1
    assert found.kind is (FaultKind.REMOVED if gone else FaultKind.BEGINNING)


@given(lengths, st.data())
def test_any_cut_tail_is_found_by_the_anchor_alone(
    length: int, data: st.DataObject
) -> None:
    chain = make_chain(length)
    left = data.draw(st.integers(0, length - 1))
    anchor = chain[-1].link
    assert fault(chain[:left]) is None
    assert fault(chain[:left], anchor=anchor) == Fault(left + 1, FaultKind.TAIL)


def test_a_tail_that_was_cut_and_grown_again_is_found_by_the_anchor() -> None:
    chain = make_chain(5)
    entry = Entry(person=1, verb="login.begun")
    grown = [*chain[:3]]
    for _ in range(4):
        grown.append(seal(KEY, grown[-1].link, entry, at=NOON, origin=DESK))
    assert fault(grown) is None
    assert fault(grown, anchor=chain[-1].link) == Fault(5, FaultKind.TAIL)


@given(lengths, st.data())
def test_any_two_that_change_places_are_found(length: int, data: st.DataObject) -> None:
    """As they stand, and with their numbers put in order again."""
    chain = make_chain(length)
    first = data.draw(st.integers(0, length - 2))
    second = data.draw(st.integers(first + 1, length - 1))
    swapped = list(chain)
    swapped[first], swapped[second] = chain[second], chain[first]
    assert fault(swapped) is not None
    renumbered = [replace(one, number=n) for n, one in enumerate(swapped, 1)]
    assert fault(renumbered) == Fault(first + 1, FaultKind.CHANGED)


@given(lengths, st.data())
def test_an_entry_of_somebody_without_the_key_is_found(
    length: int, data: st.DataObject
) -> None:
    chain = make_chain(length)
    place = data.draw(st.integers(0, length))
    before = chain[place - 1].link if place else GENESIS
    entry = Entry(person=7, verb="login.begun")
    forged = seal(b"another key", before, entry, at=NOON, origin=DESK)
    chain.insert(place, forged)
    assert fault(chain) == Fault(place + 1, FaultKind.CHANGED)


def test_an_entry_of_another_history_is_found() -> None:
    chain, other = make_chain(4), make_chain(4, after=Link(0, "a" * 64))
    chain[2] = other[2]
    assert fault(chain) == Fault(3, FaultKind.STRANGE)


def test_what_is_archived_may_be_gone_wholly_or_partly() -> None:
    chain = make_chain(9)
    archived = chain[4].link
    for gone in range(6):
        assert fault(chain[gone:], archived=archived) is None
    for gone in (6, 8):
        found = fault(chain[gone:], archived=archived)
        assert found == Fault(6, FaultKind.BEGINNING)
    assert fault(chain[3:], archived=Link(5, "f" * 64)) == Fault(5, FaultKind.STRANGE)
    assert fault(chain[5:], archived=Link(5, "f" * 64)) == Fault(6, FaultKind.BEGINNING)


def test_an_old_anchor_agrees_with_a_chain_whose_beginning_is_archived() -> None:
    chain = make_chain(9)
    proof = prove(KEY, chain[5:], archived=chain[4].link, anchor=chain[2].link)
    assert proof.fault is None


texts = st.text(max_size=20)


@given(texts, texts, st.datetimes(timezones=st.just(UTC)))
def test_an_entry_goes_into_an_archive_and_comes_back(
    thing: str, address: str, at: datetime
) -> None:
    entry = Entry(person=3, verb="flag.raised", object=thing)
    sealed = seal(KEY, GENESIS, entry, at=at, origin=Origin(address, "r"))
    line = write_entry(sealed)
    assert line.count("\n") == 1
    assert parse_entry(line) == sealed


@pytest.mark.parametrize("line", ["", "{}", "[1]", "null", '{"number": "1"}', "x" * 99])
def test_a_line_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(ArchiveUnreadableError):
        parse_entry(line)
    with pytest.raises(ArchiveUnreadableError):
        parse_head(line)


def test_a_head_says_what_the_first_entry_follows() -> None:
    head = Head(Link(41, "a" * 64), 7)
    assert parse_head(write_head(head)) == head
    other = write_head(head).replace("trainer-audit-1", "something-else")
    with pytest.raises(ArchiveUnreadableError, match="something-else"):
        parse_head(other)


def test_an_anchor_is_written_and_read() -> None:
    anchor = Anchor(Link(7, "a" * 64), NOON)
    assert parse_anchor(write_anchor(anchor)) == anchor
    for text in ("", "{}", "[]", '{"number": "x", "hash": "", "at": ""}'):
        with pytest.raises(AnchorUnreadableError):
            parse_anchor(text)


def test_entries_stay_half_a_year_at_least() -> None:
    today = NOON.date()
    must_be_old(today - timedelta(183), today)
    with pytest.raises(TooYoungError, match="183 天"):
        must_be_old(today - timedelta(182), today)


@pytest.mark.parametrize(
    ("verb", "thing", "kind"),
    [
        ("account.closed", "person/7", "person"),
        ("login.begun", "", "login"),
        ("login.refused", "login/ab12", "login"),
    ],
)
def test_the_kind_of_thing_is_in_the_object_or_the_verb(
    verb: str, thing: str, kind: str
) -> None:
    assert Entry(person=0, verb=verb, object=thing).kind == kind
