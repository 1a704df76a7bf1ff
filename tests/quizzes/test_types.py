"""Types of questions: what is drawn, shown, answered and scored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.quizzes.banks import every_question
from tests.quizzes.banks import make_question
from trainer.quizzes.domain.answers import NO_ANSWER
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.answers import Dice
from trainer.quizzes.domain.answers import shuffled
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.types import TYPES

QUESTIONS = {f"{q.type}-{q.id}": q for q in every_question()}

SINGLE = """  type: single
  stem: 哪一天起不再比较房租占收入的比例？
  options:
    - {text: 2026-09-20, correct: true}
    - {text: 2026-08-18, why: 这是公布的日子}
    - {text: 2026-08-10, why: 这是签署的日子}
"""
BLANKS = """  type: blanks
  stem: 封存满 {{1}} 个月，材料不齐要 {{2}} 告知。
  blanks: [[6, 六], [一次性, 一次]]
"""
ORDER = """  type: order
  stem: 排一排。
  items: [核身份, 查账户, 收材料, 录系统]
"""
MATCH = """  type: match
  stem: 配一配。
  pairs:
    - {left: 离职, right: 销户}
    - {left: 租房, right: 不销户}
    - {left: 退休, right: 销户}
  extra: [看情况]
"""
NUMBER = """  type: number
  stem: 贷款 {principal} 元，{years} 年，首套，2026-03-02 放款，等额本息每月还多少？
  on: 2026-03-02
  formula: loan-instalment
  values: {principal: [300000, 500000], years: [5, 20]}
  inputs: {principal: "{principal}", years: "{years}", home: first}
  tolerance: 0.01
  unit: 元
"""
ESSAY = """  type: essay
  stem: 怎样拒绝？
  points:
    - {text: 先说不能办, marks: 2}
    - {text: 再说怎样能办, marks: 3}
