"""Tables in: what a file is, its content says; what is no table gets a sentence."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from datetime import datetime

import openpyxl
import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet as Sheet

from tests.kit.files.oldbooks import make_xls
from trainer.kit.files import tables
from trainer.kit.files import write_csv
from trainer.kit.files.tables import TableError
from trainer.kit.files.tables import column_letter
from trainer.kit.files.tables import read_table
from trainer.kit.files.workbooks import MOST_COLUMNS
from trainer.kit.files.workbooks import MOST_ROWS

TEXT = "工号,姓名\r\n007,张三\r\n"


def make_book(fill: Callable[[Sheet], object]) -> bytes:
    book = openpyxl.Workbook()
    fill(book.active)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def rows(data: bytes) -> list[tuple[str, ...]]:
    return [line.cells for line in read_table(data).lines]


def zipped(**members: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return kept.getvalue()


def altered(data: bytes, member: str, old: bytes, new: bytes) -> bytes:
    """Give a workbook with something else in one of its parts."""
    kept = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            content = before.read(part)
            if part.filename == member:
                assert old in content
                content = content.replace(old, new, 1)
            after.writestr(part.filename, content)
    return kept.getvalue()


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"],
)
@pytest.mark.parametrize("between", [",", "\t", ";"])
def test_csv_is_read_however_it_was_saved(encoding: str, between: str) -> None:
    text = TEXT.replace(",", between)
    assert rows(text.encode(encoding)) == [("工号", "姓名"), ("007", "张三")]


def test_numbers_and_days_are_read_as_people_see_them() -> None:
    def fill(sheet: Sheet) -> None:
        sheet.append(["007", 7, 7.0, 7.5, True, date(2026, 1, 31)])
        sheet.append([datetime(2026, 1, 31, 8, 30), 13800000000, 10**16])  # noqa: DTZ001
        sheet["A3"] = 46023
        sheet["A3"].number_format = "yyyy/m/d"

    found = rows(make_book(fill))
    assert found[0] == ("007", "7", "7", "7.5", "是", "2026-01-31")
    assert found[1] == ("2026-01-31 08:30", "13800000000", "1e+16")
    assert found[2] == ("2026-01-01",)


def test_rows_keep_their_numbers_and_columns_their_letters() -> None:
    def fill(sheet: Sheet) -> None:
        sheet["C3"], sheet["D5"] = "x", "y"

    lines = read_table(make_book(fill)).lines
    assert [(line.number, line.cells) for line in lines] == [
        (3, ("", "", "x")),
        (5, ("", "", "", "y")),
    ]
    assert [column_letter(n) for n in (0, 25, 26, 701, 702)] == [
        *("A", "Z", "AA", "ZZ", "AAA")
    ]


def test_cells_merged_downwards_are_filled_and_titles_are_not() -> None:
    def fill(sheet: Sheet) -> None:
        sheet["A1"] = "花名册"
        sheet.merge_cells("A1:C1")
        for row in ("工号", "部门"), ("w1", "城东"), ("w2", None), ("w3", "城西"):
            sheet.append(row)
        sheet.merge_cells("B3:B4")

    table = read_table(make_book(fill))
    assert table.merged
    assert [line.cells for line in table.lines] == [
        *(("花名册",), ("工号", "部门"), ("w1", "城东"), ("w2", "城东"), ("w3", "城西"))
    ]


def test_a_cell_merged_over_a_million_rows_costs_nothing() -> None:
    def fill(sheet: Sheet) -> None:
        sheet["A1"], sheet["B4"] = "x", "y"
        sheet.merge_cells("A1:A3")

    part = "xl/worksheets/sheet1.xml"
    data = altered(make_book(fill), part, b"A1:A3", b"A1:A1048576")
    assert rows(data) == [("x",), ("x", "y")]


def test_of_several_sheets_the_first_that_says_something_is_read() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("名单").append(["工号"])
    book.create_sheet("说明").append(["怎么填"])
    book.create_sheet("藏着").sheet_state = "hidden"
    table = read_table(saved(book))
    assert (table.sheet, table.others) == ("名单", ("Sheet", "说明"))


def test_a_formula_is_its_result_and_never_run() -> None:
    def fill(sheet: Sheet) -> None:
        sheet.append(["工号", "=1+1", '=HYPERLINK("http://x")'])

    assert rows(make_book(fill)) == [("工号",)]


def test_an_old_workbook_is_read_under_any_name() -> None:
    data = make_xls([["工号", "数"], ["007", 7.0]])
    assert rows(data) == [("工号", "数"), ("007", "7")]


def test_what_an_export_made_harmless_comes_back_as_it_was() -> None:
    taken = write_csv("表", ["a"], [["=1+1"], ["－2"], ["'x"]])
    assert rows(taken) == [("a",), ("=1+1",), ("－2",), ("'x",)]


def test_zeros_that_csv_keeps_by_a_trick_are_kept() -> None:
    assert rows(b'a,b\n="007",1') == [("a", "b"), ("007", "1")]


LOCKED = tables.OLE + b"\0" * 600 + tables.ENCRYPTED


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空的"),
        (b" \r\n", "空的"),
        (LOCKED, "加了密码"),
        (tables.OLE + b"\0" * 600, "损坏"),
        (b"PK\x03\x04junk", "损坏"),
        (zipped(word__document_xml=b"x"), "不是 Excel 表格"),
        (zipped(xl__workbook_xml=b"x"), "损坏"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页另存"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook>', "网页另存"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart", "网页另存"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "不是表格文件"),
        (b"%PDF-1.7\x01\x02\xff\xfe", "不是表格文件"),
        (b'a,b\n"1,2\n', "引号或分隔不对"),
        (b"x" * (tables.MOST_BYTES + 1), "超过上限 5 MB"),
        (b"x\n" * (MOST_ROWS + 1), "超过 20,000 行"),
        (b"x," * MOST_COLUMNS + b"x", "超过 100 列"),
        (make_book(lambda _: None), "没有内容"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(TableError, match=said):
        read_table(data)


def test_a_bomb_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_opened", lambda _: pytest.fail("it was opened"))
    many = {f"m{n}": b"" for n in range(tables.MOST_MEMBERS)}
    bombs = [
        zipped(xl__workbook_xml=b"x", xl__sheet_xml=b"0" * 20_000_000),
        zipped(xl__workbook_xml=b"x", **many),
        zipped(xl__workbook_xml=b"x", **{f"s{n}": HARD * 20 for n in range(5)}),
    ]
    for bomb in bombs:
        with pytest.raises(TableError, match="大得不正常"):
            read_table(bomb)


HARD = bytes(range(256)) * 4 * 1000
"""A megabyte that shrinks by less than a bomb does when it stands alone."""


def test_a_header_that_lies_about_its_size_is_refused() -> None:
    honest = make_book(lambda sheet: sheet.append(["x" * 50] * 50))
    with zipfile.ZipFile(io.BytesIO(honest)) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    told = struct.pack("<I", part.file_size)
    lying = honest.replace(told, struct.pack("<I", 10))
    assert lying != honest
    with pytest.raises(TableError, match="损坏"):
        read_table(lying)


def test_a_cell_in_the_last_corner_ends_the_child_and_not_the_site() -> None:
    def fill(sheet: Sheet) -> None:
        sheet["A1"], sheet["XFD1048576"] = "x", "y"

    with pytest.raises(TableError, match="损坏"):
        read_table(make_book(fill))


def test_entities_are_not_followed() -> None:
    honest = make_book(lambda sheet: sheet.append(["工号"]))
    evil = b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><sst'
    data = altered(honest, "xl/sharedStrings.xml", b"<sst", evil)
    data = altered(data, "xl/sharedStrings.xml", "工号".encode(), b"&y;")
    try:
        told = str(rows(data))
    except TableError as error:
        told = error.message
    assert "root:" not in told


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(TableError):
        assert read_table(data).lines


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"])),
            min_size=2,
            max_size=4,
        ).filter(any),
        min_size=1,
    )
)
@example([["'=", "''=1"]])
def test_csv_that_was_written_is_read_back(written: list[list[str]]) -> None:
    found = rows(write_csv("表", ["工号", "姓名"], written))[1:]
    for told, wanted in zip(found, written, strict=True):
        assert list(told) == wanted[: len(told)]
        assert not any(wanted[len(told) :])
