"""Where tasks come from: duties and competence, for many as for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.courses.duties import KINDS
from tests.courses.duties import answer_all
from tests.courses.duties import change
from tests.courses.duties import put_questions
from tests.courses.duties import put_rule
from tests.courses.packs import with_packs
from tests.databases import Databases
from tests.databases import statements
from tests.scenarios.live_plays import Cast
from tests.scenarios.live_plays import the_cast
from trainer.competence import queries as competence
from trainer.competence.domain.authorising import Act
from trainer.competence.models import AuthorisationEventRow
from trainer.core.actor import Actor
from trainer.courses import queries
from trainer.courses import service
from trainer.features import TASKS
from trainer.notices.domain.tasks import Task
from trainer.notices.queries import tasks_of

MOST_OF_DUTIES = 12


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    engine = databases.fresh(with_packs)
    yield engine
    databases.drop(engine)


@pytest.fixture
def cast(session: Session) -> Cast:
    return the_cast(session)


def of(session: Session, *people: Actor) -> list[Task]:
    return queries.tasks(session, [p.person for p in people], NOW, kinds=KINDS)


def same_as_the_page(session: Session, reader: Actor) -> bool:
    """Tell whether the bulk says of somebody what his own page says."""
    own = queries.own_duties(session, NOW, KINDS, reader=reader)
    wanted = {
        (f"duty/{s.duty.news.revision}/{s.stage}", s.due) for s in own if s.is_open
    }
    return {(task.key, task.due) for task in of(session, reader)} == wanted


def test_a_duty_is_a_task_until_it_is_read_and_answered(
    session: Session, cast: Cast
) -> None:
    put_rule(session)
    revision = change(session)
    put_questions(session)
    clerk = cast.clerk.actor()
    (read,) = of(session, clerk)
    assert read.key == f"duty/{revision.id}/read"
    assert (read.endpoint, read.values) == ("duties.duty", (("key", revision.id),))
    assert read.why == "必读规则：提取必读"
    assert same_as_the_page(session, clerk)
    service.sign(session, revision.id, revision.content_hash, KINDS, by=clerk, at=NOW)
    (answer,) = of(session, clerk)
    assert answer.key == f"duty/{revision.id}/answer"
    assert same_as_the_page(session, clerk)
    for given, left in (("B", 1), ("A", 0)):
        key = service.begin_questions(
            session, revision.id, KINDS, by=clerk, at=NOW, dice=lambda _: 0
        )
        answer_all(session, key, given, by=clerk, at=NOW)
        assert len(of(session, clerk)) == left
        assert same_as_the_page(session, clerk)


def test_nobody_gets_the_tasks_of_others(session: Session, cast: Cast) -> None:
    put_rule(session)
    change(session)
    assert {task.person for task in of(session, cast.clerk.actor())} == {cast.clerk.id}
    assert of(session) == []


def test_duties_of_many_cost_what_those_of_one_cost(
    session: Session, cast: Cast
) -> None:
    put_rule(session)
    change(session)
    everybody = range(1, 500)
    queries.tasks(session, everybody, NOW, kinds=KINDS)  # a text is parsed once

    def asked(people: range) -> int:
        with statements(session.get_bind().engine) as seen:
            queries.tasks(session, people, NOW, kinds=KINDS)
        return len(seen)

    one = asked(range(cast.clerk.id, cast.clerk.id + 1))
    assert one == asked(everybody) <= MOST_OF_DUTIES


def put_step(session: Session, person: int, number: int, act: Act) -> None:
    session.add(
        AuthorisationEventRow(
            person_id=person,
            line="withdraw",
            number=number,
            act=act,
            by=0,
            at=NOW,
            reason="逾期未练 P5",
            until=None,
        )
    )
    session.flush()


def test_a_lapse_is_to_be_looked_at_and_names_no_weakness(
    session: Session, cast: Cast
) -> None:
    clerk = cast.clerk.id
    put_step(session, clerk, 1, Act.LAPSED)
    (task,) = competence.tasks(session, [clerk], NOW)
    assert "上岗授权：有变化" in task.what
    assert "P5" not in task.what + task.why
    put_step(session, clerk, 2, Act.RETURNED)
    assert competence.tasks(session, [clerk], NOW) == []


def test_an_objection_waits_for_who_supervises(session: Session, cast: Cast) -> None:
    clerk, everybody = cast.clerk.id, range(1, 500)
    put_step(session, clerk, 1, Act.OBJECTED)
    tasks = competence.tasks(session, everybody, NOW)
    assert tasks
    assert {task.endpoint for task in tasks} == {"competence.person"}
    assert clerk not in {task.person for task in tasks}
    put_step(session, clerk, 2, Act.ANSWERED)
    assert competence.tasks(session, everybody, NOW) == []


def test_all_sources_together_give_each_his_own(session: Session, cast: Cast) -> None:
    put_rule(session)
    change(session)
    found = tasks_of(session, TASKS, [cast.clerk.id], NOW)
    assert [*found] == [cast.clerk.id]
