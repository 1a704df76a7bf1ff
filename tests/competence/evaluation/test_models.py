"""The simple models beside cases worked by hand, and logs divided by people."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.competence.evaluation.answers import answer
from tests.competence.evaluation.answers import rows
from trainer.competence.domain.chances import sigmoid
from trainer.competence.domain.evaluation.elo import Speed
from trainer.competence.domain.evaluation.elo import elo
from trainer.competence.domain.evaluation.elo import rated
from trainer.competence.domain.evaluation.logs import Floats
from trainer.competence.domain.evaluation.logs import chosen
from trainer.competence.domain.evaluation.logs import folds
from trainer.competence.domain.evaluation.logs import in_order
from trainer.competence.domain.evaluation.logs import inner
from trainer.competence.domain.evaluation.simple import item_mean
from trainer.competence.domain.evaluation.tracing import PULL
from trainer.competence.domain.evaluation.tracing import USUAL
from trainer.competence.domain.evaluation.tracing import filtered
from trainer.competence.domain.evaluation.tracing import fitted
from trainer.competence.domain.evaluation.tracing import laid_out
from trainer.competence.domain.evaluation.tracing import tracing

PLACES = {"s": 0}


def test_every_person_is_in_one_fold_and_chance_is_the_seed() -> None:
    log = [answer(f"p{n}") for n in range(23)]
    parts = folds(log, 5, 1)
    assert sorted(len(part) for part in parts) == [4, 4, 5, 5, 5]
    assert frozenset.union(*parts) == {f"p{n}" for n in range(23)}
    assert folds(log[::-1], 5, 1) == parts != folds(log, 5, 2)
    assert chosen(log, 3, 1) == chosen(log, 9, 1)[:3]


def test_inside_the_learned_people_none_is_on_both_sides() -> None:
    learned, tried = inner([answer(f"p{n % 9}") for n in range(27)])
    assert {a.person for a in learned} & {a.person for a in tried} == set()
    assert len(learned) + len(tried) == 27
    assert {a.person for a in tried} != set()


def test_answers_of_one_moment_keep_their_order() -> None:
    log = [answer(item="late", day=2.0), answer(item="one"), answer(item="two")]
    assert [a.seen.item for a in in_order(log)] == ["one", "two", "late"]


def test_the_item_mean_is_pulled_to_its_competency() -> None:
    """q: 3 of 4, its competency 3 of 6, everything 3 of 6 and 5 at one half."""
    known = [answer(right=r) for r in (1, 1, 1, 0)]
    known += [answer(right=0, item="other") for _ in range(2)]
    every = (3 + 5 * 0.5) / (6 + 5)
    skill = (3 + 5 * every) / (6 + 5)
    said = item_mean(known, [answer(), answer(item="new"), answer(skills=("x",))])
    assert said[0] == pytest.approx((3 + 5 * skill) / (4 + 5))
    assert said[1] == pytest.approx(skill)
    assert said[2] == pytest.approx((3 + 5 * every) / (4 + 5))


def test_ratings_move_by_the_surprise() -> None:
    """Half of all right, so the first forecast is .5; then by hand."""
    people, questions = Speed(1.0, 0.5), Speed(0.4, 0.0)
    known = [answer("a", 1), answer("a", 0)]
    first = 0.4 * 0.5
    strong, hard = 0.5, -first
    second = sigmoid(strong - hard)
    hard += 0.4 * second
    said = rated(known, [answer("b", 1), answer("b", 1)], people, questions)
    assert said[0] == pytest.approx(sigmoid(-hard))
    assert said[1] == pytest.approx(sigmoid(1.0 * (1 - said[0]) - hard))


def test_a_new_question_begins_as_its_competency() -> None:
    known = rows(*((f"p{n}", (0, 0, 0)) for n in range(8)), ("q", (1, 1, 1)))
    easy = rows(*((f"p{n}", (1, 1, 1)) for n in range(8)), skill="easy")
    hard_new, easy_new = elo(
        known + easy,
        [answer("z", item="new"), answer("z", item="new2", skills=("easy",))],
    )
    assert hard_new < 0.4
    assert easy_new > 0.6


def test_one_person_is_too_few_to_choose_speeds_by_but_enough_to_learn() -> None:
    assert 0 < elo(rows(("a", (1, 0, 1))), [answer("b")])[0] < 1


def chain(marks: tuple[int, ...], numbers: Floats) -> list[tuple[float, int]]:
    """Every way a skill may have been learned, with its probability.

    A way is the number of answers given before it was known.
    """
    prior, learns, guess, slip = numbers
    found = []
    for unknown in range(len(marks) + 1):
        chance = 1 - prior if unknown else prior
        chance *= (1 - learns) ** max(unknown - 1, 0)
        chance *= learns if 0 < unknown < len(marks) else 1
        for n, right in enumerate(marks):
            p = guess if n < unknown else 1 - slip
            chance *= p if right else 1 - p
        found.append((float(chance), unknown))
    return found


marks_of = st.lists(st.integers(0, 1), min_size=1, max_size=4).map(tuple)


@given(st.lists(marks_of, min_size=1, max_size=4))
@settings(deadline=None)
def test_forecasts_of_tracing_are_those_of_all_ways_summed(
    people: list[tuple[int, ...]],
) -> None:
    log = rows(*((f"p{n}", marks) for n, marks in enumerate(people)))
    laid = laid_out(log, PLACES)
    _, _, guess, slip = USUAL
    believed = filtered(laid, USUAL[:, None]).before
    said = np.empty(len(log))
    said[laid.order] = believed * (1 - slip) + (1 - believed) * guess
    place = 0
    for marks in people:
        for n in range(len(marks)):
            before = sum(p for p, _ in chain(marks[:n], USUAL)) if n else 1.0
            after = sum(p for p, _ in chain((*marks[:n], 1), USUAL))
            assert said[place] == pytest.approx(after / before)
            place += 1


def one_round(people: list[tuple[int, ...]]) -> Floats:
    """Expectation and maximisation once, by writing out all ways."""
    happened, possible = PULL * USUAL, np.full(4, PULL)
    for marks in people:
        ways = chain(marks, USUAL)
        total = sum(chance for chance, _ in ways)
        for chance, unknown in ways:
            w = chance / total
            happened[0] += w * (unknown == 0)
            possible[0] += w
            happened[1] += w * (0 < unknown < len(marks))
            possible[1] += w * min(unknown, len(marks) - 1)
            for n, right in enumerate(marks):
                happened[2] += w * (n < unknown and right)
                possible[2] += w * (n < unknown)
                happened[3] += w * (n >= unknown and not right)
                possible[3] += w * (n >= unknown)
    shares: Floats = happened / possible
    return shares


def test_a_round_of_fitting_is_that_of_all_ways_summed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("trainer.competence.domain.evaluation.tracing.ROUNDS", 1)
    people = [(1, 0, 1, 1), (0, 0), (0, 1, 1), (1,)]
    log = rows(*((f"p{n}", marks) for n, marks in enumerate(people)))
    found = fitted(laid_out(log, PLACES), 1)[:, 0]
    assert found == pytest.approx(one_round(people))


def test_fitting_finds_the_numbers_of_a_made_up_skill() -> None:
    random = np.random.default_rng(1)
    prior, learns, guess, slip = 0.3, 0.25, 0.15, 0.08
    people = []
    for _ in range(900):
        known, marks = random.random() < prior, []
        for _ in range(8):
            marks.append(int(random.random() < (1 - slip if known else guess)))
            known = known or random.random() < learns
        people.append(marks)
    log = rows(*((f"p{n}", marks) for n, marks in enumerate(people)))
    found = fitted(laid_out(log, PLACES), 1)[:, 0]
    assert found == pytest.approx([prior, learns, guess, slip], abs=0.06)


def test_skills_are_fitted_apart_and_an_unknown_one_is_usual() -> None:
    known = rows(*((f"p{n}", (1, 1, 1)) for n in range(30)), skill="easy")
    known += rows(*((f"p{n}", (0, 0, 0)) for n in range(30)), skill="hard")
    asked = [answer("z", skills=(skill,)) for skill in ("easy", "hard", "new")]
    easy, hard, new = tracing(known, asked)
    assert hard < 0.2 < new < 0.8 < easy
    prior, _, guess, slip = USUAL
    assert new == pytest.approx(prior * (1 - slip) + (1 - prior) * guess)


def test_the_order_of_people_is_nothing_to_tracing() -> None:
    people = list(product((0, 1), repeat=3))
    log = rows(*((f"p{n}", marks) for n, marks in enumerate(people)))
    asked = rows(("z", (1, 0, 1, 1)))
    turned = [a for n in reversed(range(8)) for a in log if a.person == f"p{n}"]
    assert tracing(log, asked) == pytest.approx(tracing(turned, asked))
