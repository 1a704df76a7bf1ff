"""Reading a bank: every text gives questions, or every mistake with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.quizzes.banks import COMMON
from tests.quizzes.banks import HEAD
from tests.quizzes.banks import make_text
from tests.quizzes.test_types import NUMBER
from tests.quizzes.test_types import SINGLE
from trainer.quizzes.domain.bank import parse
from trainer.quizzes.domain.question import Asks

FIRST = HEAD.count("\n") + 1
"""Line of the first line behind the header."""

CASE = """- id: li
  type: case
  stem: 李某 2026-09-21 来窗口。
  competency: P5
  difficulty: 3
  asks: case
  on: 2026-09-21
  cites: [rent-withdrawal#answer]
  questions:
    - id: li-can
      type: true_false
      stem: 能办。
      answer: true
      explanation: 能。
    - id: li-how-much
      type: number
      competency: R3
      stem: 能提多少？
      answer: 1500
      unit: 元
      explanation: 按月。
"""


def mistakes_of(text: str) -> list[tuple[int, str]]:
    return [(mistake.line, mistake.message) for mistake in parse(text).mistakes]


def test_a_question_is_read_with_all_it_says() -> None:
    found = parse(make_text(SINGLE + "  tags: [时点]\n  marks: 2.5\n"))
    assert found.mistakes == ()
    assert found.bank is not None
    (question,) = found.bank.questions
    assert (question.id, question.type, question.topic) == ("q1", "single", "withdraw")
    assert (question.competency, question.difficulty) == ("P5", 2)
    assert (question.asks, question.on, question.case) == (Asks.RULE, None, None)
    assert (str(question.marks), question.tags) == ("2.5", ("时点",))
    assert [(c.slug, c.section) for c in question.cites] == [
        ("rent-withdrawal", "answer")
    ]
    assert question.line == FIRST


def test_questions_of_a_case_take_from_it_what_they_do_not_say() -> None:
    found = parse(HEAD + CASE)
    assert found.mistakes == ()
    assert found.bank is not None
    can, how_much = found.bank.questions
    assert can.case is not None
    assert can.case == how_much.case
    assert "李某" in can.case.stem
    assert (can.competency, how_much.competency) == ("P5", "R3")
    assert can.on == how_much.on
    assert can.cites == how_much.cites


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "文件须以一行"),
        (HEAD.replace("questions", "guide") + "[]", 3, "“kind”应是 questions"),
        (HEAD + "a: 1", FIRST, "不认识的键“a”"),
        (HEAD + "- id: [", FIRST, "不是合法的 YAML"),
        (HEAD, FIRST - 1, "缺少“questions”"),
        (make_text("  type: choose\n  stem: x\n"), FIRST + 6, "“type”只能是"),
        (make_text(SINGLE.replace("stem", "steam")), FIRST + 7, "不认识的键“steam”"),
        (make_text(SINGLE + "  items: [a, b]\n"), FIRST + 12, "这里不用“items”"),
        (make_text(SINGLE.replace(", correct: true", "")), FIRST + 9, "没有标出正确的"),
        (
            make_text(SINGLE.replace("why:", "correct: true, why:", 1)),
            FIRST + 9,
            "单选题",
        ),
        (make_text(SINGLE, COMMON.replace("P5", "")), FIRST, "缺少“competency”"),
        (make_text(SINGLE, COMMON.replace("2\n", "4\n")), FIRST + 2, "1 到 3 的整数"),
        (make_text(SINGLE, COMMON.replace("rule", "case")), FIRST, "要写明“on”"),
        (make_text(SINGLE + "  on: 2026-02-30\n"), FIRST + 12, "应是日期"),
        (make_text(SINGLE, COMMON.replace("#", "/")), FIRST + 5, "文章标识#小节标识"),
        (make_text(SINGLE + "  marks: 0\n"), FIRST + 12, "应大于 0"),
        (HEAD + CASE.replace("li-can", "li"), FIRST + 9, "第 11 行已有"),
        (
            make_text("  type: blanks\n  stem: 空 {{2}}\n  blanks: [[a]]\n"),
            FIRST + 8,
            "应依次写作 {{1}} 到 {{1}}",
        ),
        (
            make_text("  type: number\n  stem: 几？\n  answer: 约五\n"),
            FIRST + 8,
            "应是一个数",
        ),
        (
            make_text("  type: number\n  stem: 几？\n  formula: none\n"),
            FIRST + 8,
            "没有公式“none”",
        ),
        (
            make_text("  type: order\n  stem: 排\n  items: [a, b]\n"),
            FIRST + 8,
            "3 到 8 项",
        ),
        (
            make_text("  type: match\n  stem: 配\n  pairs: [{left: a, right: b}]\n"),
            FIRST + 8,
            "2 到 8 对",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, line: int, words: str) -> None:
    found = mistakes_of(text)
    assert found, "no mistake"
    assert [told for at, told in found if at == line and words in told], found


def test_an_input_that_the_formula_does_not_have_is_a_mistake() -> None:
    wrong = make_text(NUMBER.replace("home: first", "home: first, method: equal"))
    (told,) = mistakes_of(wrong)
    assert told[1].startswith("公式没有“method”")


def test_an_answer_that_is_not_what_the_formula_gives_is_a_mistake() -> None:
    own = """  type: number
  stem: 封存到今天满几个月？
  on: 2026-11-22
  formula: sealed-months
  inputs: {sealed_on: 2026-05-23}
  answer: 6
  unit: 个月
"""
    assert [told for _, told in mistakes_of(make_text(own))] == [
        "“answer”与公式算出的 5 不一致"
    ]
    assert mistakes_of(make_text(own.replace("answer: 6", "answer: 5"))) == []


PIECES = st.text("- id: type\n  stem[]{}|'\"甲\t#?,:&*!", max_size=80)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), PIECES), st.booleans())
def test_no_text_makes_the_parser_raise(text: str, headed: bool) -> None:  # noqa: FBT001  (drawn)
    found = parse(HEAD + text if headed else text)
    assert (found.bank is None) == bool(found.mistakes)
