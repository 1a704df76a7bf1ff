"""Tables written for people are read back as they were meant, and run nothing."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from trainer.kit.files import SHEET_WRITERS
from trainer.kit.files import write_csv
from trainer.kit.files import write_xlsx
from trainer.kit.files.sheets import LONGEST
from trainer.kit.files.sheets import NOT_IN_XML
from trainer.kit.files.sheets import Cell
from trainer.kit.files.sheets import neutral

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
    data = write_xlsx("操作记录", COLUMNS, rows, MARK)
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    assert book.sheetnames == ["操作记录"]
    assert read_xlsx(data) == [
        (MARK, None),
        COLUMNS,
        (7, "李"),
        (-2, "王"),
        (None, "周"),
        (1.5, None),
    ]
    assert sheet.freeze_panes == "A3"
    assert sheet["A2"].font.bold
    assert sheet.oddFooter.center.text == MARK


def test_days_stay_days() -> None:
    data = write_xlsx("表", ("日期",), [(date(2026, 11, 22),)], MARK)
    (kept,) = read_xlsx(data)[2]
    assert str(kept).startswith("2026-11-22")


def test_a_csv_file_is_read_back_and_excel_knows_its_letters() -> None:
    data = write_csv("操作记录", COLUMNS, [(7, "李,“三”\n"), (None, 'a"b')], MARK)
    assert data.startswith(b"\xef\xbb\xbf")
    assert read_csv(data) == [
        [f"操作记录：{MARK}"],
        list(COLUMNS),
        ["7", "李,“三”\n"],
        ["", 'a"b'],
    ]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("ending", SHEET_WRITERS)
def test_no_text_becomes_a_formula(text: str, ending: str) -> None:
    write = SHEET_WRITERS[ending]
    data = write("表", (text,), [(text,), ("安全",)], text)
    found = read_csv(data) if ending == "csv" else read_xlsx(data)
    mark, columns, first, last = found
    if ending == "xlsx":
        assert str(mark[0]).startswith("'")
        sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
    assert str(columns[0]).startswith("'")
    assert str(first[0]).startswith("'")
    assert list(last) == ["安全"]


@given(st.text(max_size=40))
def test_a_neutral_text_says_the_same_and_begins_no_formula(text: str) -> None:
    made, clean = neutral(text), NOT_IN_XML.sub("\ufffd", text)
    assert not re.match(r"[ \ufeff]*[=+\-@＝＋－＠\t\r\n]", made)
    assert made in {clean, f"'{clean}"}


@settings(max_examples=30)
@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_any_text_can_be_written_and_opened(words: list[str]) -> None:
    for write in SHEET_WRITERS.values():
        assert write("表", words, [words], MARK)
    heads = read_xlsx(write_xlsx("表", words, [words], MARK))[1]
    assert len(heads) == max(len(words), 1)


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    (made,) = read_xlsx(write_xlsx("表", ("x",), [("长" * 40_000,)], MARK))[2]
    assert len(str(made)) == LONGEST
    assert str(made).endswith("…")


def test_a_title_that_excel_does_not_take_is_made_fit() -> None:
    data = write_xlsx("a[b]:c*d?e/f\\" + "长" * 40, ("x",), [], "a & b")
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["abcdef" + "长" * 25]
    assert book.worksheets[0].oddFooter.center.text == "a ＆ b"
