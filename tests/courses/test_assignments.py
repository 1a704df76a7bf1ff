"""Assigning with a database: who may, what is kept, plans, waivers and tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.courses.assignments import RENT
from tests.courses.assignments import WEEK
from tests.courses.assignments import confirmed
from tests.courses.assignments import make_text
from tests.courses.assignments import put_courses
from tests.courses.assignments import put_rule
from tests.databases import statements
from tests.factories import EDITOR
from tests.factories import SETUP
from tests.scenarios.live_plays import Cast
from tests.scenarios.live_plays import the_cast
from trainer.competence.models import AuthorisationEventRow
from trainer.core.clock import day_of
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.courses.domain.assigning import AssignmentChangedError
from trainer.courses.domain.assigning import AssignmentMistakeError
from trainer.courses.domain.assigning import Waiver
from trainer.courses.domain.assigning import WaiverMistakeError
from trainer.courses.domain.assigning import ended
from trainer.courses.domain.audience import Audience
from trainer.courses.domain.audience import Tier
from trainer.courses.domain.foreseeing import Confirmed
from trainer.courses.domain.foreseeing import NotForeseenError
from trainer.courses.domain.planning import Stage
from trainer.courses.domain.terms import Anchor
from trainer.courses.domain.terms import Term
from trainer.courses.queries import assignments
from trainer.courses.queries import foreseen
from trainer.courses.queries import plans
from trainer.courses.service import assigning
from trainer.kit import db
from trainer.people import service as people
from trainer.people.domain.secondments import Placement
from trainer.people.models import SecondmentLineRow
from trainer.people.models import SecondmentRow

TODAY = day_of(NOW)
MOST_OF_TASKS = 18
"""Statements for the tasks of however many people and rules."""


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """The people and texts of meetings, with two courses."""
    with db.writing(engine) as session:
        put_courses(session)
    return engine


@pytest.fixture
def cast(engine: Engine) -> Cast:
    with db.reading(engine) as session:
        return the_cast(session)


def whose(session: Session, cast: Cast) -> dict[str, list[str]]:
    """Give by login the courses that the people of the cast are asked to learn now."""
    everybody = (cast.clerk, cast.friend, cast.mentor, cast.far)
    tasks = plans.tasks(session, [each.id for each in everybody], NOW)
    return {
        each.login: sorted(t.key for t in tasks if t.person == each.id)
        for each in everybody
    }


def test_a_rule_reaches_whom_it_means_and_says_why(engine: Engine, cast: Cast) -> None:
    with db.writing(engine) as session:
        site = Audience(sites=frozenset({cast.site}))
        put_rule(session, make_text(site))
        found = whose(session, cast)
        (task, *_) = plans.tasks(session, [cast.clerk.id], NOW)
    assert found == {
        **{login: [f"course/{RENT}"] for login in ("lin", "wu", "beside")},
        "far": [],
    }
    assert task.what == "学习《租房提取入门》：谁能提"
    assert task.why == "因为：新派驻30天上岗"
    assert (task.due, task.minutes) == (date(2026, 1, 31), 15)


def test_who_moves_has_the_courses_of_his_new_place_and_who_leaves_none(
    engine: Engine, cast: Cast
) -> None:
    with db.writing(engine) as session:
        put_rule(session, make_text(Audience(sites=frozenset({cast.other_site}))))
        assert whose(session, cast)["wu"] == []
        (held,) = people_of(session, cast.friend.id)
        people.end_secondment(session, held, TODAY, "调动", by=SETUP, at=NOW)
        assert whose(session, cast)["far"] == [f"course/{RENT}"]
        place = Placement(
            organisation=1, site=cast.other_site, begins_on=TODAY, reason="调动"
        )
        people.send(session, cast.friend.id, place, by=SETUP, at=NOW)
        assert whose(session, cast)["wu"] == [f"course/{RENT}"]
        found = plans.own_plan(session, NOW, reader=cast.friend.actor())
        assert found.arrived == date(2026, 1, 1), "a move is no new arrival"
        (item,) = found.items
        assert item.due == TODAY + timedelta(days=7), "he could not know of it before"


def people_of(session: Session, person: int) -> list[int]:
    """Give the keys of somebody's work."""
    held = select(SecondmentRow.id).where(SecondmentRow.person_id == person)
    return [*session.scalars(held)]


