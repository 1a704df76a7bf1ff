"""The rules of assignment, against a plain reading of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.courses.domain.assigning import Assigned
from trainer.courses.domain.assigning import AssignmentMistakeError
from trainer.courses.domain.assigning import AssignRule
from trainer.courses.domain.assigning import AssignText
from trainer.courses.domain.assigning import Waiver
from trainer.courses.domain.assigning import WaiverMistakeError
from trainer.courses.domain.assigning import Waivers
from trainer.courses.domain.assigning import assigned
from trainer.courses.domain.assigning import must_give_reason
from trainer.courses.domain.assigning import must_make_sense
from trainer.courses.domain.audience import AWAY
from trainer.courses.domain.audience import Audience
from trainer.courses.domain.audience import Ranks
from trainer.courses.domain.audience import Stay
from trainer.courses.domain.audience import Tier
from trainer.courses.domain.audience import Work
from trainer.courses.domain.audience import arrival
from trainer.courses.domain.audience import works_on
from trainer.courses.domain.terms import GRACE
from trainer.courses.domain.terms import NO_DATES
from trainer.courses.domain.terms import Anchor
from trainer.courses.domain.terms import Dates
from trainer.courses.domain.terms import Effective
from trainer.courses.domain.terms import Term

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
COURSES = ("first-week", "loan", "refresher")
DAYS = st.dates(DAY - timedelta(days=200), DAY + timedelta(days=60))
KEYS = st.frozensets(st.integers(1, 3), max_size=2)
CODES = st.frozensets(st.sampled_from(("withdraw", "loan", "deposit")), max_size=2)
AUDIENCES = st.builds(
    Audience,
    people=st.frozensets(st.integers(1, 5), max_size=3),
    sites=KEYS,
    organisations=KEYS,
    lines=CODES,
    tiers=st.frozensets(st.sampled_from(Tier), max_size=2),
    arrived_from=st.none() | DAYS,
    arrived_to=st.none() | DAYS,
    tenure_least=st.none() | st.integers(0, 120),
    tenure_most=st.none() | st.integers(0, 200),
)
TERMS = st.one_of(
    st.builds(Term, anchor=st.just(Anchor.ARRIVAL), days=st.integers(-9, 60)),
    st.builds(Term, anchor=st.just(Anchor.DAY), day=DAYS),
    st.builds(
        Term,
        anchor=st.just(Anchor.EFFECTIVE),
        policy=st.sampled_from(("rent", "unknown")),
        days=st.integers(-9, 9),
    ),
    st.builds(
        Term,
        anchor=st.sampled_from((Anchor.EXPIRY, Anchor.AUTHORISATION)),
        days=st.integers(-60, 0),
    ),
)
TEXTS = st.builds(
    AssignText,
    name=st.sampled_from(("甲", "乙")),
    courses=st.frozensets(st.sampled_from(COURSES), min_size=1),
    audience=AUDIENCES,
    term=TERMS,
    since=DAYS,
    until=st.none() | DAYS,
)
STAYS = st.builds(
    Stay,
    person=st.integers(1, 5),
    site=st.integers(1, 3),
    organisation=st.integers(1, 3),
    lines=CODES,
    begins_on=DAYS,
    ends_on=st.none() | DAYS,
)
PAIRS = st.tuples(st.integers(1, 5), st.sampled_from(COURSES))
DATES = st.builds(
    Dates,
    effective=st.fixed_dictionaries({"rent": st.builds(Effective, DAYS, DAYS)}),
    ends=st.dictionaries(PAIRS, DAYS, max_size=3),
    authorised=st.dictionaries(PAIRS, DAYS, max_size=3),
)
RANKS = st.builds(
    Ranks,
    leaders=st.frozensets(st.integers(1, 5), max_size=2),
    alone=st.dictionaries(st.integers(1, 5), CODES, max_size=3),
)


@st.composite
def many_rules(draw: st.DrawFn) -> list[AssignRule]:
    texts = draw(st.lists(TEXTS, max_size=5))
    return [AssignRule(id=n, text=text, edit=1) for n, text in enumerate(texts, 1)]


@st.composite
def people_at_work(draw: st.DrawFn) -> list[Work]:
    stays, ranks = draw(st.lists(STAYS, max_size=8)), draw(RANKS)
    found = works_on(stays, DAY, ranks).values()
    return [work for places in found for work in places]


def is_meant(a: Audience, work: Work) -> bool:
    """Read an audience word by word."""
    tenure = (DAY - work.arrival).days
    wrong = (
        a.people and work.person not in a.people,
        a.sites and work.site not in a.sites,
        a.organisations and work.organisation not in a.organisations,
        a.lines and not a.lines & work.lines,
        a.tiers and work.tier not in a.tiers,
        a.arrived_from and work.arrival < a.arrived_from,
        a.arrived_to and work.arrival >= a.arrived_to,
        a.tenure_least is not None and tenure < a.tenure_least,
        a.tenure_most is not None and tenure > a.tenure_most,
    )
    return not any(wrong)


def runs_out(term: Term, who: tuple[int, str], dates: Dates) -> bool:
    """Tell whether what ends is close enough to its end; always, of what does not."""
    if not term.counts_down:
        return True
    ends = dates.ends if term.anchor is Anchor.EXPIRY else dates.authorised
    end = ends.get(who)
    return end is not None and end + timedelta(days=term.days) <= DAY


@given(people_at_work(), many_rules(), DATES)
def test_everybody_who_is_meant_is_asked_and_nobody_else_nor_twice(
    works: list[Work], rules: list[AssignRule], dates: Dates
) -> None:
    wanted = {
        (work.person, course, rule.id)
        for rule in rules
        for work in works
        for course in rule.text.courses
        if rule.text.since <= DAY
        if rule.text.until is None or rule.text.until > DAY
        if is_meant(rule.text.audience, work)
        if runs_out(rule.text.term, (work.person, course), dates)
    }
    found = assigned(works, rules, DAY, dates=dates)
    told = [(each.person, each.course, r.rule) for each in found for r in each.reasons]
    assert set(told) == wanted
    assert len(told) == len(wanted), "no reason stands there twice"
    assert len({(a.person, a.course) for a in found}) == len(found)
    days = [[r.due or date.max for r in each.reasons] for each in found]
    assert all((a.due or date.max) == min(d) for a, d in zip(found, days, strict=True))


@given(
    st.lists(STAYS, max_size=8),
    many_rules(),
    DATES,
    RANKS,
    st.randoms(use_true_random=False),
)
def test_no_order_of_arrivals_moves_and_rules_matters_and_once_more_is_the_same(
    stays: list[Stay],
    rules: list[AssignRule],
    dates: Dates,
    ranks: Ranks,
    dice: Random,
) -> None:
    def today() -> list[Assigned]:
        places = works_on(stays, DAY, ranks).values()
        works = [work for own in places for work in own]
        dice.shuffle(works)
        return assigned(works, rules, DAY, dates=dates)

    found = today()
    for known in (stays, rules):
        dice.shuffle(known)
    assert today() == found
    stays += stays
    assert today() == found, "what was told twice is told once"


@given(people_at_work(), many_rules(), DATES, TEXTS)
def test_one_rule_more_takes_nothing_away_and_never_gives_more_time(
    works: list[Work], rules: list[AssignRule], dates: Dates, text: AssignText
) -> None:
    def due(known: list[AssignRule]) -> dict[tuple[int, str], date]:
        found = assigned(works, known, DAY, dates=dates)
        return {(a.person, a.course): a.due or date.max for a in found}

    before, after = due(rules), due([*rules, AssignRule(id=99, text=text, edit=1)])
    assert before.keys() <= after.keys()
    assert all(after[key] <= day for key, day in before.items())


@given(people_at_work(), many_rules())
def test_nobody_is_late_on_the_day_he_comes(
    works: list[Work], rules: list[AssignRule]
) -> None:
    newcomers = [replace(w, begins_on=DAY, arrived_on=DAY) for w in works]
    found = assigned(newcomers, rules, DAY, dates=NO_DATES)
    assert all(each.due is None or each.due >= DAY for each in found)


@given(people_at_work(), many_rules(), DATES)
def test_an_assignment_that_names_somebody_reaches_nobody_else(
    works: list[Work], rules: list[AssignRule], dates: Dates
) -> None:
    for rule in rules:
        named = rule.text.audience.people
        found = assigned(works, [rule], DAY, dates=dates)
        assert not named or {each.person for each in found} <= named


WORK = Work(person=1, site=1, organisation=1, begins_on=DAY, arrived_on=DAY)


def make_rule(**more: object) -> AssignRule:
    given_ = {
        "name": "新派驻30天上岗",
        "courses": frozenset({"first-week"}),
        "term": Term(anchor=Anchor.ARRIVAL, days=30),
        "since": date(2026, 1, 1),
        **more,
    }
    return AssignRule(id=1, text=AssignText(**given_), edit=1)  # type: ignore[arg-type]  # by name


def due(rule: AssignRule, work: Work = WORK, **dates: object) -> date | None:
    known = Dates(**dates)  # type: ignore[arg-type]  # by name
    (found,) = assigned([work], [rule], DAY, dates=known)
    return found.due


def test_days_count_from_arrival() -> None:
    assert due(make_rule()) == DAY + timedelta(days=30)


def test_a_day_that_was_over_before_he_came_gives_him_days_of_grace() -> None:
    rule = make_rule(term=Term(anchor=Anchor.DAY, day=date(2026, 11, 1)))
    assert due(rule) == DAY + timedelta(days=GRACE)


def test_a_policy_is_learnt_so_many_days_before_it_holds() -> None:
    rule = make_rule(term=Term(anchor=Anchor.EFFECTIVE, policy="rent", days=-3))
    assert due(rule) is None, "without a policy there is no day yet"
    effective = {"rent": Effective(date(2027, 1, 1), date(2026, 11, 1))}
    assert due(rule, effective=effective) == date(2026, 12, 29)


def test_what_ends_is_asked_for_before_its_end() -> None:
    rule = make_rule(term=Term(anchor=Anchor.EXPIRY, days=-30))
    assert assigned([WORK], [rule], DAY, dates=NO_DATES) == []
    end = DAY + timedelta(days=31)
    far = Dates(ends={(1, "first-week"): end})
    assert assigned([WORK], [rule], DAY, dates=far) == []
    near = {(1, "first-week"): end - timedelta(days=1)}
    assert due(rule, ends=near) == DAY + timedelta(days=29)


def test_a_course_is_asked_for_before_the_authorisation_ends() -> None:
    rule = make_rule(term=Term(anchor=Anchor.AUTHORISATION, days=-30))
    assert assigned([WORK], [rule], DAY, dates=NO_DATES) == []
    end = DAY + timedelta(days=30)
    ends = {(1, "first-week"): end}
    (found,) = assigned([WORK], [rule], DAY, dates=Dates(authorised=ends))
    assert found.due == end - timedelta(days=1)
    assert not found.reasons[0].again, "what is done and holds is enough"
    eve = DAY - timedelta(days=1)
    assert assigned([WORK], [rule], eve, dates=Dates(authorised=ends)) == []


def test_a_course_that_ran_out_gives_days_of_grace_from_then() -> None:
    old = replace(WORK, begins_on=date(2026, 1, 1), arrived_on=date(2026, 1, 1))
    assert due(make_rule(), old) == date(2026, 1, 31)
    ended = {(1, "first-week"): DAY}
    assert due(make_rule(), old, ends=ended) == DAY + timedelta(days=GRACE)


def test_a_waiver_frees_until_its_end_and_keeps_the_reasons() -> None:
    last = DAY + timedelta(days=1)
    waiver = Waiver(person=1, course="first-week", why="在外行办过", by=2, at=NOW)
    short = replace(waiver, until=last)
    for given_, on, free in ((waiver, last, True), (short, last, False)):
        waivers = Waivers(of={(1, "first-week"): [given_]})
        (found,) = assigned([WORK], [make_rule()], on, dates=NO_DATES, waivers=waivers)
        assert (found.waiver is not None) is free
        assert found.reasons


def stay(begins: int, ends: int | None) -> Stay:
    """Say from and to which day, counted from today."""
    last = None if ends is None else DAY + timedelta(days=ends)
    begin = DAY + timedelta(days=begins)
    return Stay(person=1, site=1, organisation=1, begins_on=begin, ends_on=last)


@pytest.mark.parametrize(
    ("stays", "days"),
    [
        ([stay(-10, None)], 10),
        ([stay(-300, -10), stay(-10, None)], 300),
        ([stay(-300, -10 - AWAY), stay(-10, None)], 300),
        ([stay(-300, -11 - AWAY), stay(-10, None)], 10),
        ([stay(-10, None), stay(-400, -5), stay(-900, -500)], 400),
    ],
)
def test_a_move_goes_on_and_a_long_absence_begins_anew(
    stays: list[Stay], days: int
) -> None:
    assert arrival(stays, DAY) == DAY - timedelta(days=days)


def test_who_is_not_there_has_not_arrived() -> None:
    assert arrival([stay(-10, 0)], DAY) is None
    assert arrival([stay(1, None)], DAY) is None


def test_a_new_line_alone_makes_somebody_new_again() -> None:
    ranks = Ranks(leaders=frozenset({9}), alone={1: frozenset({"withdraw"})})
    assert ranks.tier(1, {"withdraw", "loan"}) is Tier.IN_POST
    assert ranks.tier(1, {"loan"}) is Tier.ONBOARDING
    assert ranks.tier(2, {"withdraw"}) is Tier.ONBOARDING
    assert ranks.tier(9, ()) is Tier.LEADER


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "长" * 41},
        {"courses": frozenset[str]()},
        {"term": Term(anchor=Anchor.DAY)},
        {"term": Term(anchor=Anchor.ARRIVAL, day=DAY)},
        {"term": Term(anchor=Anchor.ARRIVAL, days=366)},
        {"term": Term(anchor=Anchor.EFFECTIVE)},
        {"term": Term(anchor=Anchor.EXPIRY, policy="rent")},
        {"term": Term(anchor=Anchor.EXPIRY, days=1)},
        {"term": Term(anchor=Anchor.AUTHORISATION, days=1)},
        {"until": date(2025, 12, 31)},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(AssignmentMistakeError):
        must_make_sense(make_rule(**wrong).text)


def test_the_examples_make_sense() -> None:
    must_make_sense(make_rule().text)


@pytest.mark.parametrize("wrong", [{"why": "短"}, {"until": DAY}])
def test_a_waiver_says_why_and_has_not_ended(wrong: dict[str, object]) -> None:
    waiver = Waiver(person=1, course="loan", why="在外行办过", by=2, at=NOW)
    must_give_reason(waiver, DAY)
    with pytest.raises(WaiverMistakeError):
        must_give_reason(replace(waiver, **wrong), DAY)  # type: ignore[arg-type]  # by name
