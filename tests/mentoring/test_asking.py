"""What mentoring asks of whom, and how much it asks the database."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.competence.worlds import make_sighting
from tests.databases import statements
from tests.mentoring.pairs import BEGIN
from tests.mentoring.pairs import TODAY
from tests.mentoring.pairs import World
from tests.mentoring.pairs import begin
from tests.mentoring.pairs import change_mentor
from tests.mentoring.pairs import entered
from tests.mentoring.pairs import let_alone
from tests.mentoring.pairs import make_colleague
from tests.mentoring.pairs import make_world
from tests.mentoring.pairs import signed
from trainer.competence import service as competence
from trainer.kit import db
from trainer.mentoring import queries
from trainer.mentoring import service
from trainer.mentoring.domain.notes import NewNote
from trainer.mentoring.domain.notes import NoteKind
from trainer.notices.domain.tasks import Task

MOST = 24
"""Statements for any number of people."""


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def asked(session: Session, *people: int, at: datetime = NOW) -> dict[str, Task]:
    found = queries.tasks(session, people, at)
    assert len({task.key for task in found}) == len(found)
    return {task.key: task for task in found}


def write(session: Session, world: World, kind: NoteKind, once: str = "a") -> int:
    told = NewNote(secondment=world.pair, kind=kind, words="怎么办？", once=once)
    return service.write(session, told, by=world.newcomer, at=NOW)


def test_a_mentor_signs_answers_and_watches(session: Session, world: World) -> None:
    mentor = world.mentor.person
    watch = f"mentoring/watch/{world.pair}/{BEGIN}"
    assert set(asked(session, mentor)) == {watch}
    cases = entered(session, world, 2)
    note = write(session, world, NoteKind.QUESTION)
    found = asked(session, mentor)
    sign = found[f"mentoring/sign/{world.pair}"]
    assert str(sign.what) == "给newcomer（虚构）的 2 件办件共同签字"
    assert (sign.due, sign.told_on) == (TODAY + timedelta(days=2), TODAY)
    assert f"mentoring/answer/{world.pair}" in found
    assert found[watch].due == BEGIN + timedelta(days=7)
    signed(session, world, cases)
    service.answer(session, note, "这么办", by=world.mentor, at=NOW)
    told = make_sighting(world.newcomer.person, on=TODAY)
    competence.enter(session, told, by=world.mentor, at=NOW)
    assert asked(session, mentor) == {}
    assert set(asked(session, mentor, at=NOW + timedelta(days=7))) == {
        f"mentoring/watch/{world.pair}/{TODAY}"
    }


def test_a_newcomer_reflects_once_a_week(session: Session, world: World) -> None:
    newcomer = world.newcomer.person
    early = NOW - timedelta(days=3)  # the third day of the third week
    assert asked(session, newcomer, at=early) == {}
    (task,) = asked(session, newcomer).values()
    assert task.key == f"mentoring/reflect/{world.pair}/3"
    assert task.due == BEGIN + timedelta(days=20)
    write(session, world, NoteKind.REFLECTION)
    assert asked(session, newcomer) == {}


def test_a_supervisor_finds_a_mentor_after_a_day(
    session: Session, world: World
) -> None:
    late = make_colleague(session, "late")
    key = begin(session, late, world.places, None, TODAY)
    boss, bank = world.boss.person, world.bank.person
    assert asked(session, boss, bank) == {}
    (task,) = asked(session, boss, bank, at=NOW + timedelta(days=1)).values()
    assert (task.person, task.key) == (boss, f"mentoring/find/{key}")
    assert task.endpoint == "mentoring.mentors"
    assert asked(session, boss, at=NOW + timedelta(days=90)) == {}
    let_alone(session, late.id)
    assert asked(session, boss, at=NOW + timedelta(days=1)) == {}, "he is no newcomer"


def test_nothing_is_asked_of_a_pair_that_is_done(
    session: Session, world: World
) -> None:
    entered(session, world)
    change_mentor(session, world, world.other.person)
    assert asked(session, world.mentor.person) == {}, "another one trains him now"
    let_alone(session, world.newcomer.person)
    everybody = (world.other.person, world.newcomer.person)
    assert asked(session, *everybody) == {}


def test_many_people_cost_no_more_questions(engine: Engine) -> None:
    with db.writing(engine) as session:
        world = make_world(session)
        for n in range(20):
            person = make_colleague(session, f"n{n:02}")
            begin(session, person, world.places, world.mentor.person)
    with db.reading(engine) as session:
        queries.tasks(session, [1], NOW)
        with statements(engine) as seen:
            found = queries.tasks(session, range(100), NOW)
        assert len(found) > 20
        assert len(seen) <= MOST
