"""Tables taken away are read back as they were meant, run nothing, carry their mark."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from trainer.kit.files import SHEET_WRITERS
from trainer.kit.files import write_csv
from trainer.kit.files import write_workbook
from trainer.kit.files import write_xlsx
from trainer.kit.files.guide_sheet import with_guide
from trainer.kit.files.sheets import LONGEST
from trainer.kit.files.sheets import NOT_IN_XML
from trainer.kit.files.sheets import Cell
from trainer.kit.files.sheets import neutral
from trainer.kit.files.tables import read_table

MARK = "张三（1001） 于 2026-11-22 10:00:00 导出，理由：年度检查"
COLUMNS = ("编号", "姓名")
FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"),
    *("＝1+1", "＋1", "－1", "＠SUM(A1)", "﹦1", "﹢1", "﹣1", "﹫x"),
    *("  =1", "\u3000=1", "\u00a0＝1", "\ufeff=1"),
    '=HYPERLINK("http://x","y")',
    "=cmd|' /C calc'!A0",
]


def read_xlsx(data: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(data)).worksheets[0].values)


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_an_excel_file_is_read_back() -> None:
    rows: list[tuple[Cell, ...]] = [(7, "李"), (-2, "王"), (None, "周"), (1.5, "")]
    data = write_xlsx("操作记录", COLUMNS, rows, watermark=MARK)
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    assert book.sheetnames == ["操作记录"]
    assert [row for row in read_xlsx(data) if any(row)] == [
        COLUMNS,
        (7, "李"),
        (-2, "王"),
        (None, "周"),
        (1.5, None),
        (MARK, None),
    ]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    assert sheet.oddFooter.center.text == MARK


def test_days_stay_days() -> None:
    data = write_xlsx("表", ("日期",), [(date(2026, 11, 22),)])
    (kept,) = read_xlsx(data)[1]
    assert str(kept).startswith("2026-11-22")


def test_a_csv_file_is_read_back_and_excel_knows_its_letters() -> None:
    rows = [(7, "李,“三”\n"), (None, 'a"b')]
    data = write_csv("操作记录", COLUMNS, rows, watermark=MARK)
    assert data.startswith(b"\xef\xbb\xbf")
    assert read_csv(data) == [
        list(COLUMNS),
        ["7", "李,“三”\n"],
        ["", 'a"b'],
        [],
        [MARK],
    ]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("ending", SHEET_WRITERS)
def test_no_text_becomes_a_formula(text: str, ending: str) -> None:
    data = SHEET_WRITERS[ending](text, (text,), [(text,), ("安全",)], watermark=text)
    found = read_csv(data) if ending == "csv" else read_xlsx(data)
    columns, first, last, _, mark = found
    if ending == "xlsx":
        sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
    for (cell,) in (columns, first, mark):
        assert str(cell).startswith("'")
    assert list(last) == ["安全"]


@dataclass(frozen=True)
class Table:
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def test_a_workbook_has_its_sheets_in_order_each_with_mark_and_no_formula() -> None:
    tables = [
        Table("题目", COLUMNS, ((1, "=1+1"),)),
        Table("选/项", ("列",), ()),
        Table("题目", ("列",), (("二",),)),
    ]
    book = load_workbook(io.BytesIO(write_workbook(tables, watermark=MARK)))
    assert book.sheetnames == ["题目", "选项", "题目1"]
    assert [list(sheet.values)[-1][0] for sheet in book] == [MARK] * 3
    assert list(book["题目"].values)[1] == (1, "'=1+1")
    assert [sheet.freeze_panes for sheet in book] == ["A2"] * 3


@pytest.mark.parametrize("value", ["007", "张三", "2026-01-01", "13800000000", "a=b"])
def test_what_is_harmless_stays_as_it_is(value: str) -> None:
    assert neutral(value) == value
    content = write_xlsx("表", ["列"], [[value]])
    assert read_table(content).lines[1].cells == (value,)


@given(st.text(max_size=40))
def test_a_neutral_text_says_the_same_and_begins_no_formula(text: str) -> None:
    made, clean = neutral(text), NOT_IN_XML.sub("", text)
    assert not re.match(r"[ \ufeff]*[=+\-@＝＋－＠\t\r\n]", made)
    assert made in {clean, f"'{clean}"}


@settings(max_examples=30)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_any_text_can_be_written_and_opened(words: list[str]) -> None:
    for write in SHEET_WRITERS.values():
        assert write("表", words, [words], watermark=MARK)
    heads = read_xlsx(write_xlsx("表", words, [words]))[0]
    assert len(heads) == len(words)


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    (made,) = read_xlsx(write_xlsx("表", ("x",), [("长" * 40_000,)]))[1]
    assert len(str(made)) == LONGEST
    assert str(made).endswith("…")


def test_a_title_that_excel_does_not_take_is_made_fit() -> None:
    title = "a[b]:c*d?e/f\\" + "长" * 40
    book = load_workbook(io.BytesIO(write_xlsx(title, ("x",), [], watermark="a & b")))
    assert book.sheetnames == ["abcdef" + "长" * 25]
    assert book.worksheets[0].oddFooter.center.text == "a && b"  # as Excel writes it


def test_signs_nobody_sees_are_left_out() -> None:
    content = write_xlsx("表", ["a", "b", "c"], [[1, None, "x\x01y"]])
    assert read_table(content).lines[1].cells == ("1", "", "xy")


def test_a_guide_is_a_second_sheet() -> None:
    content = with_guide(write_xlsx("表", ["a"], []), "说明", ["一", "二"])
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["表", "说明"]
    assert [cell.value for cell in book["说明"]["A"]] == ["一", "二"]
    assert read_table(content).sheet == "表"
