"""Tables out: nothing in them runs, and each carries its mark."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from trainer.kit.files.guide_sheet import with_guide
from trainer.kit.files.sheets import neutralised
from trainer.kit.files.sheets import write_csv
from trainer.kit.files.sheets import write_xlsx
from trainer.kit.files.tables import read_table

EVIL = [
    '=HYPERLINK("http://evil.example","x")',
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("value", EVIL)
def test_nothing_that_is_taken_away_runs(value: str) -> None:
    assert neutralised(value) == f"'{value}"
    content = write_xlsx("表", [value], [[value]], watermark=value)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type in {"s", "n"}
            assert cell.value is None or cell.value.startswith("'")
    text = write_csv([value], [[value]], watermark=value).decode("utf-8-sig")
    for line in csv.reader(io.StringIO(text, newline="")):
        assert all(cell.startswith("'") for cell in line)


@pytest.mark.parametrize("value", ["007", "张三", "2026-01-01", "13800000000", "a=b"])
def test_what_is_harmless_stays_as_it_is(value: str) -> None:
    assert neutralised(value) == value
    content = write_xlsx("表", ["列"], [[value]])
    assert read_table(content).lines[1].cells == (value,)


def test_both_kinds_carry_the_mark() -> None:
    mark = "导出人：张三 & 李四"
    book = openpyxl.load_workbook(
        io.BytesIO(write_xlsx("表", ["a"], [], watermark=mark))
    )
    assert book.active["A3"].value == mark
    assert "张三" in book.active.oddFooter.center.text
    text = write_csv(["a"], [], watermark=mark)
    assert text.startswith(b"\xef\xbb\xbf")
    assert mark in text.decode()


def test_values_that_are_no_text_and_signs_nobody_sees_are_written() -> None:
    content = write_xlsx("表", ["a", "b", "c"], [[1, None, "x\x01y"]])
    assert read_table(content).lines[1].cells == ("1", "", "xy")


def test_a_guide_is_a_second_sheet() -> None:
    content = with_guide(write_xlsx("表", ["a"], []), "说明", ["一", "二"])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["表", "说明"]
    assert [cell.value for cell in book["说明"]["A"]] == ["一", "二"]
    assert read_table(content).sheet == "表"
