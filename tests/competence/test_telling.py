"""Why a figure is what it is, in words: what is read aloud adds up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.competence.domain.estimates import Account
from trainer.competence.domain.estimates import Estimate
from trainer.competence.domain.refreshing import Due
from trainer.competence.domain.refreshing import queue
from trainer.competence.domain.standing import Breadth
from trainer.competence.domain.standing import Facet
from trainer.competence.domain.standing import Standing
from trainer.competence.domain.telling import account
from trainer.competence.domain.telling import due_in_words
from trainer.competence.domain.telling import effect
from trainer.competence.domain.telling import next_step
from trainer.competence.domain.telling import outcome_in_words
from trainer.competence.domain.telling import strongest_first
from trainer.competence.domain.telling import weighed
from trainer.evidence.domain import FactKind

DAY = date(2026, 11, 22)


USUAL = Account(
    base=0.7, general=0.6, skill=0.9, difficulty=0.1, forgotten=0.5, days=9.0
)


def estimate(code: str = "P5", account: Account = USUAL) -> Estimate:
    return Estimate(
        code=code, account=account, sure=0.2, grown=0.3, scale=0.9, count=12
    )


def facet(mean: float, share: float = 0.3, why: str = "提取规定") -> Facet:
    return Facet(
        estimate=estimate("P5@1", replace(USUAL, skill=mean)),
        share=share,
        why=why,
        since=1.0,
    )


def standing(*facets: Facet, count: int = 12, **parts: float) -> Standing:
    breadth = Breadth(count=count, at_work=1, days=3)
    account_of = replace(USUAL, **parts)
    return Standing(
        code="P5", main=estimate(account=account_of), facets=facets, breadth=breadth
    )


SMALL = st.floats(-3, 3)


@given(
    general=SMALL,
    skill=SMALL,
    difficulty=SMALL,
    forgotten=st.floats(0, 2),
    facets=st.lists(st.tuples(SMALL, st.floats(0.05, 0.5)), max_size=2),
)
def test_what_is_read_aloud_adds_up_to_the_figure(
    general: float,
    skill: float,
    difficulty: float,
    forgotten: float,
    facets: list[tuple[float, float]],
) -> None:
    found = standing(
        *(facet(mean, share) for mean, share in facets),
        general=general,
        skill=skill,
        difficulty=difficulty,
        forgotten=forgotten,
    )
    steps = account(found)
    assert steps[0].points is None
    total = steps[0].total
    for step in steps[1:]:
        assert step.points is not None
        total += step.points
        assert step.total == total
    assert total == found.percent


def test_the_words_of_an_account() -> None:
    words = [step.words for step in account(standing(facet(-2.0)))]
    assert words == [
        "起点：一般同事在这一项上，估计能办对 63%",
        "各项合起来看，比一般同事强",
        "这一项的 12 次记录，比各项平均好",
        "已经 9 天没有练，会忘掉一些",
        "规定变了（提取规定），约占这一项的 30%，新规定还没有考过",
    ]
    shown = account(standing(facet(3.0)))[-1]
    assert shown.words.endswith("新规定已经考过")
    weak = [step.words for step in account(standing(general=-1.0, skill=-1.0))]
    assert weak[1:3] == [
        "各项合起来看，比一般同事弱",
        "这一项的 12 次记录，比各项平均差",
    ]


def test_somebody_unseen_has_a_beginning_and_nothing_else_to_tell() -> None:
    account_of = Account(
        base=0.7, general=0.0, skill=0.0, difficulty=0.0, forgotten=0.0, days=None
    )
    bare = Estimate(
        code="P5", account=account_of, sure=1.1, grown=1.1, scale=0.9, count=0
    )
    steps = account(Standing(code="P5", main=bare))
    assert [step.points for step in steps] == [None, 0]
    assert steps[-1].words == "还没有任何记录，先按一般同事来估"


def test_the_effect_of_a_fact_is_what_would_be_missing_without_it() -> None:
    found = standing(facet(0.0, 0.25))
    main, new = weighed(found)
    assert (main.share, new.share) == (0.75, 0.25)
    without = standing(facet(0.0, 0.25), skill=0.4)
    assert effect(main, 0.5) == pytest.approx(found.expected - without.expected)
    assert effect(main, -0.5) < 0
    assert effect(main, 0.0) == 0.0


def test_the_strongest_come_first_and_what_moves_nothing_is_left_out() -> None:
    effects = {1: 0.02, 2: -0.09, 3: 0.001, 4: 0.05}
    assert strongest_first(effects, 3) == [(2, -9), (4, 5), (1, 2)]
    assert strongest_first(effects, 9) == [(2, -9), (4, 5), (1, 2)]


def test_when_it_falls() -> None:
    assert due_in_words(0.0, DAY).startswith("现在就该练")
    assert due_in_words(10.7, DAY).startswith("不再练的话，到 2026-12-02（10 天后）")
    assert due_in_words(365.0, DAY).startswith("一年之内不练")
    assert "1 天后" in due_in_words(0.25, DAY)


def test_how_something_went() -> None:
    assert outcome_in_words(FactKind.QUIZ_ANSWER, 1.0) == "做对"
    assert outcome_in_words(FactKind.QUIZ_ANSWER, 0.0) == "做错"
    assert outcome_in_words(FactKind.QUIZ_ANSWER, 2 / 3) == "做对 67%"
    assert outcome_in_words(FactKind.OBSERVATION, 2 / 3) == "基本做对"
    assert outcome_in_words(FactKind.COSIGNED_CASE, 0.0) == "复核时改过"
    assert outcome_in_words(FactKind.RETURNED_FILE, 0.0) == "被退回"


def test_the_next_step_is_one_sentence() -> None:
    none: list[str] = []
    assert "还没有您的记录" in next_step(is_new=True, changed=none, due=none)
    told = next_step(is_new=False, changed=["租房、购房"], due=["投诉"])
    assert told.startswith("规定变了，“租房、购房”要重新考过")
    one = next_step(is_new=False, changed=none, due=["投诉"])
    assert one == "今天该练“投诉”。一组五题，大约五分钟。"
    four = next_step(is_new=False, changed=none, due=["甲", "乙", "丙", "丁"])
    assert four.startswith("今天该练 4 项，先练“甲”、“乙”、“丙”。")
    assert "没有到期的" in next_step(is_new=False, changed=none, due=none)


def test_changed_rules_are_due_first_then_what_is_nearest_to_its_line() -> None:
    def of(code: str, skill: float, *facets: Facet, count: int = 5) -> Standing:
        breadth = Breadth(count=count)
        main = estimate(code, replace(USUAL, skill=skill))
        return Standing(code=code, main=main, facets=facets, breadth=breadth)

    found = queue(
        [
            of("far", -2.0),
            of("near", 0.2),
            of("fresh", 5.0),
            of("unseen", -2.0, count=0),
            of("changed", 5.0, facet(-2.0)),
            of("shown", 5.0, facet(4.0)),
        ],
        {"P5@1": frozenset({"rent#days"})},
    )
    assert found == (
        Due("changed", frozenset({"rent#days"})),
        Due("near"),
        Due("far"),
    )
