"""How weak somebody is: from the record kept last, with one question to it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.competence.worlds import learned
from tests.competence.worlds import make_fact
from tests.competence.worlds import moment
from tests.competence.worlds import put_framework
from tests.competence.worlds import see
from tests.databases import statements
from tests.people.places import make_person
from trainer.competence import service
from trainer.competence.domain.keeping import KEEPER
from trainer.competence.queries import bench
from trainer.competence.queries import standings
from trainer.competence.queries import weakness
from trainer.competence.queries.judging import kept_bench
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.kit import db

AT = moment("2026-10-25")
ON = day_of(AT)


@pytest.fixture
def clerk(session: Session) -> Actor:
    """A clerk who is good at one thing and bad at another."""
    put_framework(session)
    found = make_person(session, "w1").actor()
    see(session, *learned(found.person))
    for n in range(6):
        see(session, make_fact(found.person, "2026-10-24", source=f"good/{n}"))
    for n in range(8):
        wrong = make_fact(
            found.person,
            "2026-10-20",
            competency="C5",
            outcome=0.0,
            source=f"bad/{n}",
        )
        see(session, wrong)
    return found


def test_it_says_how_far_below_its_line_a_competency_is(
    session: Session, clerk: Actor
) -> None:
    assert weakness(session, clerk.person, ON, reader=clerk) == {}  # nothing is kept
    service.rebuild(session, [clerk.person], at=AT)
    found = weakness(session, clerk.person, ON, reader=clerk)
    known = standings(session, [clerk.person], ON, reader=clerk)[clerk.person]
    assert found["C5"] == pytest.approx(1 - known["C5"].expected / 0.85)
    assert 0 < found["C5"] <= 1
    assert "P5" not in found  # above its line
    assert set(found) <= {"C5", "P1"}


def test_somebody_elses_weak_points_are_not_told(
    session: Session, clerk: Actor
) -> None:
    service.rebuild(session, [clerk.person], at=AT)
    other = make_person(session, "w2").actor()
    assert weakness(session, clerk.person, ON, reader=other) == {}
    assert weakness(session, clerk.person, ON, reader=KEEPER) != {}


def test_the_day_before_knows_nothing_of_a_later_record(
    session: Session, clerk: Actor
) -> None:
    service.rebuild(session, [clerk.person], at=AT)
    before = ON - timedelta(days=1)
    assert weakness(session, clerk.person, before, reader=clerk) == {}


def test_a_record_of_another_judge_is_not_used(session: Session, clerk: Actor) -> None:
    service.rebuild(session, [clerk.person], at=AT)
    now = bench(session, ON)
    assert kept_bench(session, ON, now.calibration, now.changes) is now
    service.calibrate(session, by=clerk, at=AT)
    assert weakness(session, clerk.person, ON, reader=clerk) != {}  # the judge is there
    assert kept_bench(session, ON, now.calibration, "another") is None


def test_it_asks_the_database_once(engine: Engine) -> None:
    with db.writing(engine) as session:
        put_framework(session)
        clerk = make_person(session, "w1").actor()
        see(session, make_fact(clerk.person, "2026-10-20", outcome=0.0))
        service.rebuild(session, [clerk.person], at=AT)
    with db.reading(engine) as session:
        weakness(session, clerk.person, ON, reader=clerk)
    with statements(engine) as seen, db.reading(engine) as session:
        assert weakness(session, clerk.person, ON, reader=clerk)["P5"] > 0
    assert len([each for each in seen if each.startswith("SELECT")]) == 1, seen
