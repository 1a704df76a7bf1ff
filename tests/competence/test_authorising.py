"""From the facts to who may work alone, on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.competence.worlds import MANAGER
from tests.competence.worlds import learned
from tests.competence.worlds import make_fact
from tests.competence.worlds import moment
from tests.competence.worlds import put_framework
from tests.competence.worlds import see
from tests.factories import make_actor
from tests.people.places import make_person
from tests.quizzes.published import BANK
from tests.quizzes.published import put_in_force
from tests.quizzes.published import put_rules
from trainer.competence import queries
from trainer.competence import service
from trainer.competence.domain.authorising import Act
from trainer.competence.domain.authorising import NoReasonError
from trainer.competence.domain.authorising import NotReachedError
from trainer.competence.domain.authorising import OwnAuthorisationError
from trainer.competence.domain.authorising import State
from trainer.competence.domain.authorising import WrongStepError
from trainer.competence.queries import Held
from trainer.competence.service import ChangedMeanwhileError
from trainer.competence.service import Decision
from trainer.core.actor import Permission
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.evidence import service as evidence
from trainer.evidence.domain import FactKind

LEARNED = date(2026, 10, 20)
CHANGED = date(2026, 12, 1)


@pytest.fixture
def clerk(session: Session) -> int:
    """Somebody who has learned to work alone at withdrawals by 20 October."""
    put_framework(session)
    put_rules(session)
    bank = put_in_force(session, BANK)
    key = make_person(session, "clerk").id
    see(session, *learned(key, bank.id))
    return key


def held(session: Session, person: int, on: date, line: str = "withdraw") -> Held:
    (found,) = queries.authorisations(
        session, [person], on, reader=MANAGER, lines=[line]
    )
    return found


def step(person: int, act: Act, seen: int = 0, reason: str = "") -> Decision:
    return Decision(person=person, line="withdraw", act=act, seen=seen, reason=reason)


def grant(session: Session, person: int) -> Held:
    told = step(person, Act.GRANTED)
    return service.decide(session, told, by=MANAGER, at=moment("2026-10-20"))


def test_the_rule_proposes_and_a_person_grants(session: Session, clerk: int) -> None:
    before = held(session, clerk, LEARNED)
    assert before.authorisation.state is State.NONE
    assert before.is_proposed
    assert grant(session, clerk).authorisation.state is State.ALONE
    assert (
        held(session, clerk, LEARNED - timedelta(1)).authorisation.state is State.NONE
    )
    until = held(session, clerk, LEARNED).authorisation.until
    assert until == LEARNED + timedelta(366)
    other = held(session, clerk, LEARNED, "service")
    assert not other.is_proposed
    assert [each.code for each in other.ready.lacking] == ["C5"]


def test_a_change_of_policy_takes_it_until_the_new_rule_is_shown(
    session: Session, clerk: int
) -> None:
    grant(session, clerk)
    eve = held(session, clerk, CHANGED - timedelta(1))
    assert eve.authorisation.state is State.ALONE
    after = held(session, clerk, CHANGED)
    assert after.authorisation.state is State.LAPSED
    assert after.authorisation.why == "规定变了，还没有重新考过：提取规定"
    at = moment("2026-12-01")
    assert service.note_rule(session, [clerk], by=MANAGER, at=at) == 1
    assert service.note_rule(session, [clerk], by=MANAGER, at=at) == 0

    changed = BANK.replace("15 日", "10 日").replace("2026-09-20", "2026-12-01")
    bank = put_in_force(session, changed, at=moment("2026-12-01", 1))
    see(
        session,
        *(
            make_fact(clerk, f"2026-12-0{n}", item, revision=bank.id)
            for n in (2, 3)
            for item in ("rent#days", "rent#visit-days")
        ),
    )
    again = held(session, clerk, date(2026, 12, 3))
    assert again.authorisation.state is State.ALONE
    at = moment("2026-12-03")
    assert service.note_rule(session, [clerk], by=MANAGER, at=at) == 1
    acts = [e.act for e in held(session, clerk, date(2026, 12, 3)).authorisation.events]
    assert acts == [Act.GRANTED, Act.LAPSED, Act.RETURNED]
    assert held(session, clerk, CHANGED).authorisation.state is State.LAPSED


def test_an_answer_to_the_old_question_shows_nothing_of_the_new_rule(
    session: Session, clerk: int
) -> None:
    grant(session, clerk)
    old = queries.changes(session, CHANGED)[0]
    revision = next(iter(old.outdated))[0]
    late = [
        make_fact(clerk, "2026-12-02", "rent#days", revision=revision, source=f"l{n}")
        for n in range(6)
    ]
    see(session, *late)
    now = held(session, clerk, date(2026, 12, 2))
    assert now.authorisation.state is State.LAPSED


def test_what_does_not_rest_on_the_change_stays(session: Session, clerk: int) -> None:
    (change,) = queries.changes(session, CHANGED)
    assert change.competency == "P5"
    assert change.items == {"rent#days", "rent#visit-days"}
    assert change.share == pytest.approx(1 / 3)
    before, after = (
        queries.standings(session, [clerk], on, reader=MANAGER)[clerk]
        for on in (CHANGED - timedelta(1), CHANGED)
    )
    assert not before["P5"].facets
    assert [facet.why for facet in after["P5"].facets] == ["提取规定"]
    assert after["P5"].expected < before["P5"].expected
    assert not after["P1"].facets
    assert queries.changes(session, CHANGED - timedelta(1)) == ()


def test_who_comes_after_the_change_learns_the_new_rule_from_the_start(
    session: Session, clerk: int
) -> None:
    newcomer = make_person(session, "late").id
    see(session, make_fact(newcomer, "2026-12-05"))
    found = queries.standings(
        session, [newcomer, clerk], date(2026, 12, 6), reader=MANAGER
    )
    assert found[newcomer]["P5"].facets == ()
    assert found[clerk]["P5"].facets


def test_the_cache_changes_nothing(session: Session, clerk: int) -> None:
    days = [LEARNED, CHANGED, date(2026, 12, 9)]
    plain = [queries.standings(session, [clerk], on, reader=MANAGER) for on in days]
    assert service.rebuild(session, at=moment("2026-12-01")) == 1
    assert [
        queries.standings(session, [clerk], on, reader=MANAGER) for on in days
    ] == plain
    see(session, make_fact(clerk, "2026-12-08", "other#q1", outcome=0.0))
    kept = queries.standings(session, [clerk], days[2], reader=MANAGER)[clerk]
    service.rebuild(session, at=moment("2026-12-09"))
    anew = queries.standings(session, [clerk], days[2], reader=MANAGER)[clerk]
    for code in ("P5", "P1", "C5"):
        assert kept[code].expected == pytest.approx(anew[code].expected, abs=1e-9)
    assert kept["P5"].expected < plain[2][clerk]["P5"].expected


def test_a_late_fact_and_a_revoked_one_are_replayed(
    session: Session, clerk: int
) -> None:
    service.rebuild(session, at=moment("2026-10-20"))
    before = queries.standings(session, [clerk], LEARNED, reader=MANAGER)[clerk]
    wrong = make_fact(clerk, "2026-10-05", "x#q", outcome=0.0, source="late")
    see(session, wrong)
    low = queries.standings(session, [clerk], LEARNED, reader=MANAGER)[clerk]
    assert low["P5"].expected < before["P5"].expected
    see(session, replace(wrong, source="back", revokes="late", outcome=1.0))
    back = queries.standings(session, [clerk], LEARNED, reader=MANAGER)[clerk]
    assert back["P5"].expected == pytest.approx(before["P5"].expected, abs=1e-12)


def test_a_past_day_says_what_it_said(session: Session, clerk: int) -> None:
    """What is recorded later about that day does not change what the day knew."""
    before = queries.standings(session, [clerk], LEARNED, reader=MANAGER)
    late = make_fact(clerk, "2026-10-05", "x#q", outcome=0.0, source="late")

    evidence.record(session, late, at=moment("2026-11-05"))
    service.calibrate(session, by=MANAGER, at=moment("2026-11-05"))
    assert queries.standings(session, [clerk], LEARNED, reader=MANAGER) == before
    later = queries.standings(session, [clerk], date(2026, 11, 5), reader=MANAGER)
    assert later[clerk]["P5"].breadth.count == before[clerk]["P5"].breadth.count + 1


def test_nobody_sees_the_figures_of_a_colleague(session: Session, clerk: int) -> None:
    service.rebuild(session, at=moment("2026-10-20"))
    stranger = make_actor(make_person(session, "other").id)
    found = queries.standings(session, [clerk], LEARNED, reader=stranger)
    assert not found[clerk]["P5"].is_seen
    assert queries.authorisations(session, [clerk], LEARNED, reader=stranger) == ()
    own = queries.standings(session, [clerk], LEARNED, reader=make_actor(clerk))
    assert own[clerk]["P5"].is_seen


def test_steps_that_are_refused(session: Session, clerk: int) -> None:
    at = moment("2026-10-20")
    with pytest.raises(WrongStepError):
        service.decide(
            session, step(clerk, Act.RESTORED, reason="x"), by=MANAGER, at=at
        )
    grant(session, clerk)
    told = step(clerk, Act.REVOKED, reason="x")
    with pytest.raises(ChangedMeanwhileError):
        service.decide(session, told, by=MANAGER, at=at)
    with pytest.raises(NoReasonError):
        service.decide(session, step(clerk, Act.REVOKED, 1), by=MANAGER, at=at)
    own = replace(MANAGER, person=clerk)
    with pytest.raises(OwnAuthorisationError):
        service.decide(session, step(clerk, Act.GRANTED, 1), by=own, at=at)
    with pytest.raises(DeniedError):
        service.decide(
            session, step(clerk, Act.REVOKED, 1, "x"), by=make_actor(clerk), at=at
        )
    with pytest.raises(DeniedError):
        service.decide(session, step(clerk, Act.OBJECTED, 1, "x"), by=MANAGER, at=at)
    stranger = make_actor(77, Permission.SUPERVISE)
    with pytest.raises(NotFoundError):
        service.decide(session, step(clerk, Act.REVOKED, 1, "x"), by=stranger, at=at)


def test_who_does_not_reach_the_line_works_co_signed(
    session: Session, clerk: int
) -> None:
    newcomer = make_person(session, "late").id
    at = moment("2026-10-20")
    with pytest.raises(NotReachedError):
        service.decide(session, step(newcomer, Act.GRANTED), by=MANAGER, at=at)
    found = service.decide(session, step(newcomer, Act.LIMITED), by=MANAGER, at=at)
    assert found.authorisation.state is State.LIMITED
    assert held(session, clerk, LEARNED).authorisation.state is State.NONE


def test_suspended_restored_objected_answered_revoked(
    session: Session, clerk: int
) -> None:
    grant(session, clerk)
    at = moment("2026-10-21")
    own = make_actor(clerk)
    for seen, (act, by, state) in enumerate(
        (
            (Act.SUSPENDED, MANAGER, State.SUSPENDED),
            (Act.OBJECTED, own, State.SUSPENDED),
            (Act.ANSWERED, MANAGER, State.SUSPENDED),
            (Act.RESTORED, MANAGER, State.ALONE),
            (Act.REVOKED, MANAGER, State.REVOKED),
        ),
        start=1,
    ):
        found = service.decide(
            session, step(clerk, act, seen, f"理由{seen}"), by=by, at=at
        )
        assert found.authorisation.state is state
        waits = found.authorisation.objection
        assert (waits is not None) == (act is Act.OBJECTED)


def test_a_grant_ends_with_its_last_day(session: Session, clerk: int) -> None:
    told = replace(step(clerk, Act.GRANTED), until=date(2026, 11, 20))
    service.decide(session, told, by=MANAGER, at=moment("2026-10-20"))
    last = held(session, clerk, date(2026, 11, 19))
    assert last.authorisation.state is State.ALONE
    over = held(session, clerk, date(2026, 11, 20))
    assert over.authorisation.state is State.EXPIRED
    assert not over.authorisation.may_work


def test_returned_files_lower_what_is_believed(session: Session, clerk: int) -> None:

    before = queries.standings(session, [clerk], LEARNED, reader=MANAGER)[clerk]
    returned = make_fact(
        clerk, "2026-10-19", "", kind=FactKind.RETURNED_FILE, outcome=0.0
    )
    see(session, returned)
    after = queries.standings(session, [clerk], LEARNED, reader=MANAGER)[clerk]
    assert after["P5"].expected < before["P5"].expected
