"""Telling everybody: whom, once, by whoever runs it, in few queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.databases import statements
from tests.factories import SETUP
from tests.notices.told import make_task
from tests.notices.told import source_of
from tests.people.places import Places
from tests.people.places import add_accounts
from tests.people.places import make_person
from tests.people.places import make_places
from tests.people.places import make_secondment
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.actor import Scope
from trainer.core.clock import day_of
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.kit import db
from trainer.notices import queries
from trainer.notices import service
from trainer.notices.domain.calendar import OtherDay
from trainer.notices.domain.digesting import Kind
from trainer.notices.domain.notices import Notice
from trainer.notices.domain.tasks import Task
from trainer.notices.models import MailRow
from trainer.notices.models import NoticeAddressRow
from trainer.notices.service import Rules
from trainer.notices.service import telling
from trainer.notices.service.calendar import CalendarChangedError
from trainer.people import queries as people_queries
from trainer.people import service as people
from trainer.people.domain.accounts import Person
from trainer.people.domain.erasing import Why
from trainer.people.domain.roles import Role

MONDAY = datetime.fromisoformat("2026-11-23T01:00:00+00:00")
FRIDAY = date(2026, 11, 20)
MOST_QUERIES = 16
"""Statements of telling up to ``AT_ONCE`` people."""


def reader(person: int) -> Actor:
    return Actor(person, "谁", frozenset({Permission.READ}))


def notices(engine: Engine, person: int) -> Sequence[Notice]:
    with db.reading(engine) as session:
        return queries.notices(session, 1, reader=reader(person)).items


def tell(engine: Engine, *tasks: Task, at: datetime = MONDAY, after: int = 3) -> int:
    rules = Rules(escalate_after=after)
    return service.tell(engine, [source_of(*tasks)], rules, at=at)


def people_of(engine: Engine) -> tuple[Places, dict[str, Person]]:
    """Put a clerk of bank A in the east, his supervisors, others, and a manager."""
    with db.writing(engine) as session:
        places = make_places(session)
        wide = {
            "east": Scope(sites=frozenset({places.site})),
            "west": Scope(sites=frozenset({places.other_site})),
            "bank-a": Scope(organisations=frozenset({places.bank})),
            "bank-b": Scope(organisations=frozenset({places.other_bank})),
        }
        found = {
            name: make_person(session, name, Role.SUPERVISOR, scope=scope)
            for name, scope in wide.items()
        }
        found["manager"] = make_person(session, "manager", Role.MANAGER)
        for name in ("clerk", "free"):
            found[name] = make_person(session, name)
        make_secondment(session, found["clerk"], places)
    return places, found


def test_who_has_a_task_is_told_once_however_often_it_runs(engine: Engine) -> None:
    _, found = people_of(engine)
    clerk = found["clerk"].id
    task = make_task(clerk, values=(("key", 2),))
    assert [tell(engine, task) for _ in range(3)] == [1, 0, 0]
    (notice,) = notices(engine, clerk)
    assert (notice.kind, notice.what, notice.seen) == (Kind.NEW, task.what, False)
    assert notice.values == (("key", 2),)
    assert notices(engine, found["free"].id) == ()


def test_a_crash_between_two_batches_is_made_up_for(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.writing(engine) as session:
        keys = add_accounts(session, 5)
    tasks = [make_task(key) for key in keys]
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    insert = db.insert_missing
    calls: list[int] = []

    def dies(*args: object) -> None:
        calls.append(1)
        if len(calls) == 3:  # notices and mails of the first two are written
            raise RuntimeError
        insert(*args)  # type: ignore[arg-type]  # passed on

    with monkeypatch.context() as patched:
        patched.setattr(db, "insert_missing", dies)
        with pytest.raises(RuntimeError):
            tell(engine, *tasks)
    assert tell(engine, *tasks) == 3
    assert all(len(notices(engine, key)) == 1 for key in keys)


def test_whoever_supervises_somebody_hears_of_what_is_late_once(engine: Engine) -> None:
    _, found = people_of(engine)
    clerk, free = found["clerk"].id, found["free"].id
    late = [make_task(clerk, due=FRIDAY), make_task(free, due=FRIDAY)]
    wednesday = MONDAY + timedelta(days=2)
    for at in (MONDAY, wednesday, wednesday, wednesday + timedelta(days=7)):
        tell(engine, *late, at=at)
    told = {
        name: [(n.about, n.kind) for n in notices(engine, found[name].id)]
        for name in found
    }
    of_clerk = [("clerk（虚构）", Kind.STAFF_LATE)]
    assert told["east"] == told["bank-a"] == of_clerk
    assert told["west"] == told["bank-b"] == []
    assert told["manager"] == [("free（虚构）", Kind.STAFF_LATE)]
    assert told["clerk"] == [("", Kind.LATE)]


def test_whom_nobody_supervises_any_more_the_managers_hear_of(engine: Engine) -> None:
    _, found = people_of(engine)
    clerk, on = found["clerk"].id, day_of(MONDAY)
    with db.writing(engine) as session:
        for name in ("east", "bank-a"):
            close(session, found[name])
        known = people_queries.supervisors_of(session, [clerk], on)
    assert known == {clerk: {found["manager"].id}}


def close(session: Session, person: Person) -> None:
    closed = replace(person.account(), active=False)
    people.change_person(session, person.id, closed, by=SETUP, at=MONDAY)


def test_an_address_makes_a_mail_of_all_that_is_open(engine: Engine) -> None:
    _, found = people_of(engine)
    clerk = found["clerk"].id
    tell(engine, make_task(clerk, "a"), make_task(clerk, "b"))
    with db.writing(engine) as session:
        service.save_preference(
            session, "a@b.cn", wants_mail=True, by=reader(clerk), at=MONDAY
        )
    tell(engine, make_task(clerk, "a"))
    with db.reading(engine) as session:
        (mail,) = session.scalars(select(MailRow))
    assert (mail.person_id, mail.day) == (clerk, day_of(MONDAY))


def test_an_address_goes_with_its_owner(engine: Engine) -> None:
    with db.writing(engine) as session:
        left, stays = make_person(session, "left"), make_person(session, "stays")
        for person in (left, stays):
            service.save_preference(
                session, "a@b.cn", wants_mail=True, by=reader(person.id), at=MONDAY
            )
        close(session, left)
        people.erase_person(session, left.id, Why.ASKED, by=SETUP, at=MONDAY)
        service.forget_addresses(session, at=MONDAY)
    with db.reading(engine) as session:
        owners = set(session.scalars(select(NoticeAddressRow.person_id)))
    assert owners == {stays.id}


def test_a_notice_is_seen_by_its_person_only(engine: Engine) -> None:
    _, found = people_of(engine)
    clerk, other = found["clerk"].id, found["free"].id
    tell(engine, make_task(clerk, "a"), make_task(clerk, "b"))
    key = notices(engine, clerk)[0].id
    with db.writing(engine) as session:
        with pytest.raises(NotFoundError):
            service.mark_seen(session, key, by=reader(other), at=MONDAY)
        service.mark_seen(session, key, by=reader(clerk), at=MONDAY)
        service.mark_all_seen(session, by=reader(other), at=MONDAY)
    assert [n.seen for n in notices(engine, clerk)] == [True, False]


def test_queries_do_not_grow_with_people(engine: Engine) -> None:
    with db.writing(engine) as session:
        keys = add_accounts(session, 150)

    def asked(people: range, day: int) -> int:
        tasks = [make_task(p, f"{day}", FRIDAY) for p in people]
        with statements(engine) as seen:
            tell(engine, *tasks, at=MONDAY + timedelta(days=day))
        return len(seen)

    assert asked(keys, 1) == asked(keys[:3], 0) <= MOST_QUERIES


def test_only_who_runs_the_system_changes_the_calendar_as_he_saw_it(
    session: Session,
) -> None:
    days = [OtherDay(date(2099, 1, 1), is_working=False, note="例")]
    with pytest.raises(DeniedError):
        service.save_days(session, days, based_on=[], by=reader(1), at=MONDAY)
    service.save_days(session, days, based_on=[], by=SETUP, at=MONDAY)
    assert queries.other_days(session) == days
    with pytest.raises(CalendarChangedError):
        service.save_days(session, [], based_on=[], by=SETUP, at=MONDAY)
