"""Tables of questions: what Chinese banks write, and our own back again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.quizzes.banks import banks
from tests.quizzes.banks import every_question
from tests.quizzes.banks import unplaced
from tests.quizzes.drawn import QUESTIONS
from tests.quizzes.exchange.reading import DEFAULTS
from tests.quizzes.exchange.reading import NOTHING
from tests.quizzes.exchange.reading import Line
from tests.quizzes.exchange.reading import fixture
from tests.quizzes.exchange.reading import solutions
from tests.quizzes.exchange.reading import told
from trainer.kit.files.sheets import SHEET_WRITERS
from trainer.kit.files.tables import read_table
from trainer.quizzes.domain.exchange.dialects import OURS
from trainer.quizzes.domain.exchange.dialects import PRESETS
from trainer.quizzes.domain.exchange.dialects import Dialect
from trainer.quizzes.domain.exchange.drafts import Read
from trainer.quizzes.domain.exchange.sheets import Sheet
from trainer.quizzes.domain.exchange.sheets import sheet_of
from trainer.quizzes.domain.exchange.sheets import template
from trainer.quizzes.domain.exchange.tables import read_rows
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.types import TYPES


def rows_of(sheet: Sheet) -> list[Line]:
    return [Line(n, cells) for n, cells in enumerate([sheet.columns, *sheet.rows], 1)]


def read(name: str, dialect: Dialect | None = None, encoding: str = "utf-8") -> Read:
    data = fixture(name).read_text("utf-8").encode(encoding)
    return read_rows(read_table(data).lines, dialect, DEFAULTS)


def read_cells(*rows: tuple[str, ...], dialect: Dialect | None = None) -> Read:
    lines = [Line(n, cells) for n, cells in enumerate(rows, 1)]
    return read_rows(lines, dialect, DEFAULTS)


@pytest.mark.parametrize("path", banks(), ids=lambda path: path.stem)
def test_a_bank_that_goes_out_comes_in_as_it_was(path: Path) -> None:
    questions = banks()[path].questions
    found = read_rows(rows_of(sheet_of(questions)), OURS, NOTHING)
    assert told(found) == []
    assert unplaced(found.questions) == unplaced(questions)


@settings(max_examples=80, deadline=None)
@given(QUESTIONS)
def test_whatever_goes_out_comes_in_as_it_was(questions: list[Question]) -> None:
    found = read_rows(rows_of(sheet_of(questions)), OURS, NOTHING)
    assert told(found) == []
    assert unplaced(found.questions) == unplaced(questions)


@pytest.mark.parametrize("ending", SHEET_WRITERS)
def test_it_comes_through_a_file_as_it_was(ending: str) -> None:
    seen = {f"{q.id}": q for q in every_question()}
    questions = [*seen.values()]
    sheet = sheet_of(questions)
    data = SHEET_WRITERS[ending](
        "题库", sheet.columns, sheet.rows, watermark="导出：甲"
    )
    found = read_rows(read_table(data).lines, OURS, NOTHING)
    assert told(found) == []
    assert unplaced(found.questions) == unplaced(questions)


def test_the_template_is_understood_but_its_examples_are_not_taken() -> None:
    lines = rows_of(template())
    assert told(read_rows(lines, OURS, DEFAULTS)) == [
        "表头下面没有题目；请确认上传的是填好的那个文件"
    ]
    filled = [
        Line(line.number, tuple(cell.replace("示例", "t") for cell in line.cells))
        for line in lines
    ]
    found = read_rows(filled, OURS, DEFAULTS)
    assert told(found) == []
    assert {question.type for question in found.questions} == set(TYPES)


def test_a_bank_with_semicolons_in_the_encoding_of_excel() -> None:
    found = read("semicolons.csv", PRESETS["semicolon"], "gb18030")
    assert solutions(found) == [
        ("single", ("窗口",)),
        ("multiple", ("身份证件", "银行账户", "合同原件")),
        ("multiple", ("查询", "转移", "打印")),
        ("true_false", ("对",)),
        ("blanks", ("一次性 / 一次", "3 / 三")),
        ("multiple", ("可以补正", "可以代办")),
    ]
    assert [q.difficulty for q in found.questions] == [1, 2, 2, 1, 2, 3]
    assert [str(q.marks) for q in found.questions] == ["2", "2", "2", "1", "2", "2"]
    assert found.questions[0].id == "q-1"
    assert found.unused == ("录入人",)


def test_a_bank_with_bars_and_options_in_one_cell() -> None:
    found = read("bars.csv", PRESETS["bar"])
    assert solutions(found) == [
        ("single", ("窗口",)),
        ("multiple", ("身份证件", "银行账户")),
        ("true_false", ("对",)),
        ("blanks", ("一次性 / 一次", "3 / 三")),
        ("true_false", ("错",)),
    ]
    assert found.questions[0].id == "q001"


def test_the_same_signs_mean_something_else_in_another_dialect() -> None:
    right = [("blanks", ("一次性 / 一次", "3 / 三"))]
    assert solutions(read("double-bars.csv", OURS)) == right
    assert solutions(read("double-bars.csv", Dialect("||", "|"))) == right
    swapped = read("double-bars.csv", Dialect("|", "||"))
    assert told(swapped) == [
        "第 2 行“答案”列：题干有 2 处空，答案有 3 处；请核对，或改“填空分隔符”"
    ]


def test_what_takes_a_dialect_asks_for_it() -> None:
    (asked,) = told(read("double-bars.csv"))
    assert asked.startswith("第 2 行“答案”列：答案“一次性|一次||3|三”里的符号，看不出")
    assert asked.endswith("请选“填空分隔符”")
    header = ("题型", "题干", "答案")
    one = read_cells(header, ("填空", "满____个月", "6/六"))
    assert told(one)[0].endswith("请选“填空分隔符”")
    sure = read_cells(header, ("填空", "满____个月，____告知", "6；一次性"))
    assert solutions(sure) == [("blanks", ("6", "一次性"))]
    none = read_cells(header, ("填空", "满____个月", "6/六"), dialect=Dialect("", ""))
    assert solutions(none) == [("blanks", ("6/六",))]


def test_each_fault_is_told_with_its_row_and_column() -> None:
    assert told(read("bad.csv")) == [
        "第 2 行“答案”列：单选题写了几个答案；请只留一个，或把题型改成多选",
        "第 3 行“答案”列：答案“D”里有题目没有的选项；这题有 2 个选项",
        "第 4 行“答案”列：看不懂判断题的答案“也许”；请写 对 或 错",
        (
            "第 5 行“答案”列：答案“6;六;一次”里的符号，"
            "看不出是分空还是分几种写法；请选“填空分隔符”"
        ),
        (
            "第 6 行“题型”列：看不懂题型“抢答”；请写 "
            "单选、多选、判断、填空、数值、排序、匹配、材料勾选、简答 之一"
        ),
        "第 7 行“题干”列：题干里没有空；请用 ____ 或（　）标出",
        "第 8 行：编号“a1”在第 2 行已有",
        "第 9 行：选项B空着，它后面却有；请补上，或往前移",
        "第 10 行“难度”列：看不懂难度“七”；请写 1、2、3 之一",
        "第 10 行“分值”列：分值“多”不是一个数；请写成 2 或 2.5",
        (
            "第 11 行“答案”列：简答题的答案要分得分点："
            "每行一点，句末写分值，例如 先核身份（2分）"
        ),
        "第 12 行“答案”列：没有答案；请补上",
        "第 13 行“答案”列：答案“约五”不是一个数；请写成 1234.56 这样",
    ]


def test_what_a_file_does_not_say_and_nobody_chose_is_a_fault_at_the_question() -> None:
    rows = [
        Line(1, ("题型", "题干", "答案", "能力项")),
        Line(2, ("判断", "能。", "对")),
    ]
    assert told(read_rows(rows, None, NOTHING)) == [
        "第 2 行“能力项”列：没有写“能力项”；请补上，或在导入时选一个默认值",
        "第 2 行：没有写“难度”；请补上，或在导入时选一个默认值",
        "第 2 行：没有写“考查”；请补上，或在导入时选一个默认值",
        "第 2 行：没有写“解析”；请补上，或在导入时选一个默认值",
        "第 2 行：没有写“依据”；请补上，或在导入时选一个默认值",
    ]


def test_a_table_that_cannot_be_read_says_why() -> None:
    assert told(read_cells(("甲", "乙"), ("1", "2"))) == [
        "没有认出表头；要有一行写着 题型、题干、答案 等列名，可下载模板对照"
    ]
    assert told(read_cells(("题型", "题干"), ("判断", "能"))) == [
        "第 1 行：表里没有“答案”一列；请补上，或把列名改成“答案”"
    ]
    assert told(
        read_cells(("题型", "题干", "答案", "正确答案"), ("判断", "能", "对"))
    ) == ["第 1 行：有两列都是“答案”；每项只留一列"]


def test_questions_of_a_case_share_the_stem_that_stands_at_the_first() -> None:
    header = ("题型", "题干", "答案", "案例编号", "案例题干")
    found = read_cells(
        header,
        ("判断", "能提。", "对", "li", "李某来窗口。"),
        ("判断", "要单位证明。", "错", "li", ""),
        ("判断", "另一件。", "对", "", "王某来窗口。"),
    )
    assert told(found) == []
    assert [q.case and (q.case.id, q.case.stem) for q in found.questions] == [
        ("li", "李某来窗口。"),
        ("li", "李某来窗口。"),
        ("q-case-2", "王某来窗口。"),
    ]
    wrong = read_cells(
        header,
        ("判断", "能提。", "对", "li", "李某来窗口。"),
        ("判断", "能提。", "对", "li", "王某来窗口。"),
    )
    assert told(wrong) == ["第 3 行：案例“li”前面写的题干不一样；请改成一样，或换编号"]


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("ABD", "ABD"),
        ("A,B,D", "ABD"),
        ("a、b、d", "ABD"),
        ("Ａ Ｂ Ｄ", "ABD"),
        ("1,3", "AC"),
        ("13", "AC"),
        ("丙", "C"),
        ("A;C", "AC"),
    ],
)
def test_letters_of_options_are_read_as_people_write_them(
    answer: str, right: str
) -> None:
    header = ("题型", "题干", "A", "B", "C", "D", "答案")
    found = read_cells(header, ("多选", "哪些？", "甲", "乙", "丙", "丁", answer))
    (question,) = found.questions
    assert "".join(question.body.solution(("a",)).answer).upper() == right


def test_a_digit_that_is_an_option_too_is_not_guessed() -> None:
    header = ("题型", "题干", "A", "B", "C", "答案")
    (asked,) = told(read_cells(header, ("单选", "几？", "3", "2", "1", "3")))
    assert "看不出是第几项还是选项的内容" in asked
    found = read_cells(header, ("单选", "几？", "3", "5", "15", "15"))
    assert solutions(found) == [("single", ("15",))]


def test_numbers_pairs_and_orders_are_read() -> None:
    header = ("题型", "题干", "A", "B", "C", "右项1", "右项2", "答案")
    found = read_cells(
        header,
        ("计算题", "多少？", "", "", "", "", "", "1,500.5±0.1 元"),
        ("排序题", "先后？", "甲", "乙", "丙", "", "", "B→A→C"),
        ("连线题", "配对？", "甲", "乙", "", "左", "右", "A-2，B-1"),
    )
    assert solutions(found) == [
        ("number", ("1500.5 元",)),
        ("order", ("乙", "甲", "丙")),
        ("match", ("甲 → 右", "乙 → 左")),
    ]


def test_columns_may_be_named_by_the_keys_of_a_bank() -> None:
    found = read_cells(
        ("type", "stem", "A", "B", "answer", "whyB", "difficulty"),
        ("single", "能不能？", "能", "不能", "A", "旧规定", "3"),
    )
    (question,) = found.questions
    assert question.difficulty == 3
    assert question.body.solution(("a", "b")).whys == {"b": "旧规定"}


@pytest.mark.parametrize(
    "options",
    [
        "甲|乙|丙",
        "甲||乙||丙",
        "甲；乙；丙",
        "A.甲 B.乙 C.丙",
        "甲\n乙\n丙",
        "(A)甲(B)乙(C)丙",
    ],
)
def test_options_may_stand_in_one_cell(options: str) -> None:
    found = read_cells(("题型", "题干", "选项", "答案"), ("单选", "谁？", options, "C"))
    assert solutions(found) == [("single", ("丙",))]


@pytest.mark.parametrize("options", ["甲|乙;丙", "甲乙丙"])
def test_options_in_one_cell_that_cannot_be_parted_are_told(options: str) -> None:
    found = read_cells(("题型", "题干", "选项", "答案"), ("单选", "谁？", options, "C"))
    assert told(found) == [
        "第 2 行“选项”列：看不出“选项”一格里有哪几项；请每项一行，或写成 A.… B.…"
    ]


CELLS = st.sampled_from(
    [
        "",
        "单选",
        "填空",
        "匹配",
        "数值",
        "AB",
        "1,3",
        "A-1",
        "√",
        "6|六;",
        "____",
        "甲",
        "12",
    ]
) | st.text(max_size=6)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8).map(tuple), max_size=4))
def test_no_table_makes_it_raise(rows: list[tuple[str, ...]]) -> None:
    header = ("题型", "题干", "答案", "A", "B", "分值", "右项1", "选项")
    found = read_cells(header, *rows)
    assert all(draft.question or draft.faults for draft in found.drafts)
    read_cells(*rows)