def test_two_rules_keep_both_reasons_and_the_earlier_day(
    engine: Engine, cast: Cast
) -> None:
    with db.writing(engine) as session:
        put_rule(session)
        soon = Term(anchor=Anchor.DAY, day=TODAY + timedelta(days=3))
        late = replace(soon, day=TODAY + timedelta(days=9))
        for name, term in (("先", soon), ("后", late)):
            put_rule(session, make_text(name=name, term=term, since=TODAY))
        found = plans.own_plan(session, NOW, reader=cast.clerk.actor())
    (item,) = found.items
    assert {r.name for r in item.assigned.reasons} == {"新派驻30天上岗", "先", "后"}
    assert item.due == date(2026, 1, 31)
    assert item.late


def test_a_supervisor_assigns_to_his_people_only(engine: Engine, cast: Cast) -> None:
    boss = cast.boss.actor()
    with db.writing(engine) as session:
        mine = make_text(Audience(people=frozenset({cast.clerk.id})))
        key = put_rule(session, mine, by=boss)
        assert whose(session, cast)["lin"] == [f"course/{RENT}"]
        assert whose(session, cast)["wu"] == []
        for wrong in (Audience(), Audience(people=frozenset({cast.far.id}))):
            with pytest.raises(DeniedError):
                put_rule(session, make_text(wrong, name="越权"), by=boss)
        told = confirmed(session, mine, by=EDITOR, key=key)
        with pytest.raises(NotFoundError):
            assigning.reassign(session, key, told, by=cast.rival.actor(), at=NOW)
        with pytest.raises(DeniedError):
            assigning.assign(session, told, by=cast.clerk.actor(), at=NOW)
        assert [r.id for r in foreseen.rules_seen(session, reader=boss)] == [key]
        assert foreseen.rules_seen(session, reader=cast.rival.actor()) == []


def test_nothing_is_kept_that_was_not_shown(engine: Engine, cast: Cast) -> None:
    with db.writing(engine) as session:
        text = make_text(Audience(sites=frozenset({cast.site})))
        told = confirmed(session, text, by=EDITOR)
        for wrong in (
            replace(told, seal=""),
            replace(told, text=replace(text, name="另一个")),
        ):
            with pytest.raises(NotForeseenError):
                assigning.assign(session, wrong, by=EDITOR, at=NOW)
        (held,) = people_of(session, cast.friend.id)
        people.end_secondment(session, held, TODAY, "离开", by=SETUP, at=NOW)
        with pytest.raises(NotForeseenError):
            assigning.assign(session, told, by=EDITOR, at=NOW)
        assert assignments.assign_rules(session) == []


def test_a_preview_says_how_many_and_what_is_different(
    engine: Engine, cast: Cast
) -> None:
    with db.writing(engine) as session:
        site = Audience(sites=frozenset({cast.site}))
        key = put_rule(session, make_text(site))
        wider = make_text(
            courses=frozenset({RENT, WEEK}),
            audience=Audience(people=frozenset({cast.clerk.id, cast.far.id})),
        )
        held = assignments.assign_rule(session, key)
        found = foreseen.foreseen(
            session, replace(held, text=wider), NOW, reader=EDITOR
        )
    assert found.people == (cast.clerk.id, cast.far.id)
    assert (found.added, found.removed, found.moved) == (3, 2, 0)
    assert found.fresh == 0
    assert found.sites == {cast.site: 1, cast.other_site: 1}


def test_the_same_form_twice_is_one_rule_and_an_old_page_changes_nothing(
    engine: Engine, cast: Cast
) -> None:
    with db.writing(engine) as session:
        told = confirmed(session, make_text(), by=EDITOR)
        keys = {assigning.assign(session, told, by=EDITOR, at=NOW) for _ in range(2)}
        (key,) = keys
        held = assignments.assign_rule(session, key)
        assert held.text == told.text
        over = confirmed(session, ended(held, TODAY), by=EDITOR, key=key)
        assigning.reassign(session, key, over, by=EDITOR, at=NOW)
        with pytest.raises(AssignmentChangedError):
            assigning.reassign(session, key, over, by=EDITOR, at=NOW)
        assert not any(whose(session, cast).values())


