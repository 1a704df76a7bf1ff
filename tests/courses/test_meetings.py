"""Meetings: who prepares them, what a pack must hold, who was there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.checklists.published import put_in_force as put_checklist
from tests.courses.packs import CHECKLIST
from tests.courses.packs import DAY
from tests.courses.packs import ITEMS
from tests.courses.packs import LIST
from tests.courses.packs import OTHER
from tests.courses.packs import pack_of
from tests.courses.packs import prepare_meeting
from tests.databases import statements
from tests.factories import SETUP
from tests.scenarios.live_plays import SLUG
from tests.scenarios.live_plays import Cast
from tests.scenarios.live_plays import finish
from tests.scenarios.live_plays import set_up
from tests.scenarios.live_plays import the_cast
from trainer.core.actor import Actor
from trainer.core.actor import Scope
from trainer.core.anonymity import NotAnonymousError
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.courses import queries
from trainer.courses import service
from trainer.courses.domain.meetings import CaseMissingError
from trainer.courses.domain.meetings import ChangedMeanwhileError
from trainer.courses.domain.meetings import CountedError
from trainer.courses.domain.meetings import Meeting
from trainer.courses.domain.meetings import NotCounterError
from trainer.courses.domain.meetings import NotPreparerError
from trainer.courses.domain.meetings import NotThereError
from trainer.courses.domain.meetings import NotThreeItemsError
from trainer.courses.domain.meetings import UnknownItemError
from trainer.courses.domain.suggesting import least_played
from trainer.courses.domain.suggesting import suggested_items
from trainer.evidence import service as evidence
from trainer.evidence.domain import Fact
from trainer.evidence.domain import FactKind
from trainer.people import service as people

TODAY = DAY - timedelta(days=1)
MOST_OF_A_LIST = 1
MOST_OF_SUGGESTIONS = 5


@pytest.fixture
def cast(session: Session) -> Cast:
    return the_cast(session)


@pytest.fixture
def key(session: Session, cast: Cast) -> int:
    return prepare_meeting(session, cast)


def meeting(session: Session, key: int, reader: Actor) -> Meeting:
    return queries.meeting(session, key, TODAY, reader=reader)


def count(session: Session, key: int, *came: int, by: Actor, seen: int = 0) -> None:
    service.record_attendance(session, key, came, seen=seen, by=by, at=NOW)


def wrong(session: Session, person: int, competency: str, n: int = 1) -> None:
    for number in range(n):
        fact = Fact(
            person=person,
            competency=competency,
            item="",
            happened_at=NOW - timedelta(days=5),
            outcome=0.0,
            kind=FactKind.QUIZ_ANSWER,
            source=f"test:{person}:{competency}:{number}",
        )
        evidence.record(session, fact, at=NOW)


# The pack


def test_who_runs_the_site_prepares_its_meeting(
    session: Session, cast: Cast, key: int
) -> None:
    found = meeting(session, key, cast.boss.actor())
    assert (found.site_name, found.on) == ("城东管理部", DAY)
    assert found.revision.slug == SLUG
    assert [each.address for each in found.items] == [*ITEMS]
    assert found.items[0].item.wrong == "把one弄错了"


def test_the_same_form_twice_is_one_meeting(session: Session, cast: Cast) -> None:
    first = prepare_meeting(session, cast)
    assert prepare_meeting(session, cast) == first
    assert prepare_meeting(session, cast, once="b") != first


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"told": " "}, CaseMissingError),
        ({"asked": ""}, CaseMissingError),
        ({"told": "某某\n证号110101199003074514"}, NotAnonymousError),
        ({"asked": "打13800000000"}, NotAnonymousError),
        ({"items": ITEMS[:2]}, NotThreeItemsError),
        ({"items": (*ITEMS[:2], ITEMS[0])}, NotThreeItemsError),
        ({"items": (*ITEMS[:2], f"{LIST}#no-such")}, UnknownItemError),
        ({"scenario": "no-such"}, NotFoundError),
        ({"scenario": LIST}, NotFoundError),
        ({"on": date(2025, 12, 31)}, UnknownItemError),
    ],
)
def test_a_pack_that_is_not_whole_is_refused(
    session: Session,
    cast: Cast,
    changed: dict[str, object],
    error: type[TrainerError],
) -> None:
    with pytest.raises(error):
        prepare_meeting(session, cast, **changed)


@pytest.mark.parametrize("who", ["rival", "clerk", "trainer"])
def test_others_prepare_nothing_there_and_see_nothing(
    session: Session, cast: Cast, key: int, who: str
) -> None:
    by = getattr(cast, who).actor()
    refused = (DeniedError, NotFoundError)
    with pytest.raises(DeniedError):
        service.prepare(session, pack_of(cast, once="x"), by=by, at=NOW)
    with pytest.raises(refused):
        meeting(session, key, by)
    with pytest.raises(refused):
        service.change(session, key, pack_of(cast), by=by, at=NOW)
    with pytest.raises(refused):
        count(session, key, by=by)


def test_a_bank_runs_no_site(session: Session, cast: Cast) -> None:
    by = replace(cast.boss.actor(), scope=Scope(organisations=frozenset({1, 2, 3})))
    with pytest.raises(NotPreparerError):
        service.prepare(session, pack_of(cast), by=by, at=NOW)
    assert queries.own_sites(session, reader=by) == []


def test_a_pack_is_changed_by_who_has_seen_it(
    session: Session, cast: Cast, key: int
) -> None:
    by = cast.boss.actor()
    items = (f"{LIST}#four", *ITEMS[:2])
    pack = pack_of(cast, told="另一个案例", items=items, based_on=1)
    service.change(session, key, pack, by=by, at=NOW)
    found = meeting(session, key, by)
    assert found.told == "另一个案例"
    assert [each.address for each in found.items] == [*items]
    with pytest.raises(ChangedMeanwhileError):
        service.change(session, key, pack, by=by, at=NOW)


def test_its_items_stay_as_they_were_when_it_was_prepared(
    session: Session, cast: Cast, key: int
) -> None:
    put_checklist(
        session,
        CHECKLIST.replace("2026-01-01", "2026-11-01").replace(
            "把one弄错了", "新的说法"
        ),
        LIST,
    )
    found = meeting(session, key, cast.boss.actor())
    assert found.items[0].item.wrong == "把one弄错了"


# Who was there


def test_the_people_of_the_site_on_that_day_can_be_ticked(
    session: Session, cast: Cast, key: int
) -> None:
    found = meeting(session, key, cast.boss.actor())
    assert {each.person for each in found.people} == {
        cast.clerk.id,
        cast.friend.id,
        cast.mentor.id,
    }
    with pytest.raises(NotThereError):
        count(session, key, cast.far.id, by=cast.boss.actor())


def test_attendance_is_recorded_and_corrected_by_who_recorded_it(
    session: Session, cast: Cast, key: int
) -> None:
    by = cast.boss.actor()
    count(session, key, cast.clerk.id, cast.friend.id, by=by)
    count(session, key, cast.clerk.id, cast.friend.id, by=by)  # the same form again
    with pytest.raises(ChangedMeanwhileError):
        count(session, key, cast.clerk.id, by=by)
    count(session, key, cast.clerk.id, by=by, seen=1)
    found = meeting(session, key, by)
    assert [each.person for each in found.people if each.came] == [cast.clerk.id]
    assert (found.counted, found.counted_by) == (2, by.person)
    another = replace(by, person=cast.rival.id)
    with pytest.raises(NotCounterError):
        count(session, key, cast.friend.id, by=another, seen=2)


def test_that_nobody_came_is_recorded_too(
    session: Session, cast: Cast, key: int
) -> None:
    count(session, key, by=cast.boss.actor())
    found = meeting(session, key, cast.boss.actor())
    assert (found.came, found.counted_by) == (0, cast.boss.id)


def test_a_counted_meeting_keeps_its_day(
    session: Session, cast: Cast, key: int
) -> None:
    by = cast.boss.actor()
    count(session, key, cast.clerk.id, by=by)
    moved = pack_of(cast, on=DAY + timedelta(days=1), based_on=1)
    with pytest.raises(CountedError):
        service.change(session, key, moved, by=by, at=NOW)


def test_who_has_left_stays_recorded(session: Session, cast: Cast, key: int) -> None:
    by = cast.boss.actor()
    count(session, key, cast.clerk.id, by=by)
    people.end_secondment(session, 1, date(2026, 9, 1), "期满", by=SETUP, at=NOW)
    found = meeting(session, key, by)
    assert cast.clerk.id in {each.person for each in found.people if each.came}


def test_attendance_is_no_evidence_but_ones_own_data(
    session: Session, cast: Cast, key: int
) -> None:
    count(session, key, cast.clerk.id, by=cast.boss.actor())
    came, made, *_ = queries.own_data(session, NOW, cast.clerk.actor())
    assert [row[:2] for row in came.rows] == [("2026-11-23", "城东管理部")]
    assert made.rows == ()
    _, made, *_ = queries.own_data(session, NOW, cast.boss.actor())
    assert len(made.rows) == 1


# Lists and suggestions


def test_a_list_holds_the_meetings_of_ones_sites(
    session: Session, cast: Cast, key: int
) -> None:
    later = prepare_meeting(session, cast, once="b", on=DAY + timedelta(days=7))
    count(session, key, cast.clerk.id, by=cast.boss.actor())
    with statements(session.get_bind()) as asked:  # type: ignore[arg-type]  # an engine
        found = queries.meetings(session, reader=cast.boss.actor())
    assert [(each.id, each.came) for each in found.items] == [(later, None), (key, 1)]
    assert len(asked) == MOST_OF_A_LIST
    assert queries.meetings(session, reader=cast.rival.actor()).items == ()
    everybody = replace(cast.rival.actor(), scope=Scope(everybody=True))
    assert queries.meetings(session, reader=everybody).total == 2
    with pytest.raises(DeniedError):
        queries.meetings(session, reader=cast.clerk.actor())


def test_what_the_people_of_the_site_know_least_is_suggested(
    session: Session, cast: Cast
) -> None:
    reader = cast.boss.actor()
    row = set_up(session, cast)
    finish(session, cast, row.id)
    wrong(session, cast.clerk.id, "C1", 2)
    wrong(session, cast.far.id, "R1", 9)  # works elsewhere
    queries.items_on(session, DAY, reader=reader)  # kept by the process from then on
    with statements(session.get_bind()) as asked:  # type: ignore[arg-type]  # an engine
        facts = queries.facts_of(session, cast.site, DAY, reader=reader)
    assert len(asked) <= MOST_OF_SUGGESTIONS
    assert facts.plays == {SLUG: 1}
    assert facts.wrong == {"C1": 2}
    titles = queries.scenario_titles(session, DAY, reader=reader)
    assert least_played(titles, facts) == OTHER
    items = queries.items_on(session, DAY, reader=reader)
    found = suggested_items(items.values(), facts)
    assert [each.item.address for each in found] == [
        f"{LIST}#four",
        f"{LIST}#one",
        f"{LIST}#three",
    ]


def test_an_answer_that_was_taken_back_was_not_wrong(
    session: Session, cast: Cast
) -> None:
    wrong(session, cast.clerk.id, "C1")
    source = f"test:{cast.clerk.id}:C1:0"
    fact = Fact(
        person=cast.clerk.id,
        competency="C1",
        item="",
        happened_at=NOW,
        outcome=0.0,
        kind=FactKind.QUIZ_ANSWER,
        source=f"{source}:void",
        revokes=source,
    )
    evidence.record(session, fact, at=NOW)
    facts = queries.facts_of(session, cast.site, DAY, reader=cast.boss.actor())
    assert facts.wrong == {}


def test_an_item_that_reads_otherwise_than_a_month_ago_has_changed(
    session: Session, cast: Cast, key: int
) -> None:
    assert key
    text = CHECKLIST.replace("2026-01-01", "2026-11-10").replace("把two", "总把two")
    put_checklist(session, text, LIST)
    facts = queries.facts_of(session, cast.site, DAY, reader=cast.boss.actor())
    assert facts.changed == {f"{LIST}#two"}
    later = DAY + timedelta(days=7)
    facts = queries.facts_of(session, cast.site, later, reader=cast.boss.actor())
    assert facts.talked == set(ITEMS)
