"""The ledger: what one observation says of a person."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from math import log1p
from math import pi
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.competence.domain.chances import sigmoid
from trainer.competence.domain.constants import DEFAULTS
from trainer.competence.domain.estimates import estimate
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.ledger import Part
from trainer.competence.domain.ledger import Person
from trainer.competence.domain.ledger import Seen
from trainer.competence.domain.ledger import replayed
from trainer.competence.domain.ledger import unknown

CODES = ("P5", "P6", "C1")
KINDS = ((0.22, 0.04, 1.0), (0.0, 0.0, 1.0), (0.7, 0.01, 0.15), (0.45, 0.04, 0.5))


def seen(
    day: float = 1.0, outcome: float | None = 1.0, code: str = "P5", item: str = "q"
) -> Seen:
    return Seen(competencies=(code,), item=item, day=day, outcome=outcome)


@st.composite
def histories(draw: st.DrawFn) -> list[Seen]:
    day, found = 0.0, []
    for _ in range(draw(st.integers(0, 12))):
        day += draw(st.floats(0, 60))
        guess, slip, weight = draw(st.sampled_from(KINDS))
        found.append(
            Seen(
                competencies=(draw(st.sampled_from(CODES)),),
                item=draw(st.sampled_from(["", "q1", "q2"])),
                day=day,
                outcome=draw(st.sampled_from([0.0, 0.3, 0.7, 1.0, None])),
                guess=guess,
                slip=slip,
                weight=weight,
                taught=draw(st.booleans()),
            )
        )
    return found


def expected(person: Person, at: float, code: str = "P5") -> float:
    return estimate(Ledger(), person, code, at).expected


def test_one_answer_is_the_closed_form_worked_by_hand() -> None:
    """Plain answer, one competency, no item: every number from the equations."""
    ledger = Ledger()
    person = ledger.newcomer()
    ledger.update(person, replace(seen(item=""), taught=False))
    shrunk = 1 / sqrt(1 + pi / 8 * (0.3 + 0.8 + 0.3 + 1.0))
    p = sigmoid(shrunk * 0.7)
    curve = shrunk**2 * p * (1 - p)
    assert person.general.mean == pytest.approx(0.8 * shrunk * (1 - p))
    assert person.skills["P5"].mean == pytest.approx(0.3 * shrunk * (1 - p))
    assert person.general.variance == pytest.approx(0.8 - 0.64 * curve + 0.005)
    assert person.skills["P5"].variance == pytest.approx(0.3 - 0.09 * curve + 0.02)


@pytest.mark.parametrize("kind", [(0.0, 0.0), (0.22, 0.04), (0.7, 0.01)])
@pytest.mark.parametrize("known", [0, 10])
def test_before_an_answer_nobody_expects_to_be_surprised(
    kind: tuple[float, float], known: int
) -> None:
    """The mean of all parts, weighted by what was forecast, stays where it is."""
    ledger = Ledger()
    guess, slip = kind
    asked = replace(seen(day=9.0, item="new"), guess=guess, slip=slip, taught=False)
    before = replayed(ledger, [seen(day=n / 2, item=f"q{n}") for n in range(known)])
    chance = ledger.predict(before, asked)
    means = []
    for outcome in (1.0, 0.0):
        after = deepcopy(before)
        ledger.update(after, replace(asked, outcome=outcome))
        means.append(after.general.mean)
    expected_mean = chance * means[0] + (1 - chance) * means[1]
    assert expected_mean == pytest.approx(before.general.mean, abs=1e-9)


def test_a_weight_counts_as_so_many_answers_at_once() -> None:
    """Twice the weight is twice the information about the sum, however much it is."""
    ledger = Ledger()
    shrinks = []
    for weight in (1e-6, 1.0, 2.0, 1e6):
        person = ledger.newcomer()
        ledger.update(person, replace(seen(item=""), weight=weight, taught=False))
        shrinks.append((0.8 + 0.005 - person.general.variance) / 0.8**2)
    total = 0.3 + 0.8 + 0.3 + 1.0
    assert shrinks[0] == pytest.approx(0, abs=1e-6)
    assert shrinks[3] == pytest.approx(1 / total, rel=1e-4)
    information = [each / (1 - total * each) for each in shrinks]
    assert information[2] == pytest.approx(2 * information[1])


def test_forgetting_is_logarithmic() -> None:
    person = replayed(Ledger(), [seen(day=10.0)])
    ledger = Ledger()
    trace = person.skills["P5"]
    assert ledger.forgotten(trace, 10.0) == 0
    assert ledger.forgotten(trace, 33.0) == pytest.approx(0.2 * log1p(23 / 0.3))


def test_a_wrong_clock_takes_nothing_away() -> None:
    """A moment before the last practice forgets nothing and moves no stamp back."""
    person = replayed(Ledger(), [seen(day=10.0), seen(day=4.0)])
    assert person.skills["P5"].last == 10.0
    assert Ledger().forgotten(person.skills["P5"], 3.0) == 0


def test_reading_teaches_and_proves_nothing() -> None:
    person = replayed(Ledger(), [seen(outcome=None)])
    assert person.skills["P5"].mean == pytest.approx(DEFAULTS.gain_read)
    assert person.general.mean == 0.0


def test_an_exam_without_feedback_teaches_nothing() -> None:
    taught = replayed(Ledger(), [seen()])
    examined = replayed(Ledger(), [replace(seen(), taught=False)])
    difference = taught.skills["P5"].mean - examined.skills["P5"].mean
    assert difference == pytest.approx(DEFAULTS.gain_right)


def test_knowing_one_question_by_heart_is_no_competence() -> None:
    same = replayed(Ledger(), [seen(day=float(n), item="q") for n in range(12)])
    different = replayed(
        Ledger(), [seen(day=float(n), item=f"q{n}") for n in range(12)]
    )
    assert expected(same, 12.0) < expected(different, 12.0)


def test_what_can_be_guessed_says_less() -> None:
    plain = replayed(Ledger(), [seen(item="")])
    guessed = replayed(Ledger(), [replace(seen(item=""), guess=0.45)])
    assert guessed.general.mean < plain.general.mean


def test_a_ledger_that_does_not_learn_leaves_the_questions_alone() -> None:
    questions = unknown()
    questions.items["q"] = Part(0.5, 0.2)
    before = deepcopy(questions)
    replayed(Ledger(questions=questions), [seen(outcome=0.0)])
    assert questions == before
    replayed(Ledger(questions=questions, learns=True), [seen(outcome=0.0)])
    assert questions.items["q"].mean > 0.5


@given(histories(), st.floats(0, 30), st.sampled_from(KINDS), st.booleans())
@settings(deadline=None)
def test_one_more_success_never_lowers_the_estimate(
    history: list[Seen],
    later: float,
    kind: tuple[float, float, float],
    taught: bool,  # noqa: FBT001  (drawn)
) -> None:
    at = (history[-1].day if history else 0.0) + later
    person = replayed(Ledger(), history)
    before = expected(person, at)
    guess, slip, weight = kind
    more = Seen(
        competencies=("P5",),
        item="new",
        day=at,
        outcome=1.0,
        guess=guess,
        slip=slip,
        weight=weight,
        taught=taught,
    )
    Ledger().update(person, more)
    assert expected(person, at) >= before - 1e-12


@given(histories(), st.floats(0, 400), st.floats(0, 400))
@settings(deadline=None)
def test_time_alone_never_raises_anything(
    history: list[Seen], some: float, more: float
) -> None:
    last = history[-1].day if history else 0.0
    person = replayed(Ledger(), history)
    for code in CODES:
        early = estimate(Ledger(), person, code, last + some)
        late = estimate(Ledger(), person, code, last + some + more)
        assert late.expected <= early.expected + 1e-12
        for share in (0.6, 0.75, 0.85, 0.93):
            assert late.at_least(share) <= early.at_least(share) + 1e-12


@given(histories())
@settings(deadline=None)
def test_step_by_step_is_the_same_as_all_at_once(history: list[Seen]) -> None:
    middle = len(history) // 2
    person = replayed(Ledger(), history[:middle])
    for each in history[middle:]:
        Ledger().update(person, each)
    assert person == replayed(Ledger(), history)


@given(histories(), histories())
@settings(deadline=None)
def test_people_do_not_touch_each_other(one: list[Seen], other: list[Seen]) -> None:
    ledger = Ledger()
    first = replayed(ledger, one)
    replayed(ledger, other)
    assert replayed(ledger, one) == first


@given(histories())
@settings(deadline=None)
def test_figures_stay_within_their_bounds(history: list[Seen]) -> None:
    person = replayed(Ledger(), history)
    at = history[-1].day if history else 0.0
    assert person.general.variance > 0
    for code in CODES:
        found = estimate(Ledger(), person, code, at)
        low, high = found.band
        assert 0 < low < high < 1
        assert 0 < found.expected < 1
        assert found.sure > 0
    for each in history:
        assert 0 < Ledger().predict(person, each) < 1
