"""Tickets: what was signed is read back, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.checklists.domain.showing import Source
from trainer.checklists.domain.tickets import LONGEST
from trainer.checklists.domain.tickets import Chosen
from trainer.checklists.domain.tickets import ForeignTicketError
from trainer.checklists.domain.tickets import ForgedTicketError
from trainer.checklists.domain.tickets import Ticket
from trainer.checklists.domain.tickets import digest_of
from trainer.checklists.domain.tickets import must_be_own
from trainer.checklists.domain.tickets import opened
from trainer.checklists.domain.tickets import signed

KEY = b"key of the test"
TICKET = Ticket(
    source=Source.API,
    token=3,
    person=7,
    business="withdraw.rent",
    step="verify",
    on=date(2026, 11, 22),
    at=datetime(2026, 11, 22, 2, 0, 0, 5, tzinfo=UTC),
    nonce="0a1b",
    chosen=(Chosen("rent-errors", "item-1", 12), Chosen("rent-errors", "item-2", 12)),
)
CODES = st.text("abcdefghijklmnopqrstuvwxyz0123456789-.", min_size=1, max_size=64)
TICKETS = st.builds(
    Ticket,
    source=st.sampled_from([*Source]),
    token=st.integers(0, 2**31),
    person=st.integers(0, 2**31),
    business=CODES,
    step=CODES,
    on=st.dates(),
    at=st.datetimes(timezones=st.just(UTC)),
    nonce=CODES,
    chosen=st.lists(
        st.builds(Chosen, CODES, CODES, st.integers(1, 2**31)), max_size=5
    ).map(tuple),
)


@given(TICKETS)
def test_what_was_signed_is_read_back(ticket: Ticket) -> None:
    words = signed(ticket, KEY)
    assert opened(words, KEY) == ticket
    assert len(words) <= LONGEST


@given(st.integers(0, len(signed(TICKET, KEY)) - 1), st.characters())
def test_a_single_changed_character_is_a_forgery(place: int, letter: str) -> None:
    words = signed(TICKET, KEY)
    forged = words[:place] + letter + words[place + 1 :]
    if forged == words:
        return
    with pytest.raises(ForgedTicketError):
        opened(forged, KEY)


@given(st.text(max_size=80))
def test_junk_is_a_forgery(junk: str) -> None:
    with pytest.raises(ForgedTicketError):
        opened(junk, KEY)


def test_the_key_of_another_site_opens_nothing() -> None:
    for key in (b"", b"another"):
        with pytest.raises(ForgedTicketError):
            opened(signed(TICKET, key), KEY)


def test_a_huge_ticket_is_a_forgery() -> None:
    with pytest.raises(ForgedTicketError):
        opened("A" * 1_000_000 + ".A", KEY)


def test_only_whoever_got_it_shows_it() -> None:
    must_be_own(TICKET, Source.API, 3, 0)
    at_counter = replace(TICKET, source=Source.COUNTER, token=0)
    must_be_own(at_counter, Source.COUNTER, 0, 7)
    for ticket, source, token, person in (
        (TICKET, Source.API, 4, 0),
        (TICKET, Source.COUNTER, 0, 7),
        (TICKET, Source.COUNTER, 3, 7),
        (at_counter, Source.COUNTER, 0, 8),
        (at_counter, Source.API, 3, 7),
        (at_counter, Source.API, 0, 7),
    ):
        with pytest.raises(ForeignTicketError):
            must_be_own(ticket, source, token, person)


def test_two_tickets_that_are_equal_else_are_two() -> None:
    other = signed(replace(TICKET, nonce="0a1c"), KEY)
    assert digest_of(other) != digest_of(signed(TICKET, KEY))
