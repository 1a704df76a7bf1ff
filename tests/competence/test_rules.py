"""Levels, facets, refreshing, placement: rules built on the ledger."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from trainer.competence.domain.constants import DEFAULTS
from trainer.competence.domain.estimates import Account
from trainer.competence.domain.estimates import Estimate
from trainer.competence.domain.estimates import estimate
from trainer.competence.domain.explaining import chances
from trainer.competence.domain.explaining import moves
from trainer.competence.domain.explaining import strongest
from trainer.competence.domain.facets import Change
from trainer.competence.domain.facets import open_on
from trainer.competence.domain.facets import routed
from trainer.competence.domain.ledger import Ledger
from trainer.competence.domain.ledger import Part
from trainer.competence.domain.ledger import Questions
from trainer.competence.domain.ledger import Seen
from trainer.competence.domain.ledger import replayed
from trainer.competence.domain.placement import Candidate
from trainer.competence.domain.placement import error
from trainer.competence.domain.placement import is_done
from trainer.competence.domain.placement import next_question
from trainer.competence.domain.placement import placing
from trainer.competence.domain.refreshing import LONGEST
from trainer.competence.domain.refreshing import closed_form
from trainer.competence.domain.refreshing import due_in
from trainer.competence.domain.refreshing import holds
from trainer.competence.domain.standing import INDEPENDENT
from trainer.competence.domain.standing import SUPERVISED
from trainer.competence.domain.standing import Breadth
from trainer.competence.domain.standing import Facet
from trainer.competence.domain.standing import Level
from trainer.competence.domain.standing import Standing
from trainer.competence.domain.standing import lacking
from trainer.competence.domain.standing import reaches
from trainer.topics.domain.lines import Risk

BROAD = Breadth(count=20, at_work=3, days=5)


def believed(mean: float, variance: float = 0.1, count: int = 20) -> Estimate:
    account = Account(
        base=mean, general=0, skill=0, difficulty=0, forgotten=0, days=0.0
    )
    return Estimate(
        code="P5", account=account, sure=variance, grown=variance, scale=1, count=count
    )


def standing(mean: float, breadth: Breadth = BROAD, **other: object) -> Standing:
    found = Standing(code="P5", main=believed(mean), breadth=breadth)
    return replace(found, **other)  # type: ignore[arg-type]  # keywords of a test


def right(day: float, item: str = "", code: str = "P5") -> Seen:
    return Seen(competencies=(code,), item=item, day=day, outcome=1.0)


def facet(mean: float, share: float = 0.4) -> Facet:
    return Facet(estimate=believed(mean, 0.3), share=share, why="房租门槛", since=9.0)


@pytest.mark.parametrize(
    ("mean", "breadth", "risk", "level"),
    [
        (4.0, Breadth(), Risk.NORMAL, Level.UNSEEN),
        (0.0, BROAD, Risk.NORMAL, Level.KNOWS),
        (1.4, BROAD, Risk.NORMAL, Level.SUPERVISED),
        (2.1, BROAD, Risk.NORMAL, Level.INDEPENDENT),
        (2.1, BROAD, Risk.HIGH, Level.SUPERVISED),
        (2.3, BROAD, Risk.HIGH, Level.INDEPENDENT),
        (2.1, replace(BROAD, at_work=0), Risk.NORMAL, Level.SUPERVISED),
        (2.1, replace(BROAD, at_work=0), Risk.LOW, Level.INDEPENDENT),
        (2.1, replace(BROAD, days=1), Risk.NORMAL, Level.SUPERVISED),
        (2.1, replace(BROAD, count=7), Risk.LOW, Level.SUPERVISED),
    ],
)
def test_the_level_follows_from_belief_and_breadth(
    mean: float, breadth: Breadth, risk: Risk, level: Level
) -> None:
    assert standing(mean, breadth).level(risk) is level


def test_a_coach_must_have_held_the_line() -> None:
    assert standing(4.0).level() is Level.INDEPENDENT
    assert standing(4.0, held=True).level() is Level.COACH


def test_a_new_rule_not_shown_holds_the_level_down() -> None:
    found = standing(3.0, facets=(facet(0.2),))
    assert found.level() is Level.SUPERVISED
    assert not found.is_kept
    assert lacking(found, INDEPENDENT[Risk.NORMAL]) == ["新规定还没有考过：房租门槛"]
    assert standing(3.0, facets=(facet(2.0),)).level() is Level.INDEPENDENT


def test_the_figure_is_the_mixture_by_shares() -> None:
    old, new = believed(3.0).expected, facet(0.2).estimate.expected
    found = standing(3.0, facets=(facet(0.2, share=0.4),))
    assert found.expected == pytest.approx(0.6 * old + 0.4 * new)
    twice = standing(3.0, facets=(facet(0.2, 0.7), facet(0.2, 0.7)))
    assert twice.expected == pytest.approx(new)


def test_less_keeps_an_authorisation_than_gives_one() -> None:
    found = standing(1.6)
    assert found.level() is Level.SUPERVISED
    assert found.is_kept


def test_what_is_lacking_is_said() -> None:
    found = standing(1.4, Breadth(count=5, at_work=0, days=1))
    assert [str(each) for each in lacking(found, INDEPENDENT[Risk.NORMAL])] == [
        "还差 3 次记录",
        "还差 1 次演练、观察或共同签字",
        "记录要分布在至少 2 天",
        "办对 85% 以上的把握是 15%，要到 80%",
    ]
    assert lacking(standing(3.0), INDEPENDENT[Risk.NORMAL]) == []


CHANGE = Change(
    competency="P5",
    since=100.0,
    items=frozenset({"bank#a", "bank#b"}),
    share=0.5,
    outdated=frozenset({(7, "bank#a")}),
)


@pytest.mark.parametrize(
    ("competency", "item", "revision", "day", "code"),
    [
        ("P5", "bank#a", 8, 100.0, "P5@100"),
        ("P5", "bank#a", 8, 99.9, "P5"),
        ("P5", "bank#a", 7, 130.0, "P5"),
        ("P5", "bank#b", 7, 130.0, "P5@100"),
        ("P5", "bank#c", 8, 130.0, "P5"),
        ("P6", "bank#a", 8, 130.0, "P6"),
    ],
)
def test_a_change_touches_exactly_what_rests_on_it(
    competency: str, item: str, revision: int, day: float, code: str
) -> None:
    assert routed(competency, item, revision, day, [CHANGE]) == code


def test_the_latest_change_takes_the_answers() -> None:
    later = replace(CHANGE, since=200.0, items=frozenset({"bank#a"}))
    assert routed("P5", "bank#a", 8, 250.0, [later, CHANGE]) == "P5@200"
    assert routed("P5", "bank#b", 8, 250.0, [later, CHANGE]) == "P5@100"
    assert open_on([CHANGE, later], 250.0) == [CHANGE, later]
    whole = replace(later, items=CHANGE.items)
    assert open_on([CHANGE, whole], 250.0) == [whole]
    assert open_on([CHANGE, whole], 150.0) == [CHANGE]


def test_of_a_rule_nobody_was_asked_about_nothing_is_shown() -> None:
    """However able somebody is in general."""
    ledger = Ledger(starts={"P5@100": (-0.75, 0.8)})
    history = [right(n / 4, f"q{n}", f"P{n % 12 + 1}") for n in range(160)]
    person = replayed(ledger, history)
    unasked = Facet(
        estimate=estimate(ledger, person, "P5@100", 100.0),
        share=0.4,
        why="",
        since=100.0,
    )
    assert reaches(unasked.estimate, SUPERVISED)
    assert not unasked.is_shown
    ledger.update(person, right(100.0, "new", "P5@100"))
    asked = replace(unasked, estimate=estimate(ledger, person, "P5@100", 101.0))
    assert asked.is_shown


def test_a_check_of_four_questions_shows_the_new_rule() -> None:
    """Who knew the old rule well needs four right answers for the changed part."""
    ledger = Ledger(starts={"P5@100": (-0.75, 0.8)})
    history = [right(float(n), f"q{n}") for n in range(14)]
    person = replayed(ledger, history)
    before = Facet(
        estimate=estimate(ledger, person, "P5@100", 100.0),
        share=0.4,
        why="",
        since=100.0,
    )
    assert not before.is_shown
    for n in range(4):
        ledger.update(person, right(100.0 + n / 10, f"new{n}", "P5@100"))
    after = replace(before, estimate=estimate(ledger, person, "P5@100", 101.0))
    assert after.is_shown


def test_the_due_day_is_where_the_line_is_crossed() -> None:
    ledger = Ledger()
    person = replayed(ledger, [right(n / 2, f"q{n}") for n in range(14)])
    days = due_in(ledger, person, "P5", 7.0)
    assert 1 < days < LONGEST
    assert holds(estimate(ledger, person, "P5", 7.0 + days))
    assert not holds(estimate(ledger, person, "P5", 7.0 + days + 0.5))
    now = estimate(ledger, person, "P5", 6.5)
    mean_only = closed_form(now, ledger.constants.forgetting, ledger.constants.pace)
    assert days <= mean_only


def test_who_is_below_is_due_now_and_nothing_lasts_for_ever() -> None:
    ledger = Ledger()
    assert due_in(ledger, ledger.newcomer(), "P5", 0.0) == 0
    expert = replayed(ledger, [right(n / 9, f"q{n}") for n in range(200)])
    assert due_in(ledger, expert, "P5", 23.0) == LONGEST


def test_what_moved_a_figure_adds_up_to_it() -> None:
    ledger = Ledger()
    history = [
        right(1.0, "a"),
        replace(right(2.0, "b"), outcome=0.0),
        right(3.0, "c", "C1"),
    ]
    found = moves(ledger, history, "P5")
    person = replayed(ledger, history)
    total = person.general.mean + person.skills["P5"].mean
    assert sum(move.points for move in found) == pytest.approx(total)
    assert found[1].points < 0 < found[2].points
    assert strongest(found, 1)[0].place in {0, 1}


def test_every_success_offered_would_raise_the_figure() -> None:
    ledger = Ledger()
    person = replayed(ledger, [right(1.0, "a")])
    found = chances(ledger, person, "P5", 2.0)
    assert [c.points for c in found] == sorted((c.points for c in found), reverse=True)
    assert all(chance.points > 0 for chance in found)
    assert person == replayed(ledger, [right(1.0, "a")])


CANDIDATES = [
    Candidate(item=f"bank#{code}{n}", competency=code, guess=guess)
    for code in ("P5", "P6", "C1")
    for n, guess in enumerate((0.0, 0.2, 0.45))
]


def test_the_placement_asks_what_says_most_and_not_the_same_of_all() -> None:
    ledger = Ledger()
    newcomer = ledger.newcomer()
    first = {
        next_question(ledger, newcomer, CANDIDATES, seed) for seed in map(str, range(9))
    }
    assert len(first) > 1
    assert all(each and each.guess < 0.45 for each in first)
    one = next_question(ledger, newcomer, CANDIDATES, "7")
    assert one == next_question(ledger, newcomer, CANDIDATES, "7")
    assert next_question(ledger, newcomer, [], "7") is None


def test_the_placement_stops_when_sure_or_at_its_end() -> None:
    codes = ("P5", "P6", "C1")
    known = Questions(
        Part(0.0, 0.01),
        {code: Part(0.0, 0.05) for code in codes},
        {f"q{n}": Part(0.0, 0.05) for n in range(25)},
    )
    ledger = Ledger(placing(DEFAULTS), known)
    person = ledger.newcomer()
    assert error(ledger, person, codes, 0.0) == pytest.approx(1.1**0.5)
    assert is_done(ledger, person, codes, 24, 0.0)
    for n in range(25):
        assert n > 12 or not is_done(ledger, person, codes, n, 0.0)
        each = right(0.0, f"q{n}", codes[n % 3])
        ledger.update(person, replace(each, outcome=float(n % 2)))
    assert is_done(ledger, person, codes, 0, 0.0)


@given(st.lists(st.booleans(), max_size=15), st.integers(0, 200))
@settings(deadline=None)
def test_a_change_leaves_other_competencies_alone(answers: list[bool], on: int) -> None:
    """With or without a change of P5, what is believed of P6 alone is the same."""
    history = [
        replace(right(float(n), f"q{n}", "P6"), outcome=float(a))
        for n, a in enumerate(answers)
    ]
    plain = replayed(Ledger(), history)
    changed = Ledger(starts={"P5@5": (-0.75, 0.8)})
    assert replayed(changed, history) == plain
    assert estimate(changed, plain, "P6", float(on)) == estimate(
        Ledger(), plain, "P6", float(on)
    )
