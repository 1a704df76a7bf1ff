"""Secondments: rules, history, and what the database holds by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.factories import NOON
from tests.factories import SETUP
from tests.people.places import TODAY
from tests.people.places import make_person
from tests.people.places import make_places
from tests.people.places import make_secondment
from trainer.audit.queries import entries
from trainer.core.actor import Scope
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.people import queries
from trainer.people import service
from trainer.people.domain.places import Channel
from trainer.people.domain.places import Seat
from trainer.people.domain.places import StillInUseError
from trainer.people.domain.roles import Role
from trainer.people.domain.secondments import AlreadySecondedError
from trainer.people.domain.secondments import Arrangement
from trainer.people.domain.secondments import DaysMixedUpError
from trainer.people.domain.secondments import OwnMentorError
from trainer.people.domain.secondments import Placement
from trainer.people.domain.secondments import Secondment
from trainer.people.domain.secondments import State
from trainer.people.domain.secondments import WantedSecondments
from trainer.people.domain.secondments import overlap
from trainer.people.models import SecondmentRow

DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 1))
ENDS = st.none() | DAYS


def held(
    begins: date, planned: date | None = None, ends: date | None = None
) -> Secondment:
    placement = Placement(organisation=1, site=1, begins_on=begins, planned_to=planned)
    return Secondment(id=1, person=7, placement=placement, ends_on=ends)


@pytest.mark.parametrize(
    ("begins", "planned", "ends", "state"),
    [
        ("2026-08-23", None, None, State.COMING),
        ("2026-08-22", None, None, State.ARRIVED),
        ("2026-08-09", None, None, State.ARRIVED),
        ("2026-08-08", None, None, State.PRESENT),
        ("2026-01-01", "2026-09-22", None, State.PRESENT),
        ("2026-01-01", "2026-09-21", None, State.ENDING),
        ("2026-01-01", "2026-08-23", None, State.ENDING),
        ("2026-01-01", "2026-08-22", None, State.OVERDUE),
        ("2026-01-01", "2026-08-01", "2026-09-01", State.ENDING),
        ("2026-01-01", None, "2026-08-22", State.ENDED),
        ("2026-01-01", None, "2026-08-23", State.ENDING),
    ],
)
def test_a_day_tells_where_a_secondment_stands(
    begins: str, planned: str | None, ends: str | None, state: State
) -> None:
    days = (date.fromisoformat(day) if day else None for day in (planned, ends))
    assert held(date.fromisoformat(begins), *days).state(TODAY) is state


@given(DAYS, ENDS, DAYS, ENDS)
def test_two_spans_overlap_when_a_day_is_in_both(
    begins: date, ends: date | None, begins_too: date, ends_too: date | None
) -> None:
    span = range(90)
    days = [date(2026, 1, 1) + timedelta(days=n) for n in span]

    def inside(day: date, start: date, end: date | None) -> bool:
        return start <= day and (end is None or day < end)

    shared = any(
        inside(day, begins, ends) and inside(day, begins_too, ends_too) for day in days
    )
    assert overlap((begins, ends), (begins_too, ends_too)) == shared


def test_a_move_that_was_called_off_leaves_the_way_back_open(session: Session) -> None:
    places = make_places(session)
    person = make_person(session, "w1")
    first = make_secondment(session, person, places)
    there = replace(first.secondment.placement, site=places.other_site, begins_on=TODAY)
    key = first.secondment.id
    moved = service.move_secondment(session, key, there, by=SETUP, at=NOON)
    service.call_off_secondment(session, moved.secondment.id, by=SETUP, at=NOON)
    back = service.resume_secondment(session, key, by=SETUP, at=NOON)
    assert (back.site, back.secondment.ends_on) == ("城东管理部", None)


def test_a_list_knows_every_state_as_the_rule_does(session: Session) -> None:
    places = make_places(session)
    spans = [
        (date(2026, 9, 1), None),
        (date(2026, 8, 20), None),
        (date(2026, 1, 1), date(2026, 9, 1)),
        (date(2026, 1, 1), date(2026, 8, 1)),
        (date(2026, 1, 1), date(2027, 1, 1)),
    ]
    for number, (begins, planned) in enumerate(spans):
        person = make_person(session, f"w{number}")
        make_secondment(session, person, places, begins_on=begins, planned_to=planned)
    gone = make_secondment(session, make_person(session, "gone"), places)
    day = TODAY - timedelta(days=3)
    key = gone.secondment.id
    service.end_secondment(session, key, day, "期满", by=SETUP, at=NOON)
    for state in State:
        wanted = WantedSecondments(state=state)
        part = queries.secondments(session, wanted, TODAY, reader=SETUP)
        found = {listed.secondment.state(TODAY) for listed in part.items}
        assert (found, part.total) == ({state}, 1)
    everybody = queries.secondments(session, WantedSecondments(), TODAY, reader=SETUP)
    assert everybody.total == len(State) - 1


def test_a_person_works_at_one_place_at_a_time(session: Session) -> None:
    places = make_places(session)
    person = make_person(session, "w1")
    make_secondment(session, person, places)
    with pytest.raises(AlreadySecondedError, match="已在别处任职"):
        make_secondment(session, person, places, begins_on=date(2026, 6, 1))
    row = {
        "person_id": person.id,
        "organisation_id": places.bank,
        "site_id": places.site,
        "begins_on": TODAY,
        "reason": "",
        "end_reason": "",
    }
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(insert(SecondmentRow).values(row))


def test_moving_ends_the_old_and_begins_the_new_on_one_day(session: Session) -> None:
    places = make_places(session)
    person = make_person(session, "w1")
    first = make_secondment(session, person, places)
    there = replace(first.secondment.placement, site=places.other_site, begins_on=TODAY)
    key = first.secondment.id
    service.move_secondment(session, key, there, by=SETUP, at=NOON)
    new, old = queries.history(session, person.id, TODAY, reader=SETUP)
    assert (old.site, old.secondment.ends_on) == ("城东管理部", TODAY)
    assert (new.site, new.secondment.placement.begins_on) == ("城西管理部", TODAY)
    verbs = [entry.verb for entry in entries(session)]
    assert verbs[-3:] == ["secondment.begun", "secondment.ended", "secondment.begun"]


def test_an_end_can_be_taken_back_until_the_next_work_begins(session: Session) -> None:
    places = make_places(session)
    person = make_person(session, "w1")
    key = make_secondment(session, person, places).secondment.id
    service.end_secondment(session, key, TODAY, "期满", by=SETUP, at=NOON)
    back = service.resume_secondment(session, key, by=SETUP, at=NOON)
    assert back.secondment.ends_on is None
    service.end_secondment(session, key, TODAY, "期满", by=SETUP, at=NOON)
    make_secondment(
        session, person, places, begins_on=TODAY, planned_to=date(2027, 1, 1)
    )
    with pytest.raises(AlreadySecondedError), session.begin_nested():
        service.resume_secondment(session, key, by=SETUP, at=NOON)


def test_what_was_called_off_never_was(session: Session) -> None:
    places = make_places(session)
    person = make_person(session, "w1")
    key = make_secondment(session, person, places).secondment.id
    service.call_off_secondment(session, key, by=SETUP, at=NOON)
    assert queries.history(session, person.id, TODAY, reader=SETUP) == []
    make_secondment(session, person, places)


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        ({"planned_to": date(2026, 1, 1)}, DaysMixedUpError, "起止日期"),
        ({"site": 999}, NotFoundError, "网点不存在"),
        ({"organisation": 999}, NotFoundError, "派出单位不存在"),
        ({"post": "none"}, NotFoundError, "没有这个岗位"),
        ({"arrangement": Arrangement(mentor=999)}, NotFoundError, "带教老师不存在"),
        (
            {"arrangement": Arrangement(lines=frozenset({"x"}))},
            NotFoundError,
            "没有这项业务：x",
        ),
    ],
)
def test_what_does_not_exist_is_refused_by_name(
    session: Session, wrong: dict[str, object], error: type[Exception], said: str
) -> None:
    places = make_places(session)
    with pytest.raises(error, match=said):
        make_secondment(session, make_person(session, "w1"), places, **wrong)


def test_nobody_trains_or_replaces_himself(session: Session) -> None:
    places = make_places(session)
    person = make_person(session, "w1")
    for own in (Arrangement(mentor=person.id), Arrangement(successor=person.id)):
        with pytest.raises(OwnMentorError, match="不能是本人"):
            make_secondment(session, person, places, arrangement=own)


def test_a_seat_belongs_to_its_site(session: Session) -> None:
    places = make_places(session)
    far = Arrangement(seat=places.seat)
    with pytest.raises(TrainerError, match="不在这个网点"):
        make_secondment(
            session,
            make_person(session, "w1"),
            places,
            site=places.other_site,
            arrangement=far,
        )


def test_a_leaving_says_why_and_comes_after_the_first_day(session: Session) -> None:
    places = make_places(session)
    key = make_secondment(session, make_person(session, "w1"), places).secondment.id
    with pytest.raises(TrainerError, match="写明离开的原因"):
        service.end_secondment(session, key, TODAY, " ", by=SETUP, at=NOON)
    with pytest.raises(DaysMixedUpError, match="晚于第一天"):
        service.end_secondment(session, key, date(2026, 1, 1), "x", by=SETUP, at=NOON)


def test_the_supervisor_of_the_site_arranges_and_sends_nobody(
    session: Session,
) -> None:
    places = make_places(session)
    person = make_person(session, "w1")
    key = make_secondment(session, person, places).secondment.id
    scope = Scope(sites=frozenset({places.site}))
    boss = make_person(session, "boss", Role.SUPERVISOR, scope=scope).actor()
    seat = Arrangement(seat=places.seat)
    done = service.arrange_secondment(session, key, seat, by=boss, at=NOON)
    assert (done.seat, done.channel) == ("1号窗口", Channel.WINDOW)
    with pytest.raises(DeniedError):
        service.end_secondment(session, key, TODAY, "期满", by=boss, at=NOON)


def test_the_supervisor_of_the_bank_sees_and_does_not_arrange(
    session: Session,
) -> None:
    places = make_places(session)
    key = make_secondment(session, make_person(session, "w1"), places).secondment.id
    own = Scope(organisations=frozenset({places.bank}))
    other = Scope(organisations=frozenset({places.other_bank}))
    bank = make_person(session, "bank", Role.SUPERVISOR, scope=own).actor()
    rival = make_person(session, "rival", Role.SUPERVISOR, scope=other).actor()
    with pytest.raises(DeniedError, match="所在网点的主管"):
        service.arrange_secondment(session, key, Arrangement(), by=bank, at=NOON)
    with pytest.raises(NotFoundError, match="没有这条任职记录"):
        service.arrange_secondment(session, key, Arrangement(), by=rival, at=NOON)


def test_a_place_where_people_work_is_not_retired(session: Session) -> None:
    places = make_places(session)
    arranged = Arrangement(seat=places.seat)
    make_secondment(session, make_person(session, "w1"), places, arrangement=arranged)
    site = next(s for s in queries.sites(session) if s.id == places.site)
    seat = Seat(
        id=places.seat, site=places.site, name="1号窗口", channel=Channel.WINDOW
    )
    bank = next(o for o in queries.organisations(session) if o.id == places.bank)
    with pytest.raises(StillInUseError, match="还有人在这里任职"):
        service.save_site(session, replace(site, active=False), by=SETUP, at=NOON)
    with pytest.raises(StillInUseError, match="还有人在这里任职"):
        service.save_seat(session, replace(seat, active=False), by=SETUP, at=NOON)
    retired = replace(bank, active=False)
    with pytest.raises(StillInUseError, match="还有人在这里任职"):
        service.save_organisation(session, retired, by=SETUP, at=NOON)


def test_two_places_never_share_a_name(session: Session) -> None:
    places = make_places(session)
    site = queries.sites(session)[0]
    with pytest.raises(TrainerError, match="已有了"):
        service.save_site(session, replace(site, id=0), by=SETUP, at=NOON)
    twin = Seat(site=places.site, name="1号窗口 ", channel=Channel.HOTLINE)
    with pytest.raises(TrainerError, match="已有了"):
        service.save_seat(session, twin, by=SETUP, at=NOON)