"""


def dice(seed: int) -> Dice:
    return Random(seed).randrange  # noqa: S311  (no secret)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_right_answer_gets_everything_and_no_answer_nothing(
    question: Question,
) -> None:
    for seed in range(3):
        drawn = question.body.draw(dice(seed), shuffle=bool(seed))
        right = question.body.solution(drawn).answer
        if right:
            assert question.body.read(right, drawn) == right
            assert question.body.score(right, drawn) == 1
        assert question.body.score(NO_ANSWER, drawn) == 0
        assert question.body.solution(drawn).words


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_what_is_drawn_again_is_the_same_and_shows_the_same(question: Question) -> None:
    first, again = (question.body.draw(dice(7), shuffle=True) for _ in range(2))
    assert first == again
    assert question.body.face(question.stem, first) == question.body.face(
        question.stem, again
    )


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_face_tells_no_answer(question: Question) -> None:
    """Reasons, key points and right numbers are nowhere in what a taker sees."""
    drawn = question.body.draw(dice(1), shuffle=True)
    shown = str(asdict(question.body.face(question.stem, drawn)))
    told = question.body.solution(drawn)
    secrets = [*told.whys.values(), question.explanation]
    secrets += told.words if question.type == "essay" else ()
    assert [secret for secret in secrets if secret in shown] == []


def parts_of(question: Question) -> Iterator[str]:
    face = question.body.face(question.stem, question.body.draw(dice(0), shuffle=False))
    for choice in (*face.choices, *face.targets):
        yield choice.key
    yield from ("", "true", "1234.5", "什么", "6")


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(QUESTIONS)), st.data())
def test_whatever_is_sent_is_an_answer_with_a_share_or_refused(
    name: str, data: st.DataObject
) -> None:
    question = QUESTIONS[name]
    drawn = question.body.draw(dice(3), shuffle=True)
    words = st.sampled_from(sorted(set(parts_of(question)))) | st.text(max_size=8)
    sent = data.draw(st.lists(words, max_size=9))
    try:
        answer = question.body.read(sent, drawn)
    except BadAnswerError:
        return
    assert question.body.read(answer, drawn) == answer
    share = question.body.score(answer, drawn)
    assert share is None or 0 <= share <= 1


def test_every_type_is_there_and_has_a_name() -> None:
    assert {question.type for question in QUESTIONS.values()} == set(TYPES)
    assert len({kind.name for kind in TYPES.values()}) == len(TYPES)


def test_an_option_that_is_not_there_or_a_second_one_is_refused() -> None:
    body = make_question(SINGLE).body
    drawn = body.draw(dice(0), shuffle=True)
    for sent in (["d"], ["a", "b"], ["correct"]):
        with pytest.raises(BadAnswerError):
            body.read(sent, drawn)
    assert body.read(["", "a"], drawn) == ("a",)
    assert body.score(("b",), drawn) == 0


def test_every_order_of_options_is_as_likely() -> None:
    random = Random(20261122)  # noqa: S311  (no secret)
    counts: dict[tuple[str, ...], int] = {}
    for _ in range(6000):
        order = tuple(shuffled("abc", random.randrange))
        counts[order] = counts.get(order, 0) + 1
    assert len(counts) == 6
    assert all(850 < count < 1150 for count in counts.values())  # 1000 expected


def test_blanks_take_every_wording_that_is_written_down() -> None:
    body = make_question(BLANKS).body
    for sent in (["6", "一次性"], ["六", "一次"], [" ６ ", "一 次 性"]):
        assert body.score(body.read(sent, ()), ()) == 1
    assert body.score(body.read(["5", "一次性"], ()), ()) == Fraction(1, 2)
    assert body.score(body.read(["", "一次性"], ()), ()) == Fraction(1, 2)
    with pytest.raises(BadAnswerError):
        body.read(["6"], ())


def test_an_order_is_never_shown_as_it_should_be() -> None:
    body = make_question(ORDER).body
    right = body.solution(()).answer
    for seed in range(200):
        assert body.draw(dice(seed), shuffle=False) != right
    for sent in (["a", "b"], ["a", "b", "c", "c"]):
        with pytest.raises(BadAnswerError):
            body.read(sent, right)


def test_two_things_may_have_one_partner() -> None:
    body = make_question(MATCH).body
    drawn = body.draw(dice(2), shuffle=True)
    assert len(body.face("", drawn).targets) == 3
    assert body.score(body.solution(drawn).answer, drawn) == 1
    assert body.score(body.read(["a", "", "a"], drawn), drawn) == Fraction(2, 3)


def test_a_number_is_worked_out_for_what_was_drawn() -> None:
    question = make_question(NUMBER)
    seen = set()
    for seed in range(40):
        drawn = question.body.draw(dice(seed), shuffle=False)
        seen.add(drawn)
        assert drawn[0] in question.body.face(question.stem, drawn).stem
    assert len(seen) == 4
    # By hand: 300,000 yuan, 20 years, 2.6 % a year.
    rate = 0.026 / 12
    monthly = 300_000 * rate * (1 + rate) ** 240 / ((1 + rate) ** 240 - 1)
    told = question.body.read([f" ￥{monthly:,.2f}元".replace("￥", "")], drawn)
    assert question.body.score(told, ("300000", "20")) == 1
    assert question.body.score(told, ("500000", "20")) == 0


@pytest.mark.parametrize("words", ["abc", "1e5", "--1", "1.2.3", "NaN", "Infinity"])
def test_what_is_no_number_is_refused(words: str) -> None:
    body = make_question(NUMBER).body
    with pytest.raises(BadAnswerError, match="请填一个数"):
        body.read([words], body.draw(dice(0), shuffle=False))


def test_words_wait_for_a_person_and_empty_ones_are_worth_nothing() -> None:
    question = make_question(ESSAY)
    assert question.marks == 5
    assert question.body.score(question.body.read(["先说不能办"], ()), ()) is None
    assert question.body.score(question.body.read(["  "], ()), ()) == 0
    with pytest.raises(BadAnswerError):
        question.body.read(["长" * 4001], ())


def test_how_easily_each_type_is_guessed() -> None:
    chances = {q.type: round(q.body.guess, 2) for q in every_question()}
    assert all(0 < chance <= 0.5 for chance in chances.values())
    assert chances["true_false"] == 0.5
    assert chances["blanks"] < chances["single"] < chances["true_false"]
