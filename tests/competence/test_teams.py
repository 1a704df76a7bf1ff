"""Coverage of a business at a site, and agreement between windows."""

from __future__ import annotations

from itertools import product
from math import exp
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.competence.domain.consistency import Probe
from trainer.competence.domain.consistency import between
from trainer.competence.domain.consistency import forecast
from trainer.competence.domain.consistency import index
from trainer.competence.domain.consistency import pairs
from trainer.competence.domain.coverage import Member
from trainer.competence.domain.coverage import covered
from trainer.competence.domain.coverage import numbers
from trainer.competence.domain.coverage import weights

SIX = [
    Member(person=n, able=able, present=0.85, leaving=leaving)
    for n, (able, leaving) in enumerate(
        [
            (0.97, 1 / 24),
            (0.92, 1 / 12),
            (0.85, 1 / 12),
            (0.60, 1 / 9),
            (0.35, 1 / 9),
            (0.10, 1 / 6),
        ]
    )
]
"""The six people of docs/competence.md, section 8."""


@given(st.lists(st.floats(0, 1), max_size=8))
def test_numbers_are_those_of_counting_every_case(chances: list[float]) -> None:
    counted = [0.0] * (len(chances) + 1)
    for case in product([0, 1], repeat=len(chances)):
        counted[sum(case)] += prod(
            p if hit else 1 - p for p, hit in zip(chances, case, strict=True)
        )
    assert numbers(chances) == pytest.approx(counted)


@pytest.mark.parametrize(
    ("months", "chance"), [(0, 0.955), (3, 0.836), (6, 0.677), (12, 0.378)]
)
def test_two_of_six_people_as_published(months: float, chance: float) -> None:
    assert covered(SIX, 2, months) == pytest.approx(chance, abs=0.001)


def test_on_whom_it_hangs_and_whom_to_train_as_published() -> None:
    found = weights(SIX, 2, months=6)
    assert [weight.critical for weight in found] == pytest.approx(
        [0.26, 0.18, 0.16, 0.08, 0.05, 0.01], abs=0.006
    )
    assert max(found, key=lambda weight: weight.training).person == 4
    assert found[4].training == pytest.approx(0.076, abs=0.001)
    assert all(weight.training >= 0 for weight in found)


def test_a_secondment_ends_on_its_day() -> None:
    member = Member(person=1, able=0.9, leaving=0.1, ends=3.0)
    assert member.there(2.0) == pytest.approx(0.9 * exp(-0.2))
    assert member.there(3.0) == 0.0
    assert covered([member], 1, 4.0) == 0.0


def test_a_bank_may_call_all_its_people_back_at_once() -> None:
    lent = [Member(person=n, able=0.9, bank="a") for n in range(3)]
    own = Member(person=9, able=0.5)
    alone = covered([*lent, own], 1)
    shocked = covered([*lent, own], 1, recalls={"a": 0.25})
    assert shocked == pytest.approx(0.75 * alone + 0.25 * 0.5)


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=6),
    st.integers(0, 6),
    st.floats(0, 24),
)
def test_coverage_is_a_probability_and_falls_with_time(
    able: list[float], least: int, months: float
) -> None:
    team = [
        Member(person=n, able=p, present=0.9, leaving=0.1) for n, p in enumerate(able)
    ]
    now, later = covered(team, least), covered(team, least, months)
    assert 0 <= later <= now + 1e-12
    assert now <= 1


def probe(*answers: str, weight: float = 1.0, question: str = "q") -> Probe:
    told = {f"w{n}": answer for n, answer in enumerate(answers)}
    return Probe(question=question, right="yes", answers=told, weight=weight)


def test_pairs_are_counted_without_bias() -> None:
    found = pairs(probe("yes", "yes", "yes", "no"))
    assert found is not None
    assert found.right == pytest.approx(3 * 2 / 12)
    assert found.alike == pytest.approx(3 * 2 / 12)
    assert pairs(probe("yes")) is None


def test_the_same_wrong_answer_is_the_fault_of_the_article() -> None:
    found = index([probe("no", "no", "no"), probe("yes", "yes", "no", weight=3.0)])
    assert found is not None
    assert found.value == pytest.approx(3 * (2 / 6) / 4)
    assert found.wrong_alike == pytest.approx(1 / 4)
    assert found.scattered == pytest.approx(1 - found.value - 1 / 4)
    assert found.low <= found.value <= found.high
    assert not found.may_be_published
    assert index([probe("yes")]) is None


@given(
    st.lists(
        st.lists(st.sampled_from(["yes", "no", "other"]), min_size=2, max_size=6),
        min_size=1,
        max_size=6,
    )
)
def test_an_index_is_a_probability_inside_its_interval(given: list[list[str]]) -> None:
    found = index([probe(*answers) for answers in given])
    assert found is not None
    assert 0 <= found.value <= 1
    assert 0 <= found.wrong_alike + found.value <= 1 + 1e-12
    assert 0 < found.low <= max(found.value, 1e-3)
    assert min(found.value, 1 - 1e-3) <= found.high + 1e-12 < 1


def test_the_forecast_as_published() -> None:
    assert forecast([0.95, 0.93, 0.92, 0.90, 0.88, 0.85]) == pytest.approx(
        0.819, abs=0.001
    )
    assert forecast([0.9]) == 0.0


def test_two_channels_are_right_together() -> None:
    probes = [probe("yes", "yes", "no", "yes"), probe("no", "yes", "yes", "yes")]
    assert between(probes, ["w0", "w1"], ["w2", "w3"]) == pytest.approx(
        (1.0 * 0.5 + 0.5 * 1.0) / 2
    )
    assert between(probes, ["w0"], ["nobody"]) == 0.0
