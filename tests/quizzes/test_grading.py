"""Grading by hand: who may, what it writes, and what two graders do at once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people.places import make_person
from tests.people.places import make_places
from tests.people.places import make_secondment
from tests.quizzes.exams import AUTOMATIC
from tests.quizzes.exams import MORNING
from tests.quizzes.exams import put_exam
from tests.quizzes.exams import put_person
from tests.quizzes.handed_in import APPROVER
from tests.quizzes.handed_in import GRADER
from tests.quizzes.handed_in import asked_in
from tests.quizzes.handed_in import hand_in
from tests.quizzes.handed_in import item_of
from trainer.audit import queries as audit
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.actor import Scope
from trainer.core.errors import NotFoundError
from trainer.evidence.domain import standing
from trainer.evidence.queries import facts
from trainer.people.domain.secondments import Arrangement
from trainer.quizzes import queries as taking
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.grading import BadMarksError
from trainer.quizzes.domain.grading import Grade
from trainer.quizzes.domain.grading import GradedMeanwhileError
from trainer.quizzes.domain.grading import NotGradedByHandError
from trainer.quizzes.domain.grading import NotGradersError
from trainer.quizzes.domain.grading import ReasonMissingError
from trainer.quizzes.domain.grading import RuledError
from trainer.quizzes.domain.grading import share_of
from trainer.quizzes.domain.regrading import Rule
from trainer.quizzes.domain.rulings import Act
from trainer.quizzes.domain.types.writing import Point
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import JudgementRow
from trainer.quizzes.queries import grading as queries
from trainer.quizzes.service import grading as service
from trainer.quizzes.service import ruling

LATER = MORNING + timedelta(hours=1)
TODAY = MORNING.date()
SAY = 5
"""Place of the essay; its points have 1 and 2 marks."""


@pytest.fixture
def taker(session: Session) -> Actor:
    put_exam(session)
    return put_person(session)


def marks(*given: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, given))


def grade(  # noqa: PLR0913  (a grade, and when it is given)
    session: Session,
    key: int,
    *given: str,
    by: Actor = GRADER,
    remark: str = "",
    seen: int = 0,
    hours: int = 1,
    position: int = SAY,
) -> AttemptRow:
    command = Grade(
        attempt=key, position=position, marks=marks(*given), remark=remark, seen=seen
    )
    return service.grade(session, command, by=by, at=MORNING + timedelta(hours=hours))


def last(session: Session, key: int) -> int:
    return queries.last_judgement(session, key, SAY)[0]


def outcome(session: Session, person: int) -> float | None:
    found = standing(facts(session, [person], TODAY, reader=GRADER))
    return next((fact.outcome for fact in found if fact.item == "rent#say"), None)


POINTS = (Point("先道歉", Decimal(1)), Point("讲清期限", Decimal(2)))


@pytest.mark.parametrize(
    ("given", "share"),
    [
        (("0", "0"), Fraction(0)),
        (("1", "2"), Fraction(1)),
        (("0.5", "0.5"), Fraction(1, 3)),
        (("1", "1.5"), Fraction(5, 6)),
    ],
)
def test_marks_of_points_make_an_exact_share(
    given: tuple[str, ...], share: Fraction
) -> None:
    assert share_of(POINTS, marks(*given)) == share


@pytest.mark.parametrize(
    "given",
    [("1",), ("1", "2", "0"), ("-0.5", "0"), ("1.5", "0"), ("0.3", "0"), ("NaN", "0")],
)
def test_marks_that_cannot_be_are_refused(given: tuple[str, ...]) -> None:
    with pytest.raises(BadMarksError):
        share_of(POINTS, marks(*given))


def test_a_point_can_always_have_all_its_marks() -> None:
    odd = (Point("讲清", Decimal("0.75")),)
    assert share_of(odd, marks("0.75")) == 1
    with pytest.raises(BadMarksError, match=r"0 到 0\.75"):
        share_of(odd, marks("0.25"))


def test_what_waits_is_listed_one_question_at_a_time(
    session: Session, taker: Actor
) -> None:
    other = put_person(session, "other")
    keys = [hand_in(session, by) for by in (taker, other)]
    found = queries.waiting(session, TODAY, 1, reader=GRADER)
    assert [(each.attempt, each.position) for each in found.items] == [
        (key, SAY) for key in keys
    ]
    assert found.items[0].name == "怎么向李某解释？"
    shown = queries.answer_to_grade(session, keys[0], SAY, LATER, reader=GRADER)
    assert (shown.following, shown.left) == ((keys[1], SAY), 2)
    assert [point.text for point in shown.points] == ["先道歉", "讲清期限"]
    after_last = queries.following(session, keys[1], SAY, LATER, reader=GRADER)
    assert after_last == (keys[0], SAY)  # one who skips comes round again


def test_a_grade_ends_the_waiting_and_tells_ledger_audit_and_taker(
    session: Session, taker: Actor
) -> None:
    key = hand_in(session, taker)
    assert outcome(session, taker.person) is None
    row = grade(session, key, "1", "0.5", remark="期限没说全")
    assert (row.state, row.earned, row.full) == (State.GRADED, "5.5", "7")
    assert row.graded_at == LATER
    assert item_of(session, key, "say").share == "1/2"
    assert outcome(session, taker.person) == 0.5
    told = [entry for entry, _ in audit.waiting(session)][-1]
    assert (told.verb, told.object) == ("attempt.graded", f"attempt/{key}")
    result = taking.own_result(session, key, LATER, reader=taker)
    (made,) = result.marked[-1].corrections
    assert (made.points, made.reason, made.is_first) == (
        ("1", "0.5"),
        "期限没说全",
        True,
    )


def test_it_is_graded_again_only_with_a_reason(session: Session, taker: Actor) -> None:
    key = hand_in(session, taker)
    grade(session, key, "0", "0")
    with pytest.raises(ReasonMissingError):
        grade(session, key, "1", "2", seen=last(session, key), remark="改")
    row = grade(
        session, key, "1", "2", seen=last(session, key), remark="漏看一句", hours=2
    )
    assert (row.earned, outcome(session, taker.person)) == ("7", 1.0)
    made = session.scalars(select(JudgementRow).order_by(JudgementRow.id)).all()
    assert [(each.before, each.after) for each in made] == [("", "0"), ("0", "1")]


def test_the_second_of_two_graders_overwrites_nothing(
    session: Session, taker: Actor
) -> None:
    key = hand_in(session, taker)
    grade(session, key, "1", "2")
    with pytest.raises(GradedMeanwhileError):
        grade(session, key, "0", "0", remark="我先看到的")
    assert item_of(session, key, "say").share == "1"


def test_only_essays_are_graded_by_hand(session: Session, taker: Actor) -> None:
    key = hand_in(session, taker)
    with pytest.raises(NotGradedByHandError):
        grade(session, key, "1", position=1)
    with pytest.raises(NotFoundError):
        queries.answer_to_grade(session, key, 1, LATER, reader=GRADER)


def test_under_a_ruling_no_single_answer_is_graded(
    session: Session, taker: Actor
) -> None:
    key = hand_in(session, taker)
    asked = asked_in(session, key, "say")
    command = Rule(asked=asked, act=Act.FULL, reason="题目有歧义")
    seal = ruling.dry_run(session, command, by=APPROVER).seal
    ruling.rule(session, command, seal, by=APPROVER, at=LATER)
    assert queries.answer_to_grade(session, key, SAY, LATER, reader=GRADER).is_ruled
    with pytest.raises(RuledError):
        grade(session, key, "0", "0", seen=last(session, key), remark="不该满分")


def test_an_open_paper_is_nobodys_to_grade(session: Session, taker: Actor) -> None:
    row = session.get(AttemptRow, hand_in(session, taker))
    assert row
    row.state, row.ended_at = State.IN_PROGRESS, None
    session.flush()
    with pytest.raises(NotFoundError):
        grade(session, row.id, "1", "2")


def test_a_clerk_grades_nobody_and_nobody_grades_himself(
    session: Session, taker: Actor
) -> None:
    key = hand_in(session, taker)
    with pytest.raises(NotGradersError):
        queries.waiting(session, TODAY, 1, reader=taker)
    with pytest.raises(NotGradersError):
        grade(session, key, "1", "2", by=taker)
    himself = Actor(taker.person, "", GRADER.permissions, scope=GRADER.scope)
    assert not queries.waiting(session, TODAY, 1, reader=himself).items
    with pytest.raises(NotFoundError):
        grade(session, key, "1", "2", by=himself)


def test_whom_one_grades_follows_the_scope(session: Session) -> None:
    put_exam(session)
    places = make_places(session)
    mentor = make_person(session, "mentor")
    east, west = (make_person(session, login) for login in ("east", "west"))
    trained = Arrangement(mentor=mentor.id)
    make_secondment(session, east, places, arrangement=trained)
    more = {"organisation": places.other_bank, "site": places.other_site}
    make_secondment(session, west, places, **more)
    keys = {
        each.login: hand_in(
            session, Actor(each.id, each.name, frozenset({Permission.READ}))
        )
        for each in (east, west)
    }
    supervise = frozenset({Permission.READ, Permission.SUPERVISE})
    readers = {
        "site": Actor(91, "", supervise, scope=Scope(sites=frozenset({places.site}))),
        "bank": Actor(
            92, "", supervise, scope=Scope(organisations=frozenset({places.other_bank}))
        ),
        "mentor": Actor(mentor.id, "", frozenset({Permission.READ, Permission.MENTOR})),
        "nobody's": Actor(93, "", supervise),
    }
    seen = {
        name: [
            each.attempt
            for each in queries.waiting(session, TODAY, 1, reader=reader).items
        ]
        for name, reader in readers.items()
    }
    assert seen == {
        "site": [keys["east"]],
        "bank": [keys["west"]],
        "mentor": [keys["east"]],
        "nobody's": [],
    }
    with pytest.raises(NotFoundError):
        grade(session, keys["west"], "1", "2", by=readers["mentor"])
    assert grade(session, keys["east"], "1", "2", by=readers["mentor"]).earned == "7"
    (mine,) = queries.graded_lately(session, TODAY, reader=readers["mentor"])
    assert (mine.attempt, mine.person) == (keys["east"], "east（虚构）")


def test_what_a_machine_scores_never_waits(session: Session) -> None:
    put_exam(session, AUTOMATIC)
    hand_in(session, put_person(session))
    assert queries.waiting(session, TODAY, 1, reader=GRADER).total == 0
