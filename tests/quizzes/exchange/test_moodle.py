"""Moodle XML: what Moodle writes, and our own back again."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.quizzes.banks import banks
from tests.quizzes.banks import unplaced
from tests.quizzes.drawn import QUESTIONS
from tests.quizzes.exchange.reading import DEFAULTS
from tests.quizzes.exchange.reading import NOTHING
from tests.quizzes.exchange.reading import fixture
from tests.quizzes.exchange.reading import solutions
from tests.quizzes.exchange.reading import told
from trainer.quizzes.domain.exchange.items import item_of
from trainer.quizzes.domain.exchange.moodle import read_moodle
from trainer.quizzes.domain.exchange.moodle_writing import can_write
from trainer.quizzes.domain.exchange.moodle_writing import write_moodle
from trainer.quizzes.domain.question import Question


def xml_of(questions: tuple[Question, ...] | list[Question]) -> str:
    return write_moodle((item_of(q, can_write) for q in questions), "岗前")


@pytest.mark.parametrize("path", banks(), ids=lambda path: path.stem)
def test_a_bank_that_goes_out_comes_in_as_it_was(path: Path) -> None:
    questions = banks()[path].questions
    found = read_moodle(xml_of(questions).encode(), NOTHING)
    assert told(found) == []
    assert unplaced(found.questions) == unplaced(questions)


@settings(max_examples=80, deadline=None)
@given(QUESTIONS)
def test_whatever_goes_out_comes_in_as_it_was(questions: list[Question]) -> None:
    found = read_moodle(xml_of(questions), NOTHING)
    assert told(found) == []
    assert unplaced(found.questions) == unplaced(questions)


def test_signs_that_no_xml_holds_do_not_break_the_file() -> None:
    question = next(iter(banks().values())).questions[0]
    odd = replace(question, stem="一\r二\x07三")
    (again,) = read_moodle(xml_of([odd]), NOTHING).questions
    assert again.stem == "一\r二三"


def test_a_file_of_moodle() -> None:
    found = read_moodle(fixture("bank.xml").read_bytes(), DEFAULTS)
    assert solutions(found) == [
        ("single", ("窗口",)),
        ("multiple", ("证件", "账户", "合同")),
        ("true_false", ("对",)),
        ("blanks", ("6 / 六",)),
        ("number", ("15000 元",)),
        ("match", ("租房 → 不销户", "退休 → 销户")),
        ("order", ("核身份", "查账户", "录系统")),
        ("essay", ("先说缺什么（2）", "再说怎样补（3）")),
    ]
    who, several, *_ = found.questions
    assert (who.id, who.competency, who.tags) == ("q-who", "R3", ("时点", "租房提取"))
    assert who.stem == "由谁告知？\n选一项。"
    assert (who.explanation, str(who.marks)) == ("收件的窗口。", "2")
    assert who.body.solution(("a", "b")).whys == {"b": "银行不收件"}
    assert (several.id, several.competency) == ("q-1", "P5")


def test_what_is_not_taken_over_says_why() -> None:
    assert told(read_moodle(fixture("bad.xml").read_bytes(), DEFAULTS)) == [
        "第 2 行：“cloze”这种题没有带过来；请改成选择、判断、填空等题型",
        "第 3 行：“calculated”这种题没有带过来；请改成选择、判断、填空等题型",
        "第 4 行：看不出这道判断题是对是错；请从 Moodle 重新导出",
        "第 5 行：“约”不是一个数；请从 Moodle 重新导出",
        "第 6 行：数值题有几个得分的答案，本系统没有；请只留一个",
        "第 7 行：各选项的得分比例和本系统的计分方式都对不上；请在导入时选“多选计分”",
        "第 8 行：填空题的答案里有代表任意字的 *，本系统没有；请写出每种写法",
        "第 9 行：题里的图片没有带过来；请改写成文字再导入",
        "第 10 行：“much”不是一个数；请从 Moodle 重新导出",
    ]
    again = read_moodle(
        fixture("bad.xml").read_bytes(), replace(DEFAULTS, rule="partial")
    )
    assert len(again.questions) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "不是合法的 XML"),
        ("<quiz>", "不是合法的 XML"),
        ("<html/>", "这不是 Moodle XML"),
        ("<quiz/>", "没有题目"),
        ('<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>', "为了安全没有打开"),
    ],
)
def test_a_file_that_is_not_read_says_why(text: str, words: str) -> None:
    (message,) = told(read_moodle(text.encode(), DEFAULTS))
    assert words in message


def test_what_moodle_loses_comes_from_tags_and_defaults() -> None:
    """Moodle passes over what it does not know: only our own element is lost."""
    questions = [
        question
        for question in next(iter(banks().values())).questions
        if question.type in {"single", "true_false"} and not question.case
    ]
    text = re.sub(r"<trainer>.*?</trainer>", "", xml_of(questions))
    text = re.sub(r'<question type="category">.*\n', "", text)
    found = read_moodle(text, NOTHING)
    assert told(found) == []
    assert unplaced(found.questions) == unplaced(questions)


PIECES = st.sampled_from(
    [
        '<question type="multichoice">',
        '<question type="essay">',
        "</question>",
        "<questiontext><text>甲</text></questiontext>",
        '<answer fraction="50"><text>乙</text></answer>',
        "<single>false</single>",
        "<trainer>{}</trainer>",
        "<defaultgrade>x</defaultgrade>",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=30))
def test_no_text_makes_it_raise(text: str) -> None:
    found = read_moodle(f"<quiz>{text}</quiz>", DEFAULTS)
    assert all(draft.question or draft.faults for draft in found.drafts)