def test_every_part_of_a_rule_is_kept(engine: Engine, cast: Cast) -> None:
    audience = Audience(
        sites=frozenset({cast.site}),
        organisations=frozenset({2}),
        posts=frozenset({"withdrawal-desk"}),
        lines=frozenset({"withdraw"}),
        tiers=frozenset({Tier.ONBOARDING}),
        people=frozenset({cast.clerk.id}),
        arrived_from=date(2026, 1, 1),
        arrived_to=date(2026, 2, 1),
        tenure_least=1,
        tenure_most=900,
    )
    text = make_text(
        audience,
        term=Term(anchor=Anchor.EFFECTIVE, days=-3, policy="rent-withdrawal"),
        until=date(2027, 1, 1),
    )
    with db.writing(engine) as session:
        key = put_rule(session, text)
        held = assignments.assign_rule(session, key)
    assert held.text == text
    assert (held.edit, held.made_by) == (1, EDITOR.person)


def test_a_rule_that_makes_no_sense_is_refused(engine: Engine) -> None:
    wrong = Confirmed(text=make_text(name=""), seal="", once="a")
    with db.writing(engine) as session, pytest.raises(AssignmentMistakeError):
        assigning.assign(session, wrong, by=EDITOR, at=NOW)


def test_the_day_a_policy_takes_effect_is_that_of_what_is_approved(
    engine: Engine, cast: Cast
) -> None:
    with db.writing(engine) as session:
        term = Term(anchor=Anchor.EFFECTIVE, days=-3, policy="rent-withdrawal")
        put_rule(session, make_text(term=term, since=date(2025, 12, 1)))
        found = plans.own_plan(session, NOW, reader=cast.clerk.actor())
    (item,) = found.items
    known_on = date(2026, 8, 22)
    assert item.due == known_on + timedelta(days=7), "its day was over by then"


def decide(
    session: Session,
    cast: Cast,
    act: str,
    until: date | None = None,
    *,
    number: int = 1,
    line: str = "withdraw",
) -> None:
    """Let the clerk work on a line, or no more."""
    event = AuthorisationEventRow(
        person_id=cast.clerk.id,
        line=line,
        number=number,
        act=act,
        by=cast.boss.id,
        reason="",
        at=NOW,
        until=until,
    )
    session.add(event)
    session.flush()


def test_a_course_is_due_before_the_authorisation_for_its_line_ends(
    engine: Engine, cast: Cast
) -> None:
    soon, later = TODAY + timedelta(days=20), TODAY + timedelta(days=300)
    with db.writing(engine) as session:
        term = Term(anchor=Anchor.AUTHORISATION, days=-30)
        put_rule(session, make_text(term=term))
        decide(session, cast, "granted", soon, line="loan")
        assert whose(session, cast)["lin"] == [], "of another line"
        decide(session, cast, "limited", soon)
        assert whose(session, cast)["lin"] == [], "of a line that he does not serve"
        (held,) = people_of(session, cast.clerk.id)
        session.add(SecondmentLineRow(secondment_id=held, line="withdraw"))
        session.flush()
        (item,) = plans.own_plan(session, NOW, reader=cast.clerk.actor()).items
        assert item.due == soon - timedelta(days=1)
        decide(session, cast, "granted", later, number=2)
        assert whose(session, cast)["lin"] == [], "renewed"
        decide(session, cast, "granted", soon, number=3)
        assert whose(session, cast)["lin"] == [f"course/{RENT}"]
        decide(session, cast, "revoked", number=4)
        assert whose(session, cast)["lin"] == [], "what was taken does not end"


def test_who_was_let_to_work_alone_is_no_newcomer(engine: Engine, cast: Cast) -> None:
    new = Audience(tiers=frozenset({Tier.ONBOARDING}))
    with db.writing(engine) as session:
        put_rule(session, make_text(new))
        assert whose(session, cast)["lin"]
        decide(session, cast, "granted")
        assert whose(session, cast)["lin"], "on a line that he does not serve"
        ranks = assignments.ranks(session, TODAY)
        assert ranks.tier(cast.clerk.id, {"withdraw"}) is Tier.IN_POST
        assert ranks.tier(cast.boss.id, ()) is Tier.LEADER
        before = assignments.ranks(session, TODAY - timedelta(days=1))
        assert before.tier(cast.clerk.id, {"withdraw"}) is Tier.ONBOARDING


