"""Analysis: cases worked out by hand, and what is flagged."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.quizzes.sheets import ITEMS
from tests.quizzes.sheets import analyse
from tests.quizzes.sheets import analyse_papers
from tests.quizzes.sheets import item
from tests.quizzes.sheets import numbered
from tests.quizzes.sheets import right
from trainer.quizzes.domain.analysis.items import FIRM
from trainer.quizzes.domain.analysis.items import Flag
from trainer.quizzes.domain.analysis.items import ItemStatistics
from trainer.quizzes.domain.analysis.sheets import Outcome
from trainer.quizzes.domain.analysis.sheets import Sheet

Papers = list[list[Outcome]]

LADDER = [right(*"abcd"[:n]) for n in range(5)]
"""Nothing right, a, a and b, ... all: nobody knows the harder without the easier."""


FLOATS = [
    [
        Outcome(item=item(name), share=share)
        for name, share in zip("abc", row, strict=True)
    ]
    for row in ((0.1, 0.2, 0.3), (0.3, 0.2, 0.1))
]
"""Papers with the same sum; to a machine, .1 + .2 + .3 is not .3 + .2 + .1."""


def one_of(papers: Papers, name: str = "a") -> ItemStatistics:
    found = analyse_papers(papers).items
    return next(each for each in found if each.item == item(name))


def test_nobody_gives_no_figures() -> None:
    found = analyse([])
    assert found.items == ()
    assert (found.quiz.n, found.quiz.mean, found.quiz.pass_rate) == (0, None, None)
    assert found.quiz.histogram == (0,) * 10
    assert found.quiz.reliability.why == "答卷不到两份，还算不出信度"


def test_a_ladder_has_the_alpha_worked_out_by_hand() -> None:
    # Variances of the questions .2, .3, .3, .2, of the sums 2.5: 4/3 * (1 - 1/2.5).
    # In percent the deviation is 25 * sqrt(2.5), the error that * sqrt(1 - .8).
    quiz = analyse_papers(LADDER).quiz
    assert quiz.reliability.n == 5
    assert quiz.reliability.alpha == pytest.approx(0.8)
    assert quiz.deviation == pytest.approx(25 * 2.5**0.5)
    assert quiz.reliability.error == pytest.approx(25 * 0.5**0.5)
    assert (quiz.mean, quiz.median, quiz.pass_rate) == (50.0, 50.0, 0.2)
    assert quiz.histogram == (1, 0, 1, 0, 0, 1, 0, 1, 0, 1)


def test_a_ladder_has_the_correlation_worked_out_by_hand() -> None:
    # a: 0, 1, 1, 1, 1; the rest: 0, 0, 1, 2, 3. Products 1.2, squares .8 and 6.8.
    found = one_of(LADDER)
    assert found.item_rest == pytest.approx(1.2 / (0.8 * 6.8) ** 0.5)
    assert found.facility == pytest.approx(0.8)


def test_a_choice_is_counted_by_the_third_of_those_who_chose_it() -> None:
    a, b, c = one_of([*LADDER, LADDER[-1]]).choices
    assert (a.is_right, a.lower, a.middle, a.upper, a.count) == (True, 1, 2, 2, 5)
    assert (b.is_right, b.lower, b.middle, b.upper, b.count) == (False, 1, 0, 0, 1)
    assert (c.text, c.count) == ("丙", 0)


def test_only_what_is_ticked_has_choices() -> None:
    told = [Outcome(item=one, share=Fraction(1), given=("a",)) for one in ITEMS[:4]]
    single, decided, blank, unknown = analyse(numbered([told])).items
    assert [each.key for each in single.choices] == ["a", "b", "c"]
    assert [(each.key, each.is_right) for each in decided.choices] == [
        ("true", False),
        ("false", True),
    ]
    assert blank.choices == unknown.choices == ()


def test_another_wording_is_another_item() -> None:
    (old,) = right("a", all_of="a")
    found = analyse_papers([[old], [replace(old, item=item("a", "v2"))]]).items
    assert [(each.item.wording, each.n) for each in found] == [("v1", 1), ("v2", 1)]


def test_only_the_first_attempt_counts() -> None:
    fresh, again = Sheet(1, 1, tuple(right())), Sheet(1, 2, tuple(right(*"abcd")))
    alone = Sheet(2, 2, again.outcomes)  # the first one was given up
    quiz = analyse([again, fresh, alone]).quiz
    assert (quiz.n, quiz.mean) == (1, 0)


def test_what_is_not_graded_is_left_out_of_its_paper_only() -> None:
    done = right("a", "b", "c")
    pending = [*done[:3], replace(done[3], share=None)]
    found = analyse_papers([done, done, pending])
    assert found.quiz.histogram == (0, 0, 0, 0, 0, 0, 0, 2, 0, 1)
    assert [each.n for each in found.items] == [3, 3, 3, 2]


def test_a_few_other_papers_do_not_hide_alpha_many_do() -> None:
    other = right("a", all_of="abc")
    some = analyse_papers([*LADDER, *[other] * 4]).quiz.reliability
    assert some.n == 5
    assert some.alpha == pytest.approx(0.8)
    half = analyse_papers([*LADDER, *[other] * 5]).quiz.reliability
    assert (half.n, half.alpha, half.error) == (0, None, None)
    assert half.why == "各人的题不一样，信度只能用同一份卷子来算"


@pytest.mark.parametrize(
    ("papers", "why"),
    [
        ([right("a"), right("b")], "大家的得分都一样，算不出信度"),
        ([right("a", all_of="a"), right(all_of="a")], "卷子只有一道题，算不出信度"),
        ([right("a")], "答卷不到两份，还算不出信度"),
    ],
)
def test_why_there_is_no_alpha(papers: Papers, why: str) -> None:
    assert analyse_papers(papers).quiz.reliability.why == why


def test_equals_are_no_spread_however_floats_add_up() -> None:
    found = analyse_papers(FLOATS * 5)
    assert found.quiz.reliability.alpha is None
    assert found.quiz.deviation == 0
    assert found.items[1].item_rest is None


def test_equal_rests_are_no_spread_however_floats_add_up() -> None:
    papers = [
        [Outcome(item=item("d"), share=own), *told]
        for own in (0.0, 1.0)
        for told in FLOATS
    ]
    found = analyse_papers(papers).items[3]
    assert (found.item, found.item_rest) == (item("d"), None)


def test_a_result_at_the_pass_mark_passes_however_floats_add_up() -> None:
    told = [
        Outcome(item=item(name), share=0.8, marks=Decimal(marks))
        for name, marks in zip("abc", ("0.1", "0.2", "0.3"), strict=True)
    ]
    quiz = analyse_papers([told]).quiz
    assert (quiz.pass_rate, quiz.histogram[8]) == (1, 1)


def crowd(n: int, *, a: int) -> Papers:
    """Give n papers; the first ``a`` have a right and nothing else."""
    return [right("a") if at < a else right() for at in range(n)]


def test_few_people_raise_no_flag() -> None:
    few, enough = one_of(crowd(FIRM - 1, a=FIRM - 1)), one_of(crowd(FIRM, a=FIRM))
    assert (few.is_firm, few.flags) == (False, ())
    assert enough.is_firm
    assert enough.flags == (Flag.TOO_EASY, Flag.DEAD_DISTRACTOR)


@pytest.mark.parametrize(
    ("of_forty", "flags"),
    [
        (40, {Flag.TOO_EASY}),
        (39, {Flag.TOO_EASY}),
        (38, set()),
        (10, set()),
        (9, {Flag.TOO_HARD}),
    ],
)
def test_too_easy_and_too_hard(of_forty: int, flags: set[Flag]) -> None:
    told = one_of(crowd(40, a=of_forty)).flags
    assert set(told) - {Flag.DEAD_DISTRACTOR} == flags


def test_a_question_that_only_the_weak_get_right_is_negative() -> None:
    papers = [right("a")] * 20 + [right("b", "c")] * 20
    assert one_of(papers).item_rest == pytest.approx(-1)
    assert Flag.NEGATIVE in one_of(papers).flags
    assert Flag.NEGATIVE not in one_of(papers, "b").flags


def test_no_correlation_is_not_negative_however_floats_add_up() -> None:
    papers = [
        [Outcome(item=item("a"), share=own), Outcome(item=item("b"), share=other)]
        for own in (Fraction(1, 3), Fraction(2, 3))
        for other in (Fraction(1, 3), Fraction(2, 3), Fraction(5, 7))
    ]
    found = one_of(papers * 5)
    assert found.item_rest == pytest.approx(0)
    assert Flag.NEGATIVE not in found.flags


def test_a_distractor_that_somebody_chose_is_alive() -> None:
    papers = crowd(FIRM, a=20)
    assert Flag.DEAD_DISTRACTOR in one_of(papers).flags
    first, *others = right()
    third = [replace(first, given=("c",)), *others]
    assert Flag.DEAD_DISTRACTOR not in one_of([*papers, third]).flags


def test_a_right_choice_that_nobody_chose_is_no_distractor() -> None:
    first, *others = right()
    papers = [[replace(first, given=(key,)), *others] for key in "bc"]
    found = one_of(papers * FIRM)
    assert [choice.count for choice in found.choices] == [0, FIRM, FIRM]
    assert found.flags == (Flag.TOO_HARD,)
