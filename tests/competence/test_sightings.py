"""What was seen of somebody at work: entered, refused, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.competence.worlds import MANAGER
from tests.competence.worlds import make_sighting
from tests.competence.worlds import moment
from tests.competence.worlds import put_framework
from tests.factories import make_actor
from tests.people.places import make_person
from tests.people.places import make_places
from tests.people.places import make_secondment
from trainer.audit import queries as audit
from trainer.competence import queries
from trainer.competence import service
from trainer.competence.domain.authorising import NoReasonError
from trainer.competence.domain.witnessing import MOST_A_DAY
from trainer.competence.domain.witnessing import MOST_COMPETENCIES
from trainer.competence.domain.witnessing import CitizenDataError
from trainer.competence.domain.witnessing import ImpossibleDayError
from trainer.competence.domain.witnessing import NothingSeenError
from trainer.competence.domain.witnessing import OwnSightingError
from trainer.competence.domain.witnessing import TakenBackError
from trainer.competence.domain.witnessing import TooManyReturnedError
from trainer.competence.domain.witnessing import UnknownItemError
from trainer.competence.domain.witnessing import happened
from trainer.competence.domain.witnessing import sighting_of
from trainer.core.actor import Permission
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.evidence.domain import FactKind
from trainer.evidence.models import FactRow
from trainer.people.domain.secondments import Arrangement
from trainer.topics.domain.causes import ErrorCause

NOW = moment("2026-11-22")
TODAY = date(2026, 11, 22)


@pytest.fixture
def clerk(session: Session) -> int:
    put_framework(session)
    return make_person(session, "clerk").id


def facts(session: Session) -> list[FactRow]:
    return list(session.scalars(select(FactRow).order_by(FactRow.id)))


def test_an_observation_is_one_fact_a_competency_and_moves_the_figure(
    session: Session, clerk: int
) -> None:
    told = make_sighting(clerk, outcomes={"P5": 1.0, "C5": 1 / 3}, words="讲得清楚")
    key = service.enter(session, told, by=MANAGER, at=NOW)
    found = facts(session)
    assert [(f.competency, f.outcome, f.kind) for f in found] == [
        ("P5", 1.0, "observation"),
        ("C5", pytest.approx(1 / 3), "observation"),
    ]
    assert {sighting_of(f.source) for f in found} == {key}
    assert [f.happened_at.hour for f in found] == [4, 4]  # noon of the centre
    known = queries.standings(session, [clerk], TODAY, reader=MANAGER)[clerk]
    assert known["P5"].expected > known["C5"].expected
    (seen,) = queries.sightings(session, clerk, TODAY, reader=make_actor(clerk))
    assert (seen.told.words, seen.may_take_back) == ("讲得清楚", False)


def test_the_same_form_twice_is_one_sighting(session: Session, clerk: int) -> None:
    told = make_sighting(clerk)
    first = service.enter(session, told, by=MANAGER, at=NOW)
    again = replace(told, words="  ")
    assert service.enter(session, again, by=MANAGER, at=NOW) == first
    assert len(facts(session)) == 1
    other = make_person(session, "other").id
    with pytest.raises(NotFoundError):
        service.enter(session, replace(told, person=other), by=MANAGER, at=NOW)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"on": date(2026, 11, 23)}, ImpossibleDayError),
        ({"on": date(2025, 11, 20)}, ImpossibleDayError),
        ({"outcomes": {}}, NothingSeenError),
        ({"outcomes": {"P99": 1.0}}, UnknownItemError),
        (
            {"outcomes": {f"P{n}": 1.0 for n in range(MOST_COMPETENCIES + 1)}},
            UnknownItemError,
        ),
        ({"business": "withdraw.castle"}, UnknownItemError),
        ({"words": "身份证 11010119900307771X"}, CitizenDataError),
        ({"person": 999}, NotFoundError),
        ({"person": MANAGER.person}, OwnSightingError),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    session: Session, clerk: int, more: dict[str, object], error: type[TrainerError]
) -> None:
    told = replace(make_sighting(clerk), **more)  # type: ignore[arg-type]  # by name
    with pytest.raises(error) as refused:
        service.enter(session, told, by=MANAGER, at=NOW)
    assert refused.value.message
    assert facts(session) == []


def test_only_who_looks_after_somebody_enters_it(session: Session, clerk: int) -> None:
    told = make_sighting(clerk)
    with pytest.raises(DeniedError):
        service.enter(session, told, by=make_actor(2), at=NOW)
    with pytest.raises(NotFoundError):
        service.enter(session, told, by=make_actor(2, Permission.MENTOR), at=NOW)
    mentor = make_person(session, "mentor")
    make_secondment(
        session,
        make_person(session, "trained"),
        make_places(session),
        arrangement=Arrangement(mentor=mentor.id),
    )
    by = make_actor(mentor.id, Permission.MENTOR)
    trained = replace(told, person=mentor.id + 1, token="t")
    assert service.enter(session, trained, by=by, at=NOW)


def test_returned_files_count_so_many_a_day(session: Session, clerk: int) -> None:
    told = make_sighting(
        clerk,
        kind=FactKind.RETURNED_FILE,
        outcomes={"P5": 0.0},
        business="withdraw.rent",
        cause=ErrorCause.MATERIALS,
    )
    keys = [
        service.enter(session, replace(told, token=f"t{n}"), by=MANAGER, at=NOW)
        for n in range(MOST_A_DAY)
    ]
    more = replace(told, token="more")
    with pytest.raises(TooManyReturnedError):
        service.enter(session, more, by=MANAGER, at=NOW)
    service.enter(session, replace(more, on=date(2026, 11, 19)), by=MANAGER, at=NOW)
    service.take_back(session, keys[0], "导错", by=MANAGER, at=NOW)
    service.enter(session, replace(more, token="again"), by=MANAGER, at=NOW)


def test_what_is_taken_back_counts_no_more_and_is_seen(
    session: Session, clerk: int
) -> None:
    before = queries.standings(session, [clerk], TODAY, reader=MANAGER)[clerk]
    told = make_sighting(clerk, outcomes={"P5": 0.0})
    key = service.enter(session, told, by=MANAGER, at=NOW)
    low = queries.standings(session, [clerk], TODAY, reader=MANAGER)[clerk]
    assert low["P5"].expected < before["P5"].expected
    with pytest.raises(NoReasonError):
        service.take_back(session, key, "  ", by=MANAGER, at=NOW)
    service.take_back(session, key, "登错人了", by=MANAGER, at=NOW)
    back = queries.standings(session, [clerk], TODAY, reader=MANAGER)[clerk]
    assert back["P5"].expected == pytest.approx(before["P5"].expected, abs=1e-12)
    with pytest.raises(TakenBackError):
        service.take_back(session, key, "再来", by=MANAGER, at=NOW)
    (seen,) = queries.sightings(session, clerk, TODAY, reader=make_actor(clerk))
    assert seen.why == "登错人了"


def test_who_may_take_it_back(session: Session, clerk: int) -> None:
    key = service.enter(session, make_sighting(clerk), by=MANAGER, at=NOW)
    with pytest.raises(DeniedError):
        service.take_back(session, key, "不要", by=make_actor(clerk), at=NOW)
    stranger = make_actor(77, Permission.SUPERVISE)
    with pytest.raises(NotFoundError):
        service.take_back(session, key, "不要", by=stranger, at=NOW)
    mentor = replace(
        MANAGER,
        person=98,
        permissions=frozenset({Permission.READ, Permission.MENTOR}),
    )
    with pytest.raises(DeniedError):
        service.take_back(session, key, "不要", by=mentor, at=NOW)


def test_the_audit_keeps_who_entered_and_who_took_back(
    session: Session, clerk: int
) -> None:
    key = service.enter(session, make_sighting(clerk), by=MANAGER, at=NOW)
    service.take_back(session, key, "登错", by=MANAGER, at=NOW)
    kept = [entry for entry, _ in audit.waiting(session)]
    verbs = [(e.verb, e.object, e.person) for e in kept if "sighting" in e.verb]
    assert verbs == [
        ("sighting.entered", f"sighting/{key}", MANAGER.person),
        ("sighting.taken_back", f"sighting/{key}", MANAGER.person),
    ]


def test_a_moment_of_a_day_is_its_noon_but_never_to_come() -> None:
    assert happened(date(2026, 11, 20), NOW) == moment("2026-11-20", 4)
    assert happened(TODAY, NOW) == NOW
    assert happened(TODAY, NOW + timedelta(hours=9)) == moment("2026-11-22", 4)


@pytest.mark.parametrize("source", ["", "sighting", "sighting/x/P5", "attempt/3/1"])
def test_other_sources_are_no_sightings(source: str) -> None:
    assert sighting_of(source) == 0
