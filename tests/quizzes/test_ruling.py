"""Rulings: tried first, applied as seen, taken back; scores and ledger always agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import CLERK
from tests.factories import EDITOR
from tests.quizzes.exams import AUTOMATIC
from tests.quizzes.exams import EXAM
from tests.quizzes.exams import ITEMS
from tests.quizzes.exams import MORNING
from tests.quizzes.exams import dice
from tests.quizzes.exams import put_exam
from tests.quizzes.exams import put_person
from tests.quizzes.handed_in import APPROVER
from tests.quizzes.handed_in import GRADER
from tests.quizzes.handed_in import asked_in
from tests.quizzes.handed_in import hand_in
from tests.quizzes.handed_in import item_of
from trainer.audit import queries as audit
from trainer.core.actor import Actor
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.evidence.domain import standing
from trainer.evidence.queries import facts
from trainer.quizzes import queries as taking
from trainer.quizzes import service as quizzes
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.grading import Grade
from trainer.quizzes.domain.grading import ReasonMissingError
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.regrading import Asked
from trainer.quizzes.domain.regrading import CannotAcceptError
from trainer.quizzes.domain.regrading import ChangedMeanwhileError
from trainer.quizzes.domain.regrading import DryRun
from trainer.quizzes.domain.regrading import Given
from trainer.quizzes.domain.regrading import NothingAcceptedError
from trainer.quizzes.domain.regrading import NothingToRuleError
from trainer.quizzes.domain.regrading import Rule
from trainer.quizzes.domain.rulings import Act
from trainer.quizzes.domain.rulings import verdict
from trainer.quizzes.domain.score import Weighed
from trainer.quizzes.domain.score import summed
from trainer.quizzes.domain.taking import Save
from trainer.quizzes.models import AttemptRow
from trainer.quizzes.models import JudgementRow
from trainer.quizzes.models import PaperRow
from trainer.quizzes.models import RulingRow
from trainer.quizzes.queries import questions
from trainer.quizzes.queries.grading import last_judgement
from trainer.quizzes.queries.rulings import ruling_of
from trainer.quizzes.queries.rulings import rulings
from trainer.quizzes.service import grading
from trainer.quizzes.service import ruling as service

REASON = "条款已改，题目没有跟上"
TODAY = MORNING.date()
HOUR = timedelta(hours=1)


@pytest.fixture
def taker(session: Session) -> Actor:
    put_exam(session, AUTOMATIC)
    return put_person(session)


def command(asked: Asked, act: Act, *accepted: Answer, reason: str = REASON) -> Rule:
    return Rule(asked=asked, act=act, accepted=accepted, reason=reason)


def rule(
    session: Session, asked: Asked, act: Act, *accepted: Answer, at: datetime = MORNING
) -> DryRun:
    """Try, then apply what was seen."""
    told = command(asked, act, *accepted)
    seal = service.dry_run(session, told, by=APPROVER).seal
    return service.rule(session, told, seal, by=APPROVER, at=at)


def others(session: Session, asked: Asked) -> list[Given]:
    ruled = rulings(session, asked)
    found = questions.edition(session, asked.bank, asked.item, asked.wording, TODAY)
    return questions.others(session, found, ruled[0].ruling if ruled else None)


def row_of(session: Session, key: int) -> AttemptRow:
    row = session.get(AttemptRow, key)
    assert row
    return row


def test_a_dry_run_says_who_changes_and_writes_nothing(
    session: Session, taker: Actor
) -> None:
    wrong = hand_in(session, taker, wrong=["which", "fee"])
    hand_in(session, put_person(session, "good"))
    asked = asked_in(session, wrong, "which")
    run = service.dry_run(session, command(asked, Act.FULL), by=APPROVER)
    (change,) = run.changes
    assert (change.attempt, change.person) == (wrong, taker.person)
    assert (change.score.earned, change.turns.earned) == (Decimal(2), Decimal(3))
    assert change.difference == 25
    assert (run.same, run.passing, run.failing, run.open) == (1, 1, 0, 0)
    assert row_of(session, wrong).passed is False
    assert not session.scalars(select(RulingRow)).all()
    assert not session.scalars(select(JudgementRow)).all()


def test_who_passes_or_fails_now_comes_first(session: Session, taker: Actor) -> None:
    one, two = put_person(session, "one"), put_person(session, "two")
    hand_in(session, one, wrong=["which"])
    key = hand_in(session, taker, wrong=["which", "fee"])
    hand_in(session, two, wrong=["which"])
    told = command(asked_in(session, key, "which"), Act.FULL)
    run = service.dry_run(session, told, by=APPROVER)
    assert [each.person for each in run.foremost(2)] == [taker.person, one.person]
    assert len(run.changes) == 3


def test_full_marks_for_all_are_applied_explained_and_audited(
    session: Session, taker: Actor
) -> None:
    key = hand_in(session, taker, wrong=["which", "fee"])
    done = rule(session, asked_in(session, key, "which"), Act.FULL, at=MORNING + HOUR)
    row = row_of(session, key)
    assert (len(done.changes), row.earned, row.passed) == (1, "3", True)
    told = [entry for entry, _ in audit.waiting(session)][-1]
    assert (told.verb, told.detail) == ("ruling.made", "full")
    result = taking.own_result(session, key, MORNING + HOUR, reader=taker)
    (made,) = result.marked[1].corrections
    assert (made.before, made.after) == (Fraction(0), Fraction(1))
    assert made.reason == REASON
    (ruled,) = rulings(session, asked_in(session, key, "which"))
    assert (ruled.changed, ruled.reason) == (1, REASON)


def test_a_void_question_counts_nowhere_and_leaves_the_ledger(
    session: Session, taker: Actor
) -> None:
    key = hand_in(session, taker, wrong=["which"])
    rule(session, asked_in(session, key, "which"), Act.VOID, at=MORNING + HOUR)
    row = row_of(session, key)
    assert (row.earned, row.full, row.passed) == ("3", "3", True)
    assert "rent#which" not in ledger(session, taker.person)


def test_what_is_accepted_counts_and_adds_up(session: Session, taker: Actor) -> None:
    key = hand_in(session, taker, wrong=["fee"])
    asked = asked_in(session, key, "fee")
    (given,) = others(session, asked)
    assert (given.answer, given.words, given.people) == (("九", "九"), "九；九", 1)
    rule(session, asked, Act.ACCEPT, given.answer, at=MORNING + HOUR)
    assert item_of(session, key, "fee").share == "1"
    assert others(session, asked) == []
    rule(session, asked, Act.ACCEPT, ("半个月", "0"), at=MORNING + 2 * HOUR)
    accepted = rulings(session, asked)[0].ruling.accepted
    assert accepted == (("九", "九"), ("半个月", "0"))
    assert item_of(session, key, "fee").share == "1"


def test_restoring_undoes_it(session: Session, taker: Actor) -> None:
    key = hand_in(session, taker, wrong=["which", "fee"])
    asked = asked_in(session, key, "which")
    before = (row_of(session, key).earned, ledger(session, taker.person))
    rule(session, asked, Act.VOID, at=MORNING + HOUR)
    rule(session, asked, Act.RESTORE, at=MORNING + 2 * HOUR)
    assert (row_of(session, key).earned, ledger(session, taker.person)) == before
    with pytest.raises(NothingToRuleError):
        rule(session, asked, Act.RESTORE)


def test_later_papers_are_judged_by_it_and_open_ones_are_counted(
    session: Session, taker: Actor
) -> None:
    key = hand_in(session, taker)
    late = put_person(session, "late")
    opened = quizzes.begin(session, "first", by=late, at=MORNING, dice=dice())
    done = rule(session, asked_in(session, key, "which"), Act.VOID, at=MORNING + HOUR)
    assert done.open == 1
    quizzes.submit(session, opened.id, by=late, at=MORNING + timedelta(minutes=9))
    assert item_of(session, opened.id, "which").is_void
    assert row_of(session, opened.id).full == "3"


def test_an_answer_shown_in_a_practice_that_is_open_changes_too(
    session: Session,
) -> None:
    text = AUTOMATIC.replace("minutes: 30\n", "mode: practice\nreview: each\n")
    put_exam(session, text)
    by = put_person(session)
    row = quizzes.begin(session, "first", by=by, at=MORNING, dice=dice())
    wrong = Save(position=1, given=("B",), number=1)
    quizzes.save(session, row.id, wrong, by=by, at=MORNING)
    quizzes.show(session, row.id, 1, by=by, at=MORNING)
    done = rule(session, asked_in(session, row.id, "days"), Act.FULL, at=MORNING + HOUR)
    assert [change.is_over for change in done.changes] == [False]
    assert ledger(session, by.person) == {"rent#days": 1.0}
    assert (row.state, row.earned) == (State.IN_PROGRESS, None)
    quizzes.submit(session, row.id, by=by, at=MORNING + 2 * HOUR)
    assert row.earned == "1"


def test_when_something_happened_in_between_it_is_tried_again(
    session: Session, taker: Actor
) -> None:
    key = hand_in(session, taker, wrong=["which"])
    told = command(asked_in(session, key, "which"), Act.FULL)
    seal = service.dry_run(session, told, by=APPROVER).seal
    hand_in(session, put_person(session, "second"), wrong=["which"])
    with pytest.raises(ChangedMeanwhileError):
        service.rule(session, told, seal, by=APPROVER, at=MORNING)
    assert not session.scalars(select(RulingRow)).all()


def test_an_essay_voided_and_restored_has_its_grade_again_or_waits(
    session: Session,
) -> None:
    put_exam(session, EXAM)
    keys = [hand_in(session, put_person(session, name)) for name in ("one", "two")]
    grade = Grade(
        attempt=keys[0],
        position=5,
        marks=(Decimal(1), Decimal("0.5")),
        remark="",
        seen=0,
    )
    grading.grade(session, grade, by=GRADER, at=MORNING)
    asked = asked_in(session, keys[0], "say")
    rule(session, asked, Act.VOID, at=MORNING + HOUR)
    assert [row_of(session, key).state for key in keys] == [State.GRADED] * 2
    done = rule(session, asked, Act.RESTORE, at=MORNING + 2 * HOUR)
    assert done.waiting == 1
    first, second = (row_of(session, key) for key in keys)
    assert (first.state, first.earned) == (State.GRADED, "5.5")
    assert (second.state, second.earned, second.graded_at) == ("submitted", None, None)


def test_who_may_not_rule_and_what_is_no_ruling(session: Session, taker: Actor) -> None:
    key = hand_in(session, taker)
    which, fee = (asked_in(session, key, item) for item in ("which", "fee"))
    for by in (CLERK, EDITOR, GRADER):
        with pytest.raises(DeniedError):
            service.dry_run(session, command(which, Act.VOID), by=by)
        with pytest.raises(DeniedError):
            service.rule(session, command(which, Act.VOID), "", by=by, at=MORNING)
    refused: list[tuple[Rule, type[TrainerError]]] = [
        (command(which, Act.VOID, reason=" 错 "), ReasonMissingError),
        (command(which, Act.RESTORE), NothingToRuleError),
        (command(which, Act.ACCEPT), NothingAcceptedError),
        (command(which, Act.ACCEPT, ("7",)), BadAnswerError),
        (command(fee, Act.ACCEPT, ("15",)), BadAnswerError),
        (command(Asked("rent", "which", "no such"), Act.VOID), NotFoundError),
        (command(Asked("rent", "none", ""), Act.VOID), NotFoundError),
    ]
    for told, error in refused:
        with pytest.raises(error):
            service.dry_run(session, told, by=APPROVER)


def test_an_essay_takes_no_other_answer(session: Session) -> None:
    put_exam(session, EXAM)
    key = hand_in(session, put_person(session))
    with pytest.raises(CannotAcceptError):
        rule(session, asked_in(session, key, "say"), Act.ACCEPT, ("对不起",))
    assert others(session, asked_in(session, key, "say")) == []


# Any sequence of rulings and grades


def ledger(session: Session, person: int) -> dict[str, float]:
    """Give what the ledger says of somebody, by question; each at most once."""
    found = standing(facts(session, [person], TODAY, reader=GRADER))
    told = {fact.item: fact.outcome for fact in found}
    assert len(told) == len(found)
    return told


def moments() -> Iterator[datetime]:
    at = MORNING + HOUR
    while True:
        yield at
        at += timedelta(seconds=1)


def act_somehow(
    session: Session, chance: Random, keys: list[int], at: datetime
) -> None:
    """Rule on some question, or grade some essay; what is refused changes nothing."""
    key = chance.choice(keys)
    try:
        if chance.random() < 0.3:
            seen = last_judgement(session, key, 5)[0]
            marks = (Decimal(chance.randint(0, 1)), Decimal(chance.randint(0, 4)) / 2)
            grade = Grade(
                attempt=key, position=5, marks=marks, remark="再看一遍", seen=seen
            )
            grading.grade(session, grade, by=GRADER, at=at)
            return
        asked = asked_in(session, key, chance.choice(ITEMS))
        given = [each.answer for each in others(session, asked)]
        rule(session, asked, chance.choice([*Act]), *given[:1], at=at)
    except TrainerError:
        return


def as_it_should_be(session: Session, item: PaperRow) -> tuple[Fraction | None, bool]:
    """Judge an answer from nothing: the last ruling, the last grade, the question."""
    rows = session.scalars(
        select(RulingRow)
        .where(RulingRow.item == item.item, RulingRow.wording == item.wording)
        .order_by(RulingRow.id)
    ).all()
    last = rows[-1] if rows else None
    hand = session.scalars(
        select(JudgementRow)
        .where(
            JudgementRow.attempt_id == item.attempt_id,
            JudgementRow.position == item.position,
            JudgementRow.ruling_id.is_(None),
        )
        .order_by(JudgementRow.id)
    ).all()
    bank = taking.open_banks(session, [item.revision_id])[item.revision_id]
    ruling = ruling_of(last) if last else None
    found = verdict(
        bank.questions[item.item].body, tuple(item.answer), tuple(item.drawn), ruling
    )
    share = found.share
    if hand and (ruling is None or ruling.act in {Act.RESTORE, Act.ACCEPT}):
        share = Fraction(hand[-1].after)
    return share, found.is_void


def check(session: Session, key: int) -> None:
    """Compare an attempt and its facts with a fresh scoring."""
    row, items = row_of(session, key), taking.papers(session, [key])
    fresh = [as_it_should_be(session, item) for item in items]
    kept = [
        (Fraction(each.share) if each.share else None, each.is_void) for each in items
    ]
    assert kept == fresh
    weighed = [
        Weighed(Decimal(item.marks), share, is_void)
        for item, (share, is_void) in zip(items, fresh, strict=True)
    ]
    score = summed(weighed, row.pass_percent)
    assert row.full == f"{score.full:f}"
    assert row.earned == (None if score.earned is None else f"{score.earned:f}")
    assert row.passed is score.passed
    assert row.state == (State.SUBMITTED if score.earned is None else State.GRADED)
    assert ledger(session, row.person_id) == {
        f"{item.bank}#{item.item}": float(share)
        for item, (share, is_void) in zip(items, fresh, strict=True)
        if share is not None and not is_void
    }


@pytest.mark.parametrize("seed", range(8))
def test_after_any_rulings_scores_and_ledger_equal_a_fresh_scoring(
    session: Session, seed: int
) -> None:
    put_exam(session, EXAM)
    chance = Random(seed)  # noqa: S311  (no secret)
    faults = [chance.sample(ITEMS[:-1], 2) for _ in range(3)]
    people = [put_person(session, f"t{n}") for n in range(3)]
    keys = [
        hand_in(session, by, wrong=wrong)
        for by, wrong in zip(people, faults, strict=True)
    ]
    for at, _ in zip(moments(), range(14), strict=False):
        act_somehow(session, chance, keys, at)
        for key in keys:
            check(session, key)
    assert len(session.scalars(select(RulingRow)).all()) >= 3  # not all was refused
    # Who hands in the same answers now is judged the same by himself.
    for number, wrong in enumerate(faults):
        twin = hand_in(session, put_person(session, f"twin{number}"), wrong=wrong)
        for mine, his in zip(
            taking.papers(session, [keys[number]])[:-1],
            taking.papers(session, [twin])[:-1],
            strict=True,
        ):
            assert (mine.share, mine.is_void) == (his.share, his.is_void)


def test_the_modes_are_told_apart(session: Session, taker: Actor) -> None:
    key = hand_in(session, taker, wrong=["which", "fee"])
    row_of(session, key).mode = Mode.PRACTICE
    session.flush()
    told = command(asked_in(session, key, "which"), Act.FULL)
    assert service.dry_run(session, told, by=APPROVER).passing == 0
