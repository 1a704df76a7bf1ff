"""GIFT: what others write, and our own back again."""

from __future__ import annotations

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
from trainer.quizzes.domain.exchange.gift import can_write
from trainer.quizzes.domain.exchange.gift import read_gift
from trainer.quizzes.domain.exchange.gift import write_gift
from trainer.quizzes.domain.exchange.items import item_of
from trainer.quizzes.domain.question import Question


def gift_of(questions: tuple[Question, ...] | list[Question]) -> str:
    return write_gift(item_of(question, can_write) for question in questions)


def text_of(name: str) -> str:
    return fixture(name).read_text("utf-8")


@pytest.mark.parametrize("path", banks(), ids=lambda path: path.stem)
def test_a_bank_that_goes_out_comes_in_as_it_was(path: Path) -> None:
    questions = banks()[path].questions
    found = read_gift(gift_of(questions), NOTHING)
    assert told(found) == []
    assert unplaced(found.questions) == unplaced(questions)


@settings(max_examples=80, deadline=None)
@given(QUESTIONS)
def test_whatever_goes_out_comes_in_as_it_was(questions: list[Question]) -> None:
    found = read_gift(gift_of(questions), NOTHING)
    assert told(found) == []
    assert unplaced(found.questions) == unplaced(questions)


def test_a_file_of_another_system() -> None:
    found = read_gift(text_of("bank.gift"), DEFAULTS)
    assert solutions(found) == [
        ("single", ("窗口",)),
        ("multiple", ("证件", "账户")),
        ("multiple", ("甲", "乙")),
        ("true_false", ("对",)),
        ("true_false", ("错",)),
        ("blanks", ("6 / 六",)),
        ("number", ("15000",)),
        ("number", ("3",)),
        ("match", ("租房 → 不销户", "退休 → 销户")),
        ("true_false", ("对",)),
        ("true_false", ("对",)),
    ]
    who, several, each, _, false, blank, _, between, *_, as_html, wide = found.drafts
    assert who.entry["id"] == "q-who"
    assert who.entry["tags"] == ["租房提取"] or who.entry["tags"] == ("租房提取",)
    assert who.entry["options"][1] == {"text": "银行", "why": "银行不收件"}  # type: ignore[index]  # a list
    assert (several.entry["rule"], each.entry["rule"]) == ("partial", "each")
    assert each.entry["explanation"] == "各得各的分"
    assert false.entry["explanation"] == "要书面"
    assert blank.entry["stem"] == "封存满{{1}}个月。"
    assert (between.entry["answer"], between.entry["tolerance"]) == ("3", "2")
    assert as_html.entry["stem"] == "1 < 2，\n对不对: {是}？"
    assert wide.entry["stem"] == "全角也是字：｛｝＝～，可以 = 这样\n写两行。"


def test_what_is_not_taken_over_says_why() -> None:
    assert told(read_gift(text_of("bad.gift"), DEFAULTS)) == [
        "第 1 行：这一段没有 { }，只是说明文字，没有带过来",
        "第 3 行：这道题用了全角的 ｛｝＝～；请选“全角符号按半角读”再导入",
        "第 5 行：一段里有几个 { }；题与题之间要空一行",
        "第 7 行：单选题写了几个 =；几项都对的请写成 ~%50%A ~%50%B 这样",
        "第 9 行：单选题里有得部分分的选项，本系统没有；请只留一个正确的",
        "第 11 行：看不懂 { } 里的答案；每个答案前要有 = 或 ~",
        "第 13 行：看不懂数值题的答案；请只写一个数或一个范围，例如 #15:0.1 或 #1..5",
        "第 15 行：各选项的得分比例和本系统的计分方式都对不上；请在导入时选“多选计分”",
        "第 17 行：题里的图片没有带过来；请改写成文字再导入",
        "第 20 行：本系统附带的那一行被改动过，读不了；请删去那一行，或重新导出",
    ]
    assert told(read_gift("\n// nothing\n", DEFAULTS)) == [
        "没有认出题目；GIFT 的每道题后面要有 { } 写答案，题与题之间空一行"
    ]


def test_signs_of_full_width_are_read_when_somebody_says_so() -> None:
    text = text_of("full-width.gift")
    assert "全角符号按半角读" in told(read_gift(text, DEFAULTS))[0]
    found = read_gift(text, DEFAULTS, full_width=True)
    assert solutions(found) == [("single", ("窗口",)), ("true_false", ("对",))]


def test_weights_that_fit_no_rule_take_the_one_the_importer_names() -> None:
    text = "各是多少分？{~%70%甲 ~%30%乙 ~丙}"
    found = read_gift(text, replace(DEFAULTS, rule="all"))
    assert solutions(found) == [("multiple", ("甲", "乙"))]


def test_what_was_changed_elsewhere_comes_in() -> None:
    path, bank = next(iter(banks().items()))
    question = next(q for q in bank.questions if q.type == "single")
    text = gift_of([question])
    changed = text.replace("####", "####改过。")
    (again,) = read_gift(changed, NOTHING).questions
    assert again.explanation == f"改过。{question.explanation}", path


SIGNS = st.text("{}=~#%:\\/$[]->甲 \n\tTF1.｛｝", max_size=60)


@settings(max_examples=150, deadline=None)
@given(SIGNS | st.text(max_size=40))
def test_no_text_makes_it_raise(text: str) -> None:
    found = read_gift(text, DEFAULTS)
    assert all(draft.question or draft.faults for draft in found.drafts)
    read_gift(text, DEFAULTS, full_width=True)