def waiver(cast: Cast, **more: object) -> Waiver:
    given = {
        "person": cast.clerk.id,
        "course": RENT,
        "why": "在外行办过 330102199001011234",
        "by": cast.boss.id,
        "at": NOW,
        **more,
    }
    return Waiver(**given)  # type: ignore[arg-type]  # by name


def test_a_waiver_frees_with_its_reason_and_is_taken_back(
    engine: Engine, cast: Cast
) -> None:
    boss = cast.boss.actor()
    with db.writing(engine) as session:
        put_rule(session)
        keys = {
            assigning.waive(session, waiver(cast), "a", by=boss, at=NOW)
            for _ in range(2)
        }
        (key,) = keys
        (item,) = plans.own_plan(session, NOW, reader=cast.clerk.actor()).items
        assert item.stage is Stage.WAIVED
        assert item.assigned.waiver is not None
        assert item.assigned.waiver.why == "在外行办过 ［号码］"
        assert whose(session, cast)["lin"] == []
        for _ in range(2):
            whom = assigning.take_back(session, key, by=boss, at=NOW)
        assert whom == cast.clerk.id
        assert whose(session, cast)["lin"] == [f"course/{RENT}"]


def test_nobody_frees_himself_or_people_of_others(engine: Engine, cast: Cast) -> None:
    boss = cast.boss.actor()
    with db.writing(engine) as session:
        key = assigning.waive(session, waiver(cast), "a", by=boss, at=NOW)
        own = waiver(cast, person=boss.person)
        far = waiver(cast, person=cast.far.id)
        for told, by, refusal in (
            (own, boss, DeniedError),
            (far, boss, NotFoundError),
            (waiver(cast), cast.clerk.actor(), DeniedError),
            (waiver(cast), EDITOR, DeniedError),
            (waiver(cast, why="短"), boss, WaiverMistakeError),
            (waiver(cast, until=TODAY), boss, WaiverMistakeError),
        ):
            with pytest.raises(refusal):
                assigning.waive(session, told, "b", by=by, at=NOW)
        with pytest.raises(NotFoundError):
            assigning.take_back(session, key, by=cast.rival.actor(), at=NOW)
        with pytest.raises(NotFoundError):
            assigning.take_back(session, 999, by=boss, at=NOW)


def test_a_plan_is_for_who_looks_after_him(engine: Engine, cast: Cast) -> None:
    with db.reading(engine) as session:
        for reader in (cast.boss, cast.trainer):
            who, _ = plans.plan_of(session, cast.clerk.id, NOW, reader=reader.actor())
            assert who.login == "lin"
        for reader in (cast.rival, cast.friend):
            with pytest.raises(NotFoundError):
                plans.plan_of(session, cast.clerk.id, NOW, reader=reader.actor())
        team = plans.team_plans(session, NOW, reader=cast.boss.actor())
        assert [who.login for who, _ in team] == ["beside", "lin", "wu"]


def test_who_is_not_at_work_has_an_empty_plan(engine: Engine, cast: Cast) -> None:
    with db.writing(engine) as session:
        put_rule(session)
        found = plans.own_plan(session, NOW, reader=cast.boss.actor())
    assert (found.arrived, found.items) == (None, ())


def test_what_comes_before_is_named(engine: Engine, cast: Cast) -> None:
    with db.writing(engine) as session:
        put_rule(session, make_text(courses=frozenset({RENT, WEEK})))
        found = plans.own_plan(session, NOW, reader=cast.clerk.actor())
    assert {i.assigned.course: i.first for i in found.items} == {
        RENT: ("新人第一周",),
        WEEK: (),
    }


def test_tasks_cost_the_same_however_many_people_and_rules(
    engine: Engine, cast: Cast
) -> None:
    def asked(*people: int) -> int:
        with db.reading(engine) as session, statements(engine) as seen:
            assert plans.tasks(session, people, NOW)
        return len(seen)

    with db.writing(engine) as session:
        put_rule(session)
    few = asked(cast.clerk.id)
    with db.writing(engine) as session:
        for n in range(5):
            put_rule(session, make_text(name=f"第{n}条"))
    many = asked(cast.clerk.id, cast.friend.id, cast.mentor.id, cast.far.id)
    assert many == few <= MOST_OF_TASKS


def test_nobody_asked_gives_no_task(engine: Engine) -> None:
    with db.reading(engine) as session:
        assert plans.tasks(session, [], NOW) == []
