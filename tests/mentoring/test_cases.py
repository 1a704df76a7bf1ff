"""The log of cases: entered, drawn, signed, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.apps import NOW
from tests.mentoring.pairs import TODAY
from tests.mentoring.pairs import World
from tests.mentoring.pairs import change_mentor
from tests.mentoring.pairs import entered
from tests.mentoring.pairs import let_alone
from tests.mentoring.pairs import make_case
from tests.mentoring.pairs import make_world
from tests.mentoring.pairs import signed
from tests.mentoring.pairs import suspend
from trainer.audit import queries as audit
from trainer.competence import service as competence
from trainer.competence.domain.witnessing import CitizenDataError
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.evidence.models import FactRow
from trainer.mentoring import queries
from trainer.mentoring import service
from trainer.mentoring.domain.cases import CaseDayError
from trainer.mentoring.domain.cases import NoCauseError
from trainer.mentoring.domain.cases import NotCurrentError
from trainer.mentoring.domain.cases import NothingToSignError
from trainer.mentoring.domain.cases import NotMentorError
from trainer.mentoring.domain.cases import NotYetError
from trainer.mentoring.domain.cases import NotYourCaseError
from trainer.mentoring.domain.cases import NotYourLineError
from trainer.mentoring.domain.cases import ReferenceError_
from trainer.mentoring.domain.cases import SignedError
from trainer.mentoring.domain.planning import PutInto
from trainer.mentoring.domain.weeks import DEFAULT
from trainer.mentoring.domain.weeks import Phase
from trainer.mentoring.domain.weeks import Progress
from trainer.topics.domain.causes import ErrorCause


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def stands(session: Session, world: World) -> Progress:
    pair = queries.pair(session, world.pair, TODAY, reader=world.newcomer)
    (found,) = queries.mentorings(session, [pair], TODAY)
    return found.lines[0].progress


def facts(session: Session, world: World) -> list[FactRow]:
    rows = select(FactRow).where(FactRow.person_id == world.newcomer.person)
    return list(session.scalars(rows.order_by(FactRow.id)))


def test_a_case_is_entered_once_and_waits(session: Session, world: World) -> None:
    told = make_case(world)
    case = service.enter_case(session, told, by=world.newcomer, at=NOW)
    again = service.enter_case(session, told, by=world.newcomer, at=NOW)
    assert again == case
    assert (case.number, case.drawn, case.is_waiting) == (1, True, True)
    assert facts(session, world) == [], "nobody has said how it went"
    assert audit.entries(session)[-1].verb == "cosigned_case.entered"


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"reference": "350203199003077718"}, ReferenceError_),
        ({"reference": "13800001111"}, ReferenceError_),
        ({"reference": "123456789"}, ReferenceError_),
        ({"reference": "张三"}, ReferenceError_),
        ({"reference": "-1"}, ReferenceError_),
        ({"reference": "x" * 17}, ReferenceError_),
        ({"on": TODAY + timedelta(days=1)}, CaseDayError),
        ({"on": TODAY - timedelta(days=31)}, CaseDayError),
        ({"business": "service.complaint"}, NotYourLineError),
        ({"business": "withdraw.castle"}, NotYourLineError),
        ({"secondment": 999}, NotFoundError),
    ],
)
def test_what_cannot_be_is_refused(
    session: Session, world: World, more: dict[str, object], error: type[TrainerError]
) -> None:
    with pytest.raises(error):
        service.enter_case(
            session, make_case(world, "a", **more), by=world.newcomer, at=NOW
        )
    assert queries.cases_of(session, range(10)) == []


def test_only_the_newcomer_enters(session: Session, world: World) -> None:
    for somebody in (world.mentor, world.boss, world.bank):
        with pytest.raises(NotYourCaseError):
            service.enter_case(session, make_case(world), by=somebody, at=NOW)
    with pytest.raises(NotFoundError):
        service.enter_case(session, make_case(world), by=world.other, at=NOW)


def test_nobody_enters_while_he_watches_or_works_alone(
    session: Session, world: World
) -> None:
    early = NOW - timedelta(days=15)
    with pytest.raises(NotYetError) as refused:
        service.enter_case(
            session,
            make_case(world, on=TODAY - timedelta(days=15)),
            by=world.newcomer,
            at=early,
        )
    assert "跟看" in refused.value.message
    let_alone(session, world.newcomer.person)
    with pytest.raises(NotYetError) as refused:
        service.enter_case(session, make_case(world), by=world.newcomer, at=NOW)
    assert "独立" in refused.value.message


def test_several_are_signed_at_once_and_become_facts(
    session: Session, world: World
) -> None:
    cases = entered(session, world, 3)
    assert signed(session, world, cases[:2]) == 2
    assert signed(
        session, world, cases[2:], "corrected", cause=ErrorCause.MATERIALS, words="少收"
    )
    found = facts(session, world)
    assert [(f.competency, f.outcome, f.kind) for f in found] == [
        ("P5", 1.0, "cosigned_case"),
        ("P5", 1.0, "cosigned_case"),
        ("P5", 0.0, "cosigned_case"),
    ]
    kept = queries.cases_of(session, [case.id for case in cases])
    assert [case.right for case in kept] == [True, True, False]
    assert (kept[2].cause, kept[2].words) == (ErrorCause.MATERIALS, "少收")
    assert queries.usual(session, ["withdraw.rent"]) == {"withdraw.rent": ["P5"]}
    now = stands(session, world)
    assert (now.signed, now.right, now.waiting) == (3, 2, 0)


def test_what_was_signed_is_not_signed_again(session: Session, world: World) -> None:
    cases = entered(session, world, 2)
    signed(session, world, cases[:1])
    with pytest.raises(SignedError):
        signed(session, world, cases)
    assert len(facts(session, world)) == 1, "all or nothing"
    with pytest.raises(NothingToSignError):
        signed(session, world, [])
    with pytest.raises(NoCauseError):
        signed(session, world, cases[1:], "corrected")
    with pytest.raises(CitizenDataError):
        signed(session, world, cases[1:], words="电话 13800001111")


def test_only_a_current_mentor_signs(session: Session, world: World) -> None:
    cases = entered(session, world)
    told = replace(world, mentor=world.boss)
    with pytest.raises(NotMentorError):
        signed(session, told, cases)
    with pytest.raises(NotFoundError):
        signed(session, replace(world, mentor=world.other), cases)
    suspend(session, world.mentor.person)
    with pytest.raises(NotCurrentError) as refused:
        signed(session, world, cases)
    assert "请主管换一位带教老师" in refused.value.message
    change_mentor(session, world, world.other.person)
    assert signed(session, replace(world, mentor=world.other), cases) == 1
    with pytest.raises(NotFoundError):
        signed(session, world, cases)


def test_a_signature_taken_back_revokes_and_the_case_waits_again(
    session: Session, world: World
) -> None:
    (case,) = entered(session, world)
    with pytest.raises(NotFoundError):
        service.take_back(session, case.id, "签错了", by=world.mentor, at=NOW)
    signed(session, world, [case])
    with pytest.raises(DeniedError):
        service.take_back(session, case.id, "不服", by=world.newcomer, at=NOW)
    pair = service.take_back(session, case.id, "签错了", by=world.mentor, at=NOW)
    assert pair == world.pair
    first, back = facts(session, world)
    assert back.revokes == first.source
    (kept,) = queries.cases_of(session, [case.id])
    assert kept.is_waiting
    assert signed(session, world, [kept]) == 1
    assert len(facts(session, world)) == 3


def test_taken_back_on_the_page_of_competence_is_unsigned_here(
    session: Session, world: World
) -> None:
    (case,) = entered(session, world)
    signed(session, world, [case])
    (kept,) = queries.cases_of(session, [case.id])
    competence.take_back(session, kept.sighting, "登错了", by=world.boss, at=NOW)
    (kept,) = queries.cases_of(session, [case.id])
    assert kept.is_waiting


def test_a_mistyped_case_is_withdrawn_until_it_is_signed(
    session: Session, world: World
) -> None:
    first, second = entered(session, world, 2)
    for somebody in (world.mentor, world.boss):
        with pytest.raises(NotYourCaseError):
            service.withdraw_case(session, first.id, by=somebody, at=NOW)
    assert (
        service.withdraw_case(session, first.id, by=world.newcomer, at=NOW)
        == world.pair
    )
    with pytest.raises(SignedError):
        service.withdraw_case(session, first.id, by=world.newcomer, at=NOW)
    signed(session, world, [second])
    with pytest.raises(SignedError):
        service.withdraw_case(session, second.id, by=world.newcomer, at=NOW)
    with pytest.raises(SignedError):
        signed(session, world, [first])
    with pytest.raises(NotFoundError):
        service.withdraw_case(session, 999, by=world.newcomer, at=NOW)


def test_twenty_right_ones_lead_to_a_sample_of_thirty_percent(
    session: Session, world: World
) -> None:
    plan = replace(DEFAULT, cosign=1)
    service.save_plan(session, world.pair, "withdraw", plan, by=world.boss, at=NOW)
    signed(session, world, entered(session, world, 20))
    assert stands(session, world).phase is Phase.SAMPLE
    later = NOW + timedelta(minutes=1)
    told = [
        service.enter_case(
            session, make_case(world, f"s{n}"), by=world.newcomer, at=later
        )
        for n in range(30)
    ]
    assert sum(case.drawn for case in told) == 9
    assert stands(session, world).waiting == 9


def test_who_withdraws_a_drawn_case_has_the_next_one_drawn(
    session: Session, world: World
) -> None:
    put = PutInto(
        secondment=world.pair, line="withdraw", phase=Phase.SAMPLE, reason="学过"
    )
    service.put_into(session, put, by=world.mentor, at=NOW)
    for n in range(12):
        case = service.enter_case(
            session, make_case(world, f"n{n}"), by=world.newcomer, at=NOW
        )
        if case.drawn:
            break
    for n in range(8):
        service.withdraw_case(session, case.id, by=world.newcomer, at=NOW)
        case = service.enter_case(
            session, make_case(world, f"again{n}"), by=world.newcomer, at=NOW
        )
        assert case.drawn
