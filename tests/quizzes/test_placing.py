"""A placement test grows by one question an answer, and ends where its rule says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.competence.worlds import learned
from tests.competence.worlds import moment
from tests.competence.worlds import see
from tests.databases import statements
from tests.quizzes.exams import MORNING
from tests.quizzes.exams import dice
from tests.quizzes.exams import put_person
from tests.quizzes.handed_in import GRADER
from tests.quizzes.placements import LINE
from tests.quizzes.placements import MINUTE
from tests.quizzes.placements import answer
from tests.quizzes.placements import asked_of
from tests.quizzes.placements import begin
from tests.quizzes.placements import items
from tests.quizzes.placements import put_line
from tests.quizzes.placements import told
from tests.quizzes.published import QUIZ
from tests.quizzes.published import put_in_force
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.errors import NotFoundError
from trainer.evidence import queries as evidence
from trainer.evidence.domain import Fact
from trainer.kit import db
from trainer.quizzes import queries
from trainer.quizzes import service
from trainer.quizzes.domain.attempts import ClosedAttemptError
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.placing import Ending
from trainer.quizzes.domain.placing import Placed
from trainer.quizzes.domain.placing import UnansweredError
from trainer.quizzes.domain.quiz import Place
from trainer.quizzes.domain.taking import NothingToAskError
from trainer.quizzes.domain.taking import NotShownError
from trainer.quizzes.domain.taking import OlderPageError
from trainer.quizzes.domain.taking import PassedByError
from trainer.quizzes.domain.taking import Save
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.queries.withheld import withheld

MOST = 24
NEVER = {"stale", "other", "one"}
"""On 1 December: of a changed clause, of another line, of a case."""

STALE = moment("2026-12-02")
EXAM = QUIZ.partition("minutes")[0] + (
    "minutes: 30\nquestions:\n" + "".join(f"  - rent#q{n}\n" for n in range(20))
)


@pytest.fixture
def taker(session: Session) -> Actor:
    put_line(session)
    return put_person(session)


def facts(session: Session, person: Actor) -> list[Fact]:
    on = day_of(STALE)
    return evidence.facts(session, [person.person], on, reader=person)


def result(session: Session, key: int, by: Actor) -> Placed:
    found = queries.own_placement(session, key, MORNING + 9 * MINUTE, reader=by)
    assert found is not None
    return found


def straight(session: Session, by: Actor, letters: str) -> int:
    key = begin(session, by)
    for letter in letters:
        answer(session, key, letter, by)
    return key


def test_each_answer_brings_one_question_and_the_end_keeps_the_result(
    session: Session, taker: Actor
) -> None:
    key = begin(session, taker)
    assert len(items(session, key)) == 1
    row = answer(session, key, "A", taker)
    assert (len(items(session, key)), row.place, row.state) == (2, 2, "in_progress")
    assert queries.own_placement(session, key, MORNING, reader=taker) is None
    for _ in range(MOST - 1):
        answer(session, key, "A", taker)
    assert row.state == State.GRADED
    found = result(session, key, taker)
    assert found.ending is Ending.ITEMS
    assert found.asked == len(items(session, key)) == MOST
    assert {figure.code for figure in found.skip} == {"P5"}
    by_code = {lesson.figure.code: lesson for lesson in found.learn}
    assert by_code.keys() <= {"P1"}
    assert len(facts(session, taker)) == MOST
    assert {fact.weight for fact in facts(session, taker)} == {1.0}


def test_who_knows_little_learns_and_is_told_where_to_begin(
    session: Session, taker: Actor
) -> None:
    key = straight(session, taker, "B" * MOST)
    found = result(session, key, taker)
    assert found.skip == ()
    first = found.learn[0]
    assert first.figure.advice == "learn"
    assert first.sources[0].section == "papers"
    assert first.figure.low <= first.figure.percent <= first.figure.high


def test_nothing_can_be_read_off_while_it_runs(session: Session, taker: Actor) -> None:
    key = straight(session, taker, "AB")
    assert facts(session, taker) == []
    assert {row.share for row in items(session, key)} == {""}
    hidden = withheld(session, MORNING + MINUTE, reader=taker)
    assert hidden == {Place("rent", item) for item in asked_of(session, key)}
    with pytest.raises(NotShownError):
        service.show(session, key, 1, by=taker, at=MORNING + MINUTE)


def test_the_same_twice_changes_nothing_and_an_older_page_is_told(
    session: Session, taker: Actor
) -> None:
    key = straight(session, taker, "A")
    before = asked_of(session, key)
    at = MORNING + MINUTE
    again = service.go_on(session, key, told(1), by=taker, at=at, dice=dice())
    assert (again.place, asked_of(session, key)) == (2, before)
    for other in ("B", ""):
        with pytest.raises(PassedByError):
            service.go_on(session, key, told(1, other), by=taker, at=at, dice=dice())
    service.save(
        session,
        key,
        Save(position=2, given=("A",), number=7),
        by=taker,
        at=at,
    )
    for other in ("B", ""):
        with pytest.raises(OlderPageError):
            service.go_on(session, key, told(2, other), by=taker, at=at, dice=dice())
    assert items(session, key)[1].answer == ["true"]
    assert session.get_one(AttemptRow, key).place == 2


def test_what_comes_too_late_is_not_kept(session: Session, taker: Actor) -> None:
    key = straight(session, taker, "AB")
    late = MORNING + timedelta(hours=24)
    with pytest.raises(ClosedAttemptError):
        service.go_on(session, key, told(3), by=taker, at=late, dice=dice())


def test_nobody_passes_a_question_by_mistake(session: Session, taker: Actor) -> None:
    key = begin(session, taker)
    empty = told(1, "")
    blank = type(empty)(position=1, given=(), number=1, known=0, skips=False)
    at = MORNING + MINUTE
    with pytest.raises(UnansweredError):
        service.go_on(session, key, blank, by=taker, at=at, dice=dice())
    service.go_on(session, key, empty, by=taker, at=at, dice=dice())
    service.go_on(session, key, empty, by=taker, at=at, dice=dice())  # again
    assert len(items(session, key)) == 2
    service.submit(session, key, by=taker, at=at)
    assert [fact.outcome for fact in facts(session, taker)] == [0.0]


def test_leaving_early_counts_what_was_answered(session: Session, taker: Actor) -> None:
    key = straight(session, taker, "AB")
    save = Save(position=3, given=("A",), number=1)
    service.save(session, key, save, by=taker, at=MORNING + MINUTE)
    service.abandon(session, key, by=taker, at=MORNING + 2 * MINUTE)
    found = result(session, key, taker)
    assert (found.ending, found.asked) == (Ending.LEFT, 3)
    assert [fact.outcome for fact in facts(session, taker)] == [1.0, 0.0, 1.0]


def test_after_a_day_it_ends_by_itself_and_the_open_question_counts_nowhere(
    engine: Engine,
) -> None:
    with db.writing(engine) as session:
        put_line(session)
        taker = put_person(session)
        key = straight(session, taker, "AB")
        empty = begin(session, put_person(session, "idle"))
    late = MORNING + timedelta(hours=25)
    service.Sweeper(engine, lambda: late).sweep()
    with db.reading(engine) as session:
        row = session.get_one(AttemptRow, key)
        assert row.ended_at == MORNING + timedelta(hours=24)
        found = result(session, key, taker)
        assert (found.ending, found.asked) == (Ending.TIME, 2)
        assert len(facts(session, taker)) == len(items(session, key)) == 2
        assert items(session, empty) == []
        assert session.get_one(AttemptRow, empty).state == State.GRADED


def test_what_is_stale_or_of_others_or_of_a_case_is_never_asked(
    session: Session, taker: Actor
) -> None:
    key = begin(session, taker, at=STALE)
    for _ in range(MOST):
        answer(session, key, "A", taker, at=STALE + MINUTE)
    assert NEVER.isdisjoint(asked_of(session, key))


def test_what_stands_in_a_running_exam_is_not_asked(
    session: Session, taker: Actor
) -> None:
    put_in_force(session, EXAM, "first")
    service.begin(session, "first", by=taker, at=MORNING, dice=dice())
    key = begin(session, taker)
    while session.get_one(AttemptRow, key).state == State.IN_PROGRESS:
        answer(session, key, "A", taker)
    there = {f"q{n}" for n in range(20)}
    assert there.isdisjoint(asked_of(session, key))
    found = result(session, key, taker)
    assert (found.ending, found.asked) == (Ending.NOTHING, 14)


def test_what_was_met_lately_rests(session: Session, taker: Actor) -> None:
    first = straight(session, taker, "A" * MOST)
    second = begin(session, taker)
    assert set(asked_of(session, first)).isdisjoint(asked_of(session, second))
    service.submit(session, second, by=taker, at=MORNING)
    month = MORNING + timedelta(days=31)
    offers = queries.placement_offers(session, MORNING, reader=taker)
    later = queries.placement_offers(session, month, reader=taker)
    assert [offer.questions for offer in offers if offer.line == LINE] == [10]
    assert [offer.questions for offer in later if offer.line == LINE] == [34]


def test_nobody_skips_what_he_got_all_wrong_however_well_he_was_known(
    session: Session, taker: Actor
) -> None:
    see(session, *learned(taker.person))
    for letters, skips in (("A", True), ("SSS", False)):
        at = moment("2026-10-20")
        key = begin(session, taker, at=at)
        for letter in letters:
            answer(session, key, letter.strip("S"), taker, at=at)
        service.submit(session, key, by=taker, at=at)
        figures = result(session, key, taker).skip
        assert any(figure.asked for figure in figures) == skips


def test_it_stops_when_it_is_precise(
    session: Session, taker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.quizzes.domain.placing.PRECISE", 1.0)
    key = begin(session, taker)
    while session.get_one(AttemptRow, key).state == State.IN_PROGRESS:
        answer(session, key, "A", taker)
    found = result(session, key, taker)
    assert found.ending is Ending.PRECISE
    assert 1 < found.asked < MOST


def test_a_line_without_questions_or_that_is_none(
    session: Session, taker: Actor
) -> None:
    begun = {"by": taker, "at": MORNING, "dice": dice()}
    with pytest.raises(NotFoundError):
        service.begin_placement(session, "nowhere", **begun)  # type: ignore[arg-type]  # by name
    exam = QUIZ.partition("minutes")[0] + "minutes: 30\nquestions:\n  - rent#other\n"
    general = "".join(f"  - rent#g{n}\n" for n in range(3))
    put_in_force(session, exam + general, "first")
    service.begin(session, "first", by=taker, at=MORNING, dice=dice())
    with pytest.raises(NothingToAskError):
        service.begin_placement(session, "service", **begun)  # type: ignore[arg-type]  # by name


def test_it_is_its_takers_and_seen_by_who_looks_after_him(
    session: Session, taker: Actor
) -> None:
    key = straight(session, taker, "AB")
    other = put_person(session, "other")
    for act in (
        lambda: answer(session, key, "A", other),
        lambda: queries.own_placement(session, key, MORNING, reader=other),
        lambda: queries.overseen_placement(session, key, MORNING, reader=GRADER),
    ):
        with pytest.raises(NotFoundError):
            act()
    service.submit(session, key, by=taker, at=MORNING + MINUTE)
    name, found = queries.overseen_placement(session, key, MORNING, reader=GRADER)
    assert (name, found.asked) == (taker.name, 2)
    on = day_of(MORNING)
    listed = queries.overseen_placements(session, taker.person, on, reader=GRADER)
    assert [each.attempt for each in listed] == [key]
    assert queries.overseen_placements(session, taker.person, on, reader=other) == []


def test_the_result_stays_as_it_was(session: Session, taker: Actor) -> None:
    key = straight(session, taker, "ABAB")
    service.submit(session, key, by=taker, at=MORNING + MINUTE)
    before = [lesson.figure for lesson in result(session, key, taker).learn]
    see(session, *learned(taker.person))
    assert [lesson.figure for lesson in result(session, key, taker).learn] == before


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(alphabet=["A", "B", "S"], min_size=MOST, max_size=MOST), st.data())
def test_whatever_is_answered_it_stops_and_a_resumed_run_is_the_straight_one(
    session: Session, taker: Actor, letters: str, data: st.DataObject
) -> None:
    """Each run is undone, so that the next finds the same person."""
    given_ = [letter.replace("S", "") for letter in letters]
    runs = []
    for disturbed in (False, True):
        with session.begin_nested() as run:
            key = begin(session, taker)
            for place, letter in enumerate(given_, start=1):
                if session.get_one(AttemptRow, key).state != State.IN_PROGRESS:
                    break
                times = data.draw(st.integers(1, 2)) if disturbed else 1
                if disturbed:
                    session.expire_all()
                    assert begin(session, taker) == key
                for _ in range(times):
                    at = MORNING + place * MINUTE
                    service.go_on(
                        session, key, told(place, letter), by=taker, at=at, dice=dice()
                    )
            row = session.get_one(AttemptRow, key)
            found = result(session, key, taker)
            runs.append((asked_of(session, key), found.skip, found.ending))
            assert row.state == State.GRADED
            run.rollback()
            session.expire_all()
    assert runs[0] == runs[1]
    (there, _, _) = runs[0]
    assert len(there) == len(set(there)) <= MOST
    assert (NEVER - {"stale"}).isdisjoint(there)


def test_going_on_asks_the_database_a_fixed_number_of_times(engine: Engine) -> None:
    with db.writing(engine) as session:
        put_line(session)
        taker = put_person(session)
        key = straight(session, taker, "AB")
    counts = []
    for _ in range(3):
        with statements(engine) as seen, db.writing(engine) as session:
            answer(session, key, "A", taker)
        counts.append(len(seen))
    assert counts[1] == counts[2] <= 32, counts
    with statements(engine) as seen, db.reading(engine) as session:
        queries.placement_offers(session, MORNING, reader=taker)
    assert len(seen) <= 8, seen
