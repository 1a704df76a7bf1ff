"""The rules of read duties, against a plain reading of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.courses.domain.audience import Audience
from trainer.courses.domain.audience import Work
from trainer.courses.domain.duties import News
from trainer.courses.domain.duties import Receipt
from trainer.courses.domain.duties import Rule
from trainer.courses.domain.duties import RuleMistakeError
from trainer.courses.domain.duties import RuleText
from trainer.courses.domain.duties import Stage
from trainer.courses.domain.duties import Standing
from trainer.courses.domain.duties import duties
from trainer.courses.domain.duties import must_make_sense
from trainer.courses.domain.duties import news_of
from trainer.courses.domain.readiness import Readiness
from trainer.courses.domain.readiness import burnup

DAY = date(2026, 11, 22)
DAYS = st.dates(DAY - timedelta(days=20), DAY + timedelta(days=20))
KEYS = st.frozensets(st.integers(1, 3), max_size=2)
CODES = st.frozensets(st.sampled_from(("withdraw", "loan", "deposit")), max_size=2)
AUDIENCES = st.builds(Audience, sites=KEYS, organisations=KEYS, lines=CODES)
WORKS = st.builds(
    Work,
    person=st.just(1),
    site=st.integers(1, 3),
    organisation=st.integers(1, 3),
    lines=CODES,
    begins_on=DAYS,
)
TEXTS = st.builds(
    RuleText,
    name=st.sampled_from(("甲", "乙")),
    audience=AUDIENCES,
    topics=CODES,
    days=st.integers(1, 30),
    since=DAYS,
    until=st.none() | DAYS,
)


@st.composite
def many_rules(draw: st.DrawFn) -> list[Rule]:
    texts = draw(st.lists(TEXTS, max_size=4))
    return [Rule(id=n, text=text, edit=1) for n, text in enumerate(texts, start=1)]


@st.composite
def much_news(draw: st.DrawFn) -> list[News]:
    count = draw(st.integers(0, 4))
    return [
        News(
            revision=n,
            slug=f"text-{n}",
            number=1,
            title=f"第{n}篇",
            line=draw(st.sampled_from(("withdraw", "loan"))),
            note="",
            content_hash=str(n),
            known_on=draw(DAYS),
            effective_from=draw(DAYS),
            replaced_on=draw(st.none() | DAYS),
        )
        for n in range(1, count + 1)
    ]


@given(st.lists(WORKS, max_size=2), many_rules(), much_news())
def test_who_must_read_what_is_just_what_the_rules_say(
    works: list[Work], rules: list[Rule], news: list[News]
) -> None:
    wanted = {
        (each.revision, rule.id)
        for each in news
        for rule in rules
        for work in works
        if rule.text.since <= each.known_on <= DAY
        if rule.text.until is None or rule.text.until > DAY
        if each.replaced_on is None or each.replaced_on > DAY
        if not rule.text.topics or each.line in rule.text.topics
        if not rule.text.audience.sites or work.site in rule.text.audience.sites
        if not rule.text.audience.organisations
        or work.organisation in rule.text.audience.organisations
        if not rule.text.audience.lines or rule.text.audience.lines & work.lines
    }
    found = duties(works, rules, news, DAY)
    assert {(d.news.revision, r.rule) for d in found for r in d.reasons} == wanted
    assert len({duty.news.revision for duty in found}) == len(found)


@given(st.lists(WORKS, max_size=2), many_rules(), much_news(), st.randoms())
def test_no_order_matters_and_asking_again_changes_nothing(
    works: list[Work], rules: list[Rule], news: list[News], dice: Random
) -> None:
    found = duties(works, rules, news, DAY)
    for each in (rules, news):
        dice.shuffle(each)
    assert duties(works, rules, news, DAY) == found


@given(st.lists(WORKS, max_size=2), many_rules(), much_news(), TEXTS)
def test_one_rule_more_takes_nothing_away_and_never_gives_more_time(
    works: list[Work], rules: list[Rule], news: list[News], text: RuleText
) -> None:
    before = {d.news.revision: d.due for d in duties(works, rules, news, DAY)}
    more = [*rules, Rule(id=99, text=text, edit=1)]
    after = {d.news.revision: d.due for d in duties(works, more, news, DAY)}
    assert before.keys() <= after.keys()
    assert all(after[key] <= due for key, due in before.items())


@given(WORKS, many_rules(), much_news())
def test_nobody_is_late_on_the_day_he_arrives(
    work: Work, rules: list[Rule], news: list[News]
) -> None:
    arrived = replace(work, begins_on=DAY)
    assert all(duty.due > DAY for duty in duties([arrived], rules, news, DAY))


def make_news(**more: object) -> News:
    given_ = {
        "revision": 1,
        "slug": "rent",
        "number": 1,
        "title": "租房提取",
        "line": "withdraw",
        "note": "",
        "content_hash": "x",
        "known_on": DAY,
        "effective_from": DAY + timedelta(days=30),
        **more,
    }
    return News(**given_)  # type: ignore[arg-type]  # by name


def make_rule(**more: object) -> Rule:
    text = {"name": "提取必读", "since": DAY - timedelta(days=9), **more}
    return Rule(id=1, text=RuleText(**text), edit=1)  # type: ignore[arg-type]  # by name


WORK = Work(person=1, site=1, organisation=1, begins_on=date(2026, 1, 1))


def test_it_is_read_before_it_takes_effect_and_proved_after() -> None:
    (duty,) = duties([WORK], [make_rule(days=7)], [make_news()], DAY)
    assert duty.due == DAY + timedelta(days=29)
    assert duty.prove_by == DAY + timedelta(days=37)


def test_what_holds_already_is_read_in_the_days_given() -> None:
    (duty,) = duties([WORK], [make_rule(days=7)], [make_news(effective_from=DAY)], DAY)
    assert duty.due == duty.prove_by == DAY + timedelta(days=7)


def test_the_later_version_replaces_the_earlier_on_its_day() -> None:
    first = make_news(effective_from=DAY)
    second = make_news(revision=2, number=2, effective_from=DAY + timedelta(days=5))
    known = news_of([first, second])
    rules = [make_rule(since=DAY)]
    assert [d.news.number for d in duties([WORK], rules, known, DAY)] == [1, 2]
    day = DAY + timedelta(days=5)
    assert [d.news.number for d in duties([WORK], rules, known, day)] == [2]


def test_a_correction_of_the_same_day_replaces_too() -> None:
    first, second = make_news(), make_news(revision=2, number=2)
    (old, new) = news_of([first, second])
    assert old.replaced_on == first.effective_from
    assert new.replaced_on is None


def standing(**more: object) -> Standing:
    (duty,) = duties([WORK], [make_rule()], [make_news(effective_from=DAY)], DAY)
    given_ = {"duty": duty, "receipt": None, "on": DAY, **more}
    return Standing(**given_)  # type: ignore[arg-type]  # by name


READ = Receipt(revision=1, content_hash="x", read_on=DAY)


@pytest.mark.parametrize(
    ("more", "stage"),
    [
        ({}, Stage.READ),
        ({"asked": 2, "right": 2}, Stage.READ),
        ({"receipt": READ, "asked": 2, "right": 1}, Stage.ANSWER),
        ({"receipt": READ, "asked": 2, "right": 2}, Stage.DONE),
        ({"receipt": READ}, Stage.DONE),
        ({"receipt": READ, "on": DAY - timedelta(days=1)}, Stage.WAIT),
    ],
)
def test_what_is_left_is_said(more: dict[str, object], stage: Stage) -> None:
    assert standing(**more).stage is stage


def test_late_is_who_has_something_left_after_the_last_day() -> None:
    due = standing().due
    assert not standing(on=due).late
    assert standing(on=due + timedelta(days=1)).late
    assert not standing(receipt=READ, on=due + timedelta(days=1)).late


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "长" * 41},
        {"days": 0},
        {"days": 91},
        {"until": DAY - timedelta(days=9)},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(RuleMistakeError):
        must_make_sense(make_rule(**wrong).text)


@given(st.lists(DAYS, max_size=9), DAYS)
def test_a_burnup_rises_to_all_receipts_and_never_falls(
    read: list[date], on: date
) -> None:
    news = make_news(known_on=DAY - timedelta(days=20))
    shown = [day for day in read if day <= on]
    grown = burnup(news, range(9), shown, on)
    assert list(grown.counts) == sorted(grown.counts)
    assert grown.counts[-1] == len(shown)
    assert grown.of == 9


def test_ready_is_everybody_and_not_before() -> None:
    ready = Readiness(
        news=make_news(),
        site=1,
        obliged=frozenset(range(200)),
        read=dict.fromkeys(range(199), DAY),
        due=DAY,
    )
    assert ready.percent == 99
    assert ready.missing == {199}
    assert not ready.is_late(DAY)
    assert ready.is_late(DAY + timedelta(days=1))
