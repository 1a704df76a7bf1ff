"""The ledger: added to, never changed; a correction is a new fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.factories import NOON
from tests.factories import SETUP
from tests.factories import make_actor
from tests.people.places import TODAY
from tests.people.places import make_person
from tests.people.places import make_places
from tests.people.places import make_secondment
from trainer.core.actor import Permission
from trainer.core.actor import Scope
from trainer.evidence import queries
from trainer.evidence import service
from trainer.evidence.domain import Fact
from trainer.evidence.domain import FactKind
from trainer.evidence.domain import ImpossibleFactError
from trainer.evidence.domain import standing
from trainer.people import service as people
from trainer.people.domain.accounts import Account
from trainer.people.domain.roles import Role

MANAGER = replace(make_actor(99), scope=Scope(everybody=True))


def make_fact(who: object = 1, **more: object) -> Fact:
    told = {
        "person": who,
        "competency": "W1",
        "item": "rent-withdrawal#answer",
        "happened_at": NOON,
        "outcome": 0.5,
        "kind": FactKind.QUIZ_ANSWER,
        "source": "quiz/1/question/1",
    }
    return Fact(**{**told, **more})  # type: ignore[arg-type]  # by name


@pytest.fixture
def person(session: Session) -> int:
    account = Account(login="w1", name="虚构", roles=frozenset({Role.CLERK}))
    return people.add_person(session, account, "counter-2026", by=SETUP, at=NOON).id


def test_a_fact_is_read_back_as_it_was_recorded(session: Session, person: int) -> None:
    fact = make_fact(person)
    service.record(session, fact, at=NOON)
    assert queries.facts(session, [person], TODAY, reader=make_actor(person)) == [fact]


def test_the_same_source_twice_is_one_fact(session: Session, person: int) -> None:
    service.record(session, make_fact(person), at=NOON)
    service.record(session, make_fact(person, outcome=1.0), at=NOON)
    (kept,) = queries.facts(session, [person], TODAY, reader=MANAGER)
    assert kept.outcome == 0.5
    service.record(session, make_fact(person, kind=FactKind.WAIVER), at=NOON)
    assert len(queries.facts(session, [person], TODAY, reader=MANAGER)) == 2


def test_facts_come_in_the_order_they_happened(session: Session, person: int) -> None:
    for hours in (3, 1, 2):
        at = NOON + timedelta(hours=hours)
        fact = make_fact(person, source=f"s{hours}", happened_at=at)
        service.record(session, fact, at=NOON + timedelta(hours=3))
    facts = queries.facts(session, [person], TODAY, reader=MANAGER)
    assert [fact.source for fact in facts] == ["s1", "s2", "s3"]


def test_a_past_day_can_be_asked(session: Session, person: int) -> None:
    service.record(session, make_fact(person), at=NOON)
    later = NOON + timedelta(days=1)
    service.record(session, make_fact(person, source="late"), at=later)
    known = queries.facts(session, [person], TODAY, reader=MANAGER, until=NOON)
    assert [fact.source for fact in known] == ["quiz/1/question/1"]


def test_a_colleague_does_not_see_the_facts_of_another(
    session: Session, person: int
) -> None:
    other = make_person(session, "w2").id
    for key in (person, other):
        service.record(session, make_fact(key, source=f"s{key}"), at=NOON)
    for reader in (
        make_actor(other),
        make_actor(other, Permission.SUPERVISE, Permission.ADMINISTER),
    ):
        seen = queries.facts(session, [person, other], TODAY, reader=reader)
        assert {fact.person for fact in seen} == {other}


def test_a_bank_sees_the_facts_of_its_own_people_only(session: Session) -> None:
    places = make_places(session)
    own, foreign = (
        make_secondment(
            session, make_person(session, login), places, organisation=bank
        ).secondment.person
        for login, bank in (("w1", places.bank), ("w2", places.other_bank))
    )
    for key in (own, foreign):
        service.record(session, make_fact(key, source=f"s{key}"), at=NOON)
    bank = replace(
        make_actor(99, Permission.SUPERVISE),
        scope=Scope(organisations=frozenset({places.bank})),
    )
    seen = queries.facts(session, [own, foreign], TODAY, reader=bank)
    assert [fact.person for fact in seen] == [own]


def test_a_fact_of_nobody_is_refused_by_the_database(session: Session) -> None:
    with pytest.raises(IntegrityError):
        service.record(session, make_fact(12345), at=NOON)


@pytest.mark.parametrize(
    "wrong", [{"outcome": -0.1}, {"outcome": 1.1}, {"weight": 0.0}, {"source": ""}]
)
def test_a_fact_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ImpossibleFactError):
        make_fact(1, **wrong)


def test_a_revoked_fact_does_not_stand_and_neither_does_its_revocation() -> None:
    first, second = make_fact(source="a"), make_fact(source="b")
    revoking = replace(first, source="c", revokes="a")
    assert standing([first, second, revoking]) == [second]


def test_only_a_fact_of_its_own_kind_is_revoked() -> None:
    fact = make_fact(source="a")
    other = make_fact(source="c", revokes="a", kind=FactKind.COMPLAINT)
    assert standing([fact, other]) == [fact]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(["", "a", "b", "x"])),
        unique_by=lambda pair: pair[0],
    )
)
def test_what_stands_does_not_hang_on_the_order(pairs: list[tuple[str, str]]) -> None:
    facts = [make_fact(source=source, revokes=revokes) for source, revokes in pairs]
    forth, back = standing(facts), standing(reversed(facts))
    assert {fact.source for fact in forth} == {fact.source for fact in back}
    assert all(not fact.revokes for fact in forth)
