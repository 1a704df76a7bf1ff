"""What the lines somebody serves still lack comes to him by itself."""

from __future__ import annotations

import pytest

from tests.apps import NOW
from tests.competence.offices import Desk
from tests.competence.offices import make_desk
from tests.people.places import make_person
from tests.people.places import make_secondment
from tests.quizzes.exams import dice
from tests.sites import Site
from trainer.competence import queries
from trainer.competence.domain.estimates import Account
from trainer.competence.domain.estimates import Estimate
from trainer.competence.domain.readying import Lacking
from trainer.competence.domain.readying import Readiness
from trainer.competence.domain.refreshing import Due
from trainer.competence.domain.refreshing import unproved
from trainer.competence.domain.standing import INDEPENDENT
from trainer.competence.domain.standing import Breadth
from trainer.competence.domain.standing import Standing
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.kit import db
from trainer.people.domain.secondments import Arrangement
from trainer.quizzes import queries as quizzes
from trainer.topics.domain.lines import Risk


@pytest.fixture
def desk(site: Site) -> Desk:
    return make_desk(site)


def newcomer(desk: Desk, *lines: str) -> Actor:
    """Somebody who begins today at the eastern office."""
    with db.writing(desk.site.engine) as session:
        person = make_person(session, "fresh")
        serves = Arrangement(lines=frozenset(lines))
        make_secondment(session, person, desk.office.places, arrangement=serves)
        return person.actor()


def to_show(desk: Desk, reader: Actor) -> list[str]:
    with db.reading(desk.site.engine) as session:
        found = queries.to_show(session, day_of(NOW), reader=reader)
    return [each.code for each in found]


def missing(code: str, count: int) -> Lacking:
    account = Account(
        base=0.7, general=0.0, skill=0.0, difficulty=0.0, forgotten=0.0, days=None
    )
    estimate = Estimate(
        code=code, account=account, sure=1.0, grown=1.0, scale=1.0, count=count
    )
    standing = Standing(code=code, main=estimate, breadth=Breadth(count=count))
    return Lacking(standing=standing, target=INDEPENDENT[Risk.NORMAL])


def test_what_was_shown_least_often_comes_first() -> None:
    ready = Readiness(
        line="withdraw",
        lacking=(missing("P5", 6), missing("R2", 1), missing("P6", 1)),
        limited=False,
        lost=(),
    )
    assert unproved([ready, ready]) == (Due("P6"), Due("R2"), Due("P5"))


def test_what_was_shown_often_enough_waits_for_something_else() -> None:
    ready = Readiness(
        line="withdraw", lacking=(missing("P5", 8),), limited=False, lost=()
    )
    assert unproved([ready]) == ()


def test_a_newcomer_is_asked_what_his_line_lacks_and_nothing_of_others(
    desk: Desk,
) -> None:
    fresh = newcomer(desk, "withdraw")
    assert to_show(desk, fresh) == ["P5"]
    with db.reading(desk.site.engine) as session:
        five = quizzes.daily(session, NOW, dice(), reader=fresh)
        pool = {c.place: c for c in quizzes.drawable(session, day_of(NOW)).candidates}
    assert pool[five[0]].question.competency == "P5"


def test_who_serves_no_line_is_asked_anything(desk: Desk) -> None:
    assert to_show(desk, newcomer(desk)) == []


def test_who_has_shown_it_all_is_left_alone(desk: Desk) -> None:
    assert to_show(desk, desk.site.actors["clerk"]) == []
