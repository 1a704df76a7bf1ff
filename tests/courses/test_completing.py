"""How far somebody is with a course: pure, whatever the order of what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.competence.domain.sitting import Advice
from trainer.courses.domain import completing
from trainer.courses.domain.completing import Completion
from trainer.courses.domain.completing import Done
from trainer.courses.domain.completing import Progress
from trainer.courses.domain.completing import State
from trainer.courses.domain.completing import StepState
from trainer.courses.domain.completing import completions
from trainer.courses.domain.completing import placed_out
from trainer.courses.domain.completing import progress_of
from trainer.courses.domain.learning import Shelved
from trainer.courses.domain.learning import nearest_first
from trainer.courses.domain.outline import RULES
from trainer.courses.domain.outline import Course
from trainer.courses.domain.outline import Step
from trainer.courses.domain.outline import StepKind

BEGIN = date(2026, 11, 1)


def day(n: int) -> date:
    return BEGIN + timedelta(n)


def step(
    key: str,
    kind: StepKind = StepKind.ARTICLE,
    count: int = 1,
    competencies: tuple[str, ...] = (),
) -> Step:
    return Step(
        id=key,
        kind=kind,
        title=key,
        count=count,
        competencies=competencies,
        minutes=10,
        rule=RULES[kind][0],
    )


def course(
    *steps: Step, valid_days: int | None = None, expires_with_clauses: bool = False
) -> Course:
    return Course(
        title="课",
        tier="onboarding",
        about="学",
        lines=("withdraw",),
        valid_days=valid_days,
        expires_with_clauses=expires_with_clauses,
        steps=steps,
    )


READ, SEEN = step("read"), step("seen", StepKind.OBSERVED, count=2)
BOTH = course(READ, SEEN)


def done(key: str, n: int, until: int | None = None, name: str = "") -> Done:
    return Done(
        step=key, on=day(n), until=None if until is None else day(until), key=name
    )


def states(found: Progress) -> list[StepState]:
    return [each.state for each in found.steps]


def test_nothing_done_is_new_and_leads_to_the_first_step() -> None:
    found = progress_of(BOTH, [], day(0))
    assert found.state is State.NEW
    assert found.next_step is not None
    assert found.next_step.step is READ
    assert (found.done, found.minutes_left) == (0, 20)


def test_a_course_is_completed_on_the_day_of_its_last_step() -> None:
    facts = [
        *(done("seen", 1, name="a"), done("read", 5)),
        done("seen", 3, name="b"),
    ]
    found = progress_of(BOTH, facts, day(9))
    assert found.state is State.COMPLETED
    assert (found.completed_on, found.ends) == (day(5), None)
    assert [each.on for each in found.steps] == [day(5), day(3)]
    assert found.next_step is None
    assert found.minutes_left == 0


def test_what_is_still_to_come_does_not_count() -> None:
    found = progress_of(BOTH, [done("read", 5)], day(4))
    assert found.state is State.NEW
    assert found.next_step is not None
    assert found.next_step.step is READ


def test_the_same_observation_told_twice_is_one() -> None:
    found = progress_of(BOTH, [done("seen", 1, name="a")] * 2, day(9))
    assert [each.times for each in found.steps] == [0, 1]
    assert states(found) == [StepState.OPEN, StepState.OPEN]
    assert found.state is State.BEGUN


def test_it_runs_out_so_many_days_after_the_last_step() -> None:
    short = course(READ, valid_days=30)
    facts = [done("read", 2)]
    assert progress_of(short, facts, day(31)).state is State.COMPLETED
    late = progress_of(short, facts, day(32))
    assert late.state is State.EXPIRED
    assert (late.completed_on, late.ends) == (day(2), day(32))
    assert states(late) == [StepState.OPEN]


def test_done_again_before_it_runs_out_counts_for_the_next_time() -> None:
    short = course(READ, step("quiz", StepKind.QUIZ), valid_days=30)
    facts = [done("read", 1), done("quiz", 2), done("read", 20), done("quiz", 40)]
    assert completions(short, facts, day(60)) == [
        Completion(day(2), day(32)),
        Completion(day(40), day(70)),
    ]
    between = progress_of(short, facts, day(35))
    assert between.state is State.EXPIRED
    assert states(between) == [StepState.DONE, StepState.OPEN]
    assert progress_of(short, facts, day(45)).completed_on == day(40)


def test_a_changed_clause_opens_the_step_that_reads_it() -> None:
    facts = [done("read", 1, until=10), *(done("seen", n, name=str(n)) for n in (1, 2))]
    before = course(READ, SEEN, expires_with_clauses=True)
    assert progress_of(before, facts, day(9)).is_completed
    found = progress_of(before, facts, day(10))
    assert found.state is State.CHANGED
    assert states(found) == [StepState.CHANGED, StepState.DONE]
    again = progress_of(before, [*facts, done("read", 12)], day(12))
    assert again.is_completed
    assert again.completed_on == day(2)


def test_without_the_flag_a_completed_course_stays_completed() -> None:
    facts = [done("read", 1, until=10), *(done("seen", n, name=str(n)) for n in (1, 2))]
    found = progress_of(BOTH, facts, day(10))
    assert found.state is State.COMPLETED
    assert found.next_step is None
    assert states(found) == [StepState.CHANGED, StepState.DONE]


def test_what_lapsed_on_the_very_day_had_completed_the_course() -> None:
    once = course(READ, expires_with_clauses=True)
    found = progress_of(once, [done("read", 5, until=5)], day(5))
    assert found.state is State.CHANGED
    assert found.completed_on == day(5)


def test_two_steps_that_never_counted_together_complete_nothing() -> None:
    two = course(READ, step("quiz", StepKind.QUIZ))
    facts = [done("read", 1, until=5), done("quiz", 6)]
    assert completions(two, facts, day(9)) == []
    assert progress_of(two, facts, day(9)).state is State.BEGUN
    assert completions(two, [*facts, done("read", 8)], day(9)) == [
        Completion(day(8), None)
    ]


def test_what_is_proved_is_left_out_and_shown() -> None:
    found = progress_of(BOTH, [], day(0), {"read"})
    assert states(found) == [StepState.PROVED, StepState.OPEN]
    assert [each.step for each in found.left_out] == [READ]
    assert found.minutes_left == 10
    everything = progress_of(course(READ), [], day(0), {"read"})
    assert everything.is_completed
    assert everything.completed_on is None


def test_only_what_answers_can_prove_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known: Mapping[str, Advice] = {"P5": Advice.SKIP, "R1": Advice.UNSURE}
    monkeypatch.setattr(completing, "advice", lambda each: each)
    offered = course(
        step("a", competencies=("P5",)),
        step("b", competencies=("P5", "R1")),
        step("c"),
        step("d", StepKind.OBSERVED, competencies=("P5",)),
        step("e", StepKind.QUIZ, competencies=("P5",)),
        step("f", competencies=("X1",)),
    )
    found = placed_out(offered, known)  # type: ignore[arg-type]  # advice is given
    assert found == {"a", "e"}


FACTS = st.lists(
    st.builds(
        done,
        st.sampled_from(["read", "seen", "quiz"]),
        st.integers(0, 80),
        st.one_of(st.none(), st.integers(0, 90)),
        st.sampled_from(["a", "b"]),
    ),
    max_size=12,
)
COURSES = st.builds(
    lambda valid, flag: course(
        *(READ, SEEN, step("quiz", StepKind.QUIZ)),
        valid_days=valid,
        expires_with_clauses=flag,
    ),
    st.one_of(st.none(), st.integers(30, 40)),
    st.booleans(),
)
DAYS = st.integers(0, 100).map(day)


@given(COURSES, FACTS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_what_was_done_is_irrelevant(
    offered: Course, facts: list[Done], on: date, chance: Random
) -> None:
    shuffled = [*facts]
    chance.shuffle(shuffled)
    assert progress_of(offered, facts, on) == progress_of(offered, shuffled, on)


@given(COURSES, FACTS, DAYS)
def test_a_step_done_twice_is_done_once(
    offered: Course, facts: list[Done], on: date
) -> None:
    assert progress_of(offered, facts, on) == progress_of(offered, facts * 2, on)


@given(COURSES, FACTS, DAYS)
def test_what_happens_later_changes_no_earlier_day(
    offered: Course, facts: list[Done], on: date
) -> None:
    known = [each for each in facts if each.on <= on]
    assert progress_of(offered, facts, on) == progress_of(offered, known, on)


@given(COURSES, FACTS, DAYS)
def test_completed_means_that_every_step_once_counted_together(
    offered: Course, facts: list[Done], on: date
) -> None:
    for each in completions(offered, facts, on):
        for wanted in offered.steps:
            counted = {
                fact
                for fact in facts
                if fact.step == wanted.id
                and (fact.counts(each.on) or fact.on == each.on)
            }
            assert len(counted) >= wanted.count


def test_what_is_begun_comes_first_then_the_stage_that_comes_first() -> None:
    path = course(step("all", StepKind.COURSE))

    def shelved(slug: str, of: Course, tier: str, *facts: Done) -> Shelved:
        here = replace(of, tier=tier)
        found = progress_of(here, facts, day(9))
        return Shelved(slug=slug, course=here, progress=found, is_mine=True)

    found = [
        shelved("completed", course(READ), "first", done("read", 1)),
        shelved("elsewhere", BOTH, "unknown"),
        shelved("later", BOTH, "second"),
        shelved("early", BOTH, "first"),
        shelved("path", path, "first"),
        shelved("begun", BOTH, "second", done("read", 1)),
    ]
    order = [each.slug for each in nearest_first(found, ["first", "second"])]
    assert order == ["begun", "path", "early", "later", "elsewhere", "completed"]
