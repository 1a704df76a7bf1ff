"""Phases, plans and sampling, as rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.competence.domain.authorising import NoReasonError
from trainer.competence.domain.witnessing import CitizenDataError
from trainer.mentoring.domain.planning import PutInto
from trainer.mentoring.domain.planning import must_make_sense
from trainer.mentoring.domain.weeks import BLOCK
from trainer.mentoring.domain.weeks import DEFAULT
from trainer.mentoring.domain.weeks import SETTABLE
from trainer.mentoring.domain.weeks import Case
from trainer.mentoring.domain.weeks import Phase
from trainer.mentoring.domain.weeks import Plan
from trainer.mentoring.domain.weeks import PlanMistakeError
from trainer.mentoring.domain.weeks import Progress
from trainer.mentoring.domain.weeks import Step
from trainer.mentoring.domain.weeks import days_of_week
from trainer.mentoring.domain.weeks import is_sampled
from trainer.mentoring.domain.weeks import must_be_possible
from trainer.mentoring.domain.weeks import progress
from trainer.mentoring.domain.weeks import timeline
from trainer.mentoring.domain.weeks import week_of

BEGIN = date(2026, 11, 2)
COSIGN = BEGIN + timedelta(days=7)
SAMPLE = COSIGN + timedelta(days=14)
ORDER = [*Phase]


def after(days: int) -> date:
    return BEGIN + timedelta(days=days)


def log(rights: str, *, first: int = 1, day: date = COSIGN) -> list[Case]:
    """Give a case a day: ``+`` right, ``-`` corrected, ``?`` waits, ``.`` not drawn."""
    return [
        Case(
            number=first + n,
            on=day + timedelta(days=n),
            drawn=told != ".",
            right={"+": True, "-": False}.get(told),
        )
        for n, told in enumerate(rights)
    ]


def stands(on: date, cases: list[Case] | None = None, **more: object) -> Progress:
    given = {"step": None, "alone": False, "begins_on": BEGIN, **more}
    plan = given.pop("plan", DEFAULT)
    return progress(plan, cases=cases or [], on=on, **given)  # type: ignore[arg-type]  # by name


def test_the_first_week_is_for_watching() -> None:
    found = stands(after(6))
    assert (found.phase, found.expected) == (Phase.SHADOW, COSIGN)
    assert str(found.short[0]) == "还差 1 天（到 2026-11-08 满）"
    assert stands(after(7)).phase is Phase.COSIGN_ALL


def test_weeks_alone_lead_nowhere_further() -> None:
    found = stands(after(300))
    assert found.phase is Phase.COSIGN_ALL
    assert [str(each) for each in found.short] == [
        "还差 20 件共同签字",
        "最近 10 件要全部一次办对，现在连续 0 件",
    ]


def test_enough_right_cases_lead_on_when_the_weeks_are_over() -> None:
    cases = log("+" * 20)
    early = [replace(case, on=COSIGN) for case in cases]
    assert stands(SAMPLE - timedelta(days=1), early).phase is Phase.COSIGN_ALL
    found = stands(SAMPLE, early)
    assert (found.phase, found.since, found.signed) == (Phase.SAMPLE, SAMPLE, 0)
    late = stands(after(60), cases)
    assert (late.phase, late.since) == (Phase.SAMPLE, cases[-1].on)


def test_one_corrected_begins_the_row_anew() -> None:
    found = stands(after(60), log("+" * 15 + "-" + "+" * 9))
    assert found.phase is Phase.COSIGN_ALL
    assert [str(each) for each in found.short] == [
        "最近 10 件要全部一次办对，现在连续 9 件"
    ]
    assert stands(after(60), log("+" * 15 + "-" + "+" * 10)).phase is Phase.SAMPLE


def test_what_waits_or_was_not_drawn_counts_for_nothing() -> None:
    found = stands(after(60), log("+" * 19 + "?."))
    assert (found.phase, found.signed, found.waiting) == (Phase.COSIGN_ALL, 19, 1)


def test_drawn_cases_lead_to_the_sign_off_and_nobody_further() -> None:
    plan = replace(DEFAULT, cases=2, in_a_row=2, spot=2)
    cases = log("++") + log("+..+", first=3, day=SAMPLE)
    last = SAMPLE + timedelta(days=14)
    assert stands(last - timedelta(days=1), cases, plan=plan).phase is Phase.SAMPLE
    found = stands(last, cases, plan=plan)
    assert (found.phase, found.expected, found.short) == (Phase.SIGN_OFF, None, ())
    assert stands(after(500), cases, plan=plan).phase is Phase.SIGN_OFF


def test_only_an_authorisation_lets_work_alone() -> None:
    assert stands(after(0), alone=True).phase is Phase.ALONE
    assert stands(after(0), alone=True).short == ()


def test_a_step_by_hand_counts_anew_from_its_day() -> None:
    cases = log("+" * 30)
    step = Step(phase=Phase.COSIGN_ALL, on=after(50), after=30)
    found = stands(after(100), cases, step=step)
    assert (found.phase, found.since, found.signed) == (
        Phase.COSIGN_ALL,
        after(50),
        0,
    )
    ahead = Step(phase=Phase.SAMPLE, on=after(1), after=0)
    assert stands(after(2), step=ahead).phase is Phase.SAMPLE


def test_the_plan_as_days() -> None:
    assert timeline(DEFAULT, BEGIN) == [
        (Phase.SHADOW, BEGIN, after(6)),
        (Phase.COSIGN_ALL, after(7), after(20)),
        (Phase.SAMPLE, after(21), after(34)),
    ]
    assert timeline(Plan(shadow=0), BEGIN)[0][:2] == (Phase.COSIGN_ALL, BEGIN)
    assert [week_of(BEGIN, after(n)) for n in (-3, 0, 6, 7)] == [1, 1, 1, 2]
    assert days_of_week(BEGIN, 2) == (after(7), after(13))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"shadow": -1}, "0 到 26 周"),
        ({"sample": 27}, "0 到 26 周"),
        ({"cases": 0}, "1 到 200"),
        ({"spot": 201}, "1 到 200"),
        ({"cases": 5, "in_a_row": 6}, "不能多于"),
        ({"share": 35}, "10、20、30"),
        ({"share": 0}, "10、20、30"),
        ({"share": 110}, "10、20、30"),
    ],
)
def test_a_plan_that_cannot_be_says_what_is_wrong(
    more: dict[str, int], told: str
) -> None:
    must_be_possible(DEFAULT)
    with pytest.raises(PlanMistakeError) as refused:
        must_be_possible(replace(DEFAULT, **more))
    assert told in refused.value.message


@given(
    rights=st.text("+-?.", max_size=60),
    days=st.integers(0, 120),
    gap=st.integers(1, 30),
)
def test_a_phase_never_goes_back_by_time_alone(
    rights: str, days: int, gap: int
) -> None:
    cases = log(rights)
    plan = replace(DEFAULT, cases=5, in_a_row=3, spot=2)
    first = stands(after(days), cases, plan=plan)
    then = stands(after(days + gap), cases, plan=plan)
    assert ORDER.index(first.phase) <= ORDER.index(then.phase)
    assert first.phase is not Phase.ALONE
    if first.phase in SETTABLE:
        assert first.short, "it always says what is missing"
    assert first.right <= first.signed


@given(seed=st.text(max_size=8), tens=st.integers(1, 10), block=st.integers(0, 50))
def test_of_ten_cases_the_same_share_is_drawn(seed: str, tens: int, block: int) -> None:
    numbers = range(block * BLOCK + 1, (block + 1) * BLOCK + 1)
    drawn = [n for n in numbers if is_sampled(n, tens * 10, seed)]
    assert len(drawn) == tens
    assert drawn == [n for n in numbers if is_sampled(n, tens * 10, seed)]


def test_which_are_drawn_differs_by_block_and_by_newcomer() -> None:
    def places(seed: str, block: int) -> tuple[int, ...]:
        numbers = range(1, BLOCK + 1)
        return tuple(n for n in numbers if is_sampled(block * BLOCK + n, 30, seed))

    assert len({places("a", block) for block in range(20)}) > 5
    assert len({places(seed, 0) for seed in "abcdefghij"}) > 5


@pytest.mark.parametrize(
    ("phase", "reason", "error"),
    [
        (Phase.ALONE, "学过", PlanMistakeError),
        (Phase.SAMPLE, " \n", NoReasonError),
        (Phase.SAMPLE, "像 330102199001011234 那样", CitizenDataError),
    ],
)
def test_a_phase_set_by_hand_is_one_and_has_a_reason_without_citizens(
    phase: Phase, reason: str, error: type[Exception]
) -> None:
    told = PutInto(secondment=1, line="withdraw", phase=phase, reason=reason)
    with pytest.raises(error):
        must_make_sense(told)
    fine = replace(told, phase=Phase.SAMPLE, reason=" 学过\n一遍 ")
    assert must_make_sense(fine) == "学过 一遍"
