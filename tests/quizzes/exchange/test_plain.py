"""Pasted text and Word files: every style of numbering, answers here or at the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.kit.files.wordfiles import docx
from tests.kit.files.wordfiles import level
from tests.kit.files.wordfiles import listing
from tests.kit.files.wordfiles import p
from tests.kit.files.wordfiles import restart
from tests.kit.files.wordfiles import shape
from tests.quizzes.exchange.reading import DEFAULTS
from tests.quizzes.exchange.reading import fixture
from tests.quizzes.exchange.reading import solutions
from tests.quizzes.exchange.reading import told
from trainer.kit.files.word import read_paragraphs
from trainer.quizzes.domain.exchange.dialects import OURS
from trainer.quizzes.domain.exchange.drafts import Read
from trainer.quizzes.domain.exchange.plain import read_text


def read(name: str) -> Read:
    return read_text(fixture(name).read_text("utf-8").splitlines(), OURS, DEFAULTS)


def read_lines(*lines: str) -> Read:
    return read_text(lines, None, DEFAULTS)


def test_answers_that_stand_with_their_questions() -> None:
    found = read("inline.txt")
    assert solutions(found) == [
        ("single", ("不要",)),
        ("single", ("收件的窗口",)),
        ("multiple", ("身份证件", "银行账户")),
        ("multiple", ("查询", "转移")),
        ("true_false", ("对",)),
        ("true_false", ("错",)),
        ("blanks", ("6 / 六", "一次性")),
        ("essay", ("先说缺什么（2）", "再说怎样补（3）")),
    ]
    questions = found.questions
    assert [str(q.marks) for q in questions] == ["2", "2", "4", "3", "1", "1", "1", "5"]
    assert questions[0].stem.startswith("2026年9月20日起")
    assert questions[0].explanation == "新条例不再比较。"
    assert (questions[0].difficulty, questions[1].difficulty) == (1, 2)
    assert questions[1].stem == "材料不齐，由（　）告知。"
    assert questions[2].explanation == "单位意见不收。\n这一行也是解析。"
    assert questions[4].stem == "代办要有委托书。"
    assert questions[5].stem == "1.5 万元以下不核验。"
    assert [draft.line for draft in found.drafts][:3] == [4, 10, 15]


def test_answers_at_the_end_of_the_text() -> None:
    found = read("at-the-end.txt")
    assert solutions(found) == [
        ("single", ("一",)),
        ("single", ("三",)),
        ("single", ("二",)),
        ("multiple", ("一", "二")),
        ("multiple", ("一", "二", "三")),
        ("true_false", ("对",)),
        ("true_false", ("错",)),
        ("blanks", ("六个月",)),
    ]
    assert found.questions[-1].explanation == "条例写明。"


def test_signs_of_full_width_and_types_in_brackets() -> None:
    assert solutions(read("full-width.txt")) == [
        ("single", ("窗口",)),
        ("multiple", ("证件", "账户")),
        ("true_false", ("对",)),
    ]


def test_headings_that_name_no_type_are_headings() -> None:
    assert solutions(read("chapters.txt")) == [
        ("single", ("一",)),
        ("true_false", ("错",)),
        ("multiple", ("一", "三")),
    ]


def test_the_points_of_an_answer_are_no_chapters() -> None:
    found = read_lines(
        "一、简答题",
        "1. 怎样说？",
        "答案：",
        "一、先说缺什么（2分）",
        "二、再说怎样补（3分）",
        "2. 再问？",
        "答案：先安抚（1分）",
    )
    assert solutions(found) == [
        ("essay", ("一、先说缺什么（2）", "二、再说怎样补（3）")),
        ("essay", ("先安抚（1）",)),
    ]


def test_each_fault_is_told_with_its_line() -> None:
    assert told(read("bad.txt")) == [
        "第 20 行：第 1 到 5 题的答案个数对不上；请一题一个写，例如 11.AB",
        "第 22 行：答案里的第 9 题在正文里没有；请核对题号",
        (
            "第 1 行：没有写题型；请写 "
            "单选、多选、判断、填空、数值、排序、匹配、材料勾选、简答 之一"
        ),
        "第 4 行：答案“Z”里有题目没有的选项；这题有 2 个选项",
        "第 8 行：题里的图片或公式没有带过来；请改写成文字再导入",
        (
            "第 12 行：没有写题型；请写 "
            "单选、多选、判断、填空、数值、排序、匹配、材料勾选、简答 之一"
        ),
        "第 14 行：题目里和文末的答案不一样；请核对后只留一处",
    ]
    assert told(read_lines("没有题号", "")) == [
        "没有认出题目；每道题要以题号开头，例如 1. 或 第1题"
    ]


def test_an_answer_that_fits_two_questions_asks_for_its_heading() -> None:
    found = read_lines(
        "一、判断题", "1. 甲。", "二、是非题", "1. 乙。", "参考答案", "1. √"
    )
    assert "第 6 行：答案里的第 1 题在正文有几处；请在答案里也写上大题标题" in told(
        found
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1. ", "2. "),
        ("1、", "2、"),
        ("1．", "2．"),
        ("１、", "２、"),
        ("1) ", "2) "),
        ("（1）", "（2）"),
        ("(1) ", "(2) "),
        ("一、", "二、"),
        ("①", "②"),
        ("第1题 ", "第2题 "),
        ("第 1 题：", "第 2 题："),
        ("1 ", "2 "),
    ],
)
def test_questions_may_be_numbered_in_any_style(first: str, second: str) -> None:
    found = read_lines(f"{first}甲。", "答案：对", f"{second}乙。", "答案：错")
    assert solutions(found) == [("true_false", ("对",)), ("true_false", ("错",))]
    assert [question.stem for question in found.questions] == ["甲。", "乙。"]


@pytest.mark.parametrize(
    "options",
    [
        ("A.能", "B.不能"),
        ("A、能 B、不能",),
        ("A．能；B．不能",),
        ("(A)能 (B)不能",),
        ("（Ａ）能（Ｂ）不能",),
        ("Ａ、能　Ｂ、不能",),
        ("A 能", "B 不能"),
        ("A 能   B 不能",),
        ("A: 能\tB: 不能",),
    ],
)
def test_options_may_be_written_in_any_style(options: tuple[str, ...]) -> None:
    found = read_lines("1. 能不能？", *options, "答案：B")
    assert solutions(found) == [("single", ("不能",))]


def test_a_letter_in_a_stem_is_no_option() -> None:
    found = read_lines("1. A 公司与 B 公司合并。", "答案：对")
    assert found.questions[0].stem == "A 公司与 B 公司合并。"
    found = read_lines("1. 谁办？A.窗口 B.银行", "答案：A")
    assert solutions(found) == [("single", ("窗口",))]


def test_a_word_file_with_automatic_numbers() -> None:
    lists = (
        shape(0, level(0, "chineseCounting", "%1、"))
        + shape(1, level(0, "decimalFullWidth", "%1．"))
        + shape(2, level(0, "upperLetter", "%1、"))
        + listing(1, 0)
        + listing(2, 1)
        + "".join(listing(n, 2, restart(0)) for n in (3, 4))
        + listing(5, 1, restart(0))
    )
    body = (
        p("单选题（每题2分）", 1)
        + p("由谁告知？", 2)
        + p("窗口", 3)
        + p("银行", 3)
        + p("何时告知？", 2)
        + p("当场", 4)
        + p("次日", 4)
        + p("判断题", 1)
        + p("要委托书。", 5)
        + p("参考答案")
        + p("单选题")
        + p("1-2 AA")
        + p("判断题")
        + p("1. √")
    )
    found = read_text(read_paragraphs(docx(body, lists)), None, DEFAULTS)
    assert solutions(found) == [
        ("single", ("窗口",)),
        ("single", ("当场",)),
        ("true_false", ("对",)),
    ]
    assert [str(question.marks) for question in found.questions] == ["2", "2", "1"]


PIECES = st.sampled_from(
    [
        *(
            "1.",
            "一、",
            "（2）",
            "第3题",
            "①",
            "A.",
            "B、",
            "答案：",
            "【解析】",
            "1-5",
        ),
        *(
            "参考答案",
            "单选题",
            "ABCD",
            "√",
            "____",
            "（ A ）",
            "（2分）",
            "甲",
            " ",
            "|",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=5).map("".join) | st.text(max_size=20)))
def test_no_text_makes_it_raise(lines: list[str]) -> None:
    found = read_text(lines, None, DEFAULTS)
    assert all(draft.question or draft.faults for draft in found.drafts)


def test_numbers_may_go_on_below_a_heading_and_be_followed_by_digits() -> None:
    found = read_lines(
        "一、单选题",
        "1.2026年？",
        "A.能",
        "B.否",
        "二、判断题",
        "2.2027年。",
        "参考答案",
        "1.A 2.√",
    )
    assert solutions(found) == [("single", ("能",)), ("true_false", ("对",))]


def test_an_answer_may_stand_before_the_number() -> None:
    found = read_lines(
        "判断题", "（√）1. 甲。", "( × )2. 乙。", "（  ）3. 丙。", "答案：对"
    )
    assert solutions(found) == [
        ("true_false", ("对",)),
        ("true_false", ("错",)),
        ("true_false", ("对",)),
    ]


def test_several_blanks_may_be_numbered_in_the_answer() -> None:
    for answer in ("(1)六；(2)一次性", "①六 ②一次性", "1.六 2.一次性"):
        found = read_lines("1. 满____个月，要____告知。", f"答案：{answer}")
        assert solutions(found) == [("blanks", ("六", "一次性"))]


def test_a_heading_of_an_unknown_type_is_told_at_its_questions() -> None:
    found = read_lines(
        "一、判断题",
        "1. 甲。",
        "答案：对",
        "二、案例分析题（10分）",
        "1. 乙？",
        "答：丙",
    )
    assert told(found) == [
        (
            "第 5 行：看不懂题型“案例分析题”；请写 "
            "单选、多选、判断、填空、数值、排序、匹配、材料勾选、简答 之一"
        )
    ]


def test_what_stands_below_a_heading_does_not_go_to_the_question_above() -> None:
    found = read_lines(
        "一、单选题",
        "（ B ）1. 由谁告知？",
        "A.银行 B.窗口",
        "解析：窗口收件。",
        "二、判断题",
        "对的打√，错的打×。",
        "1. 要委托书。（√）",
        "三、填空题",
        "满____个月。",
    )
    assert [question.explanation for question in found.questions] == [
        "窗口收件。",
        "见条例。",
    ]
    assert told(found) == [
        "第 8 行：这个标题下面没有认出题目；每道题要以题号开头，例如 1. 或 第1题"
    ]
