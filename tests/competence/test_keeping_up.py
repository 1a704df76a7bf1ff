"""What is remembered, kept and swept: never another answer than from the facts."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.competence.worlds import FRAMEWORK
from tests.competence.worlds import MANAGER
from tests.competence.worlds import learned
from tests.competence.worlds import make_fact
from tests.competence.worlds import moment
from tests.competence.worlds import put_framework
from tests.competence.worlds import see
from tests.databases import statements
from tests.factories import NOON
from tests.factories import SETUP
from tests.people.places import make_person
from tests.quizzes.published import BANK
from tests.quizzes.published import put_in_force
from tests.quizzes.published import put_rules
from trainer.competence import queries
from trainer.competence import service
from trainer.competence.domain.authorising import Act
from trainer.competence.domain.authorising import Decision
from trainer.competence.models import AuthorisationEventRow
from trainer.competence.models import RecordRow
from trainer.competence.service import sweeping
from trainer.kit import db
from trainer.topics import service as topics
from trainer.topics.domain.saves import SaveText
from trainer.topics.domain.saves import TextName

LEARNED = date(2026, 10, 20)
CHANGED = moment("2026-12-01", 3)


@pytest.fixture
def clerk(engine: Engine) -> int:
    with db.writing(engine) as session:
        put_framework(session)
        put_rules(session)
        bank = put_in_force(session, BANK)
        key = make_person(session, "clerk").id
        see(session, *learned(key, bank.id))
        told = Decision(person=key, line="withdraw", act=Act.GRANTED, seen=0)
        service.decide(session, told, by=MANAGER, at=moment("2026-10-20"))
    return key


def figure(session: Session, person: int) -> float:
    found = queries.overview(session, [person], LEARNED, reader=MANAGER)
    return found.standings[person]["P5"].expected


def replayed(session: Session, person: int) -> float:
    found = queries.standings(session, [person], LEARNED, reader=MANAGER)
    return found[person]["P5"].expected


def test_what_is_remembered_is_what_the_facts_say(engine: Engine, clerk: int) -> None:
    with db.writing(engine) as session:
        assert figure(session, clerk) == replayed(session, clerk)
        with statements(engine) as asked:
            figure(session, clerk)
        again = len(asked)
        wrong = make_fact(clerk, "2026-10-19", "x#1", outcome=0.0, source="wrong")
        see(session, wrong)
        low = figure(session, clerk)
        assert low == replayed(session, clerk)
        back = replace(wrong, source="back", revokes="wrong")
        see(session, back)
        assert figure(session, clerk) == replayed(session, clerk) > low
        with statements(engine) as asked:
            figure(session, clerk)
        assert len(asked) == again


def test_facts_of_others_make_nothing_new(engine: Engine, clerk: int) -> None:
    with db.writing(engine) as session:
        other = make_person(session, "other").id
        figure(session, clerk)
        by = queries.bench(session, LEARNED)
        before = by.remembered[clerk]
        see(session, make_fact(other, "2026-10-19", "x#1"))
        figure(session, clerk)
        assert by.remembered[clerk] is before


def test_another_framework_is_judged_anew(engine: Engine, clerk: int) -> None:
    with db.writing(engine) as session:
        figure(session, clerk)
        text = FRAMEWORK.replace("code: C5", "code: C6")
        save = SaveText(name=TextName.COMPETENCIES, text=text, note="测试", based_on=1)
        topics.save_text(session, save, by=SETUP, at=NOON)
        found = queries.overview(session, [clerk], LEARNED, reader=MANAGER)
        assert [*found.standings[clerk]] == ["P5", "P1", "C6"]


def test_a_reader_gets_nothing_remembered_of_whom_he_does_not_see(
    engine: Engine, clerk: int
) -> None:
    with db.writing(engine) as session:
        figure(session, clerk)
        stranger = replace(MANAGER, person=77, scope=type(MANAGER.scope)())
        found = queries.overview(session, [clerk], LEARNED, reader=stranger)
    assert not found.standings
    assert not found.held


def test_a_record_holds_what_was_known_a_minute_ago(engine: Engine, clerk: int) -> None:
    at = moment("2026-10-20")
    with db.writing(engine) as session:
        late = make_fact(clerk, "2026-10-20", "x#1", outcome=0.0, source="late")
        see(session, replace(late, happened_at=at - timedelta(seconds=5)))
        service.rebuild(session, at=at)
        (row,) = session.scalars(select(RecordRow))
        found = queries.standings(session, [clerk], LEARNED, reader=MANAGER)
        kept = found[clerk]["P5"].breadth.count
        session.delete(row)
        session.flush()
        found = queries.standings(session, [clerk], LEARNED, reader=MANAGER)
        assert found[clerk]["P5"].breadth.count == kept


def test_the_sweeper_writes_down_a_lapse_once_and_fills_the_cache(
    engine: Engine, clerk: int
) -> None:
    sweeper = service.Sweeper(engine, lambda: CHANGED)
    sweeper.sweep()
    with db.reading(engine) as session:
        acts = list(session.scalars(select(AuthorisationEventRow.act)))
        made = list(session.scalars(select(RecordRow.made_on)))
    assert acts == ["granted", "lapsed"]
    assert made == [date(2026, 12, 1)]
    with statements(engine) as asked:
        sweeper.sweep()
    assert not [s for s in asked if s.startswith(("INSERT", "DELETE", "UPDATE"))]
    assert clerk


def test_before_the_night_the_cache_is_left_alone(engine: Engine, clerk: int) -> None:
    assert clerk
    early = moment("2026-11-30", 17)  # one o'clock in the centre
    service.Sweeper(engine, lambda: early).sweep()
    with db.reading(engine) as session:
        assert session.scalars(select(RecordRow)).first() is None


def test_what_fails_is_told_and_tried_again(
    engine: Engine,
    clerk: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(sweeping, "authorisations", fail)
    with caplog.at_level(logging.WARNING):
        service.Sweeper(engine, lambda: CHANGED).sweep()
    assert "was not kept up" in caplog.text
    assert clerk
