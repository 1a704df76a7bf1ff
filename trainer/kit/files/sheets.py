"""Tables for people: Excel and CSV, written.

A table leaves the site and is opened by a spreadsheet, which takes a text that
begins like a formula for one. Such a text gets an apostrophe before it, in every cell
alike, however it is written (full width, behind a space). The first line of a
table is its watermark: who took it away, when and why.

Source: OWASP, CSV injection.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date

Cell = str | int | float | date | None
Write = Callable[[str, Sequence[str], Iterable[Sequence[Cell]], str], bytes]

FORMULA = frozenset("=+-@\t\r\n")
"""What a formula begins with."""

LONGEST = 32_000
"""Characters of a cell; Excel keeps 32,767."""

WIDEST = 60
"""Characters of the widest column."""

LONGEST_TITLE = 31
"""Characters of the name of a sheet."""

NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def neutral(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula, and every file may hold."""
    clean = NOT_IN_XML.sub("\ufffd", text)
    if len(clean) > LONGEST:
        clean = clean[: LONGEST - 1] + "…"
    begins = unicodedata.normalize("NFKC", clean.lstrip(" \u00a0\u3000\ufeff")[:1])
    return f"'{clean}" if begins[:1] in FORMULA and begins else clean


def write_xlsx(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], watermark: str
) -> bytes:
    """Write an Excel file of one sheet.

    Args:
        title: Name of the sheet; what Excel does not take is left out.
        columns: Heads of the columns, in the second line, which stays in sight.
        rows: The lines below.
        watermark: The first line; also at the foot of each printed page.
    """
    from openpyxl import Workbook  # noqa: PLC0415  (slow to load, seldom needed)
    from openpyxl.styles import Font  # noqa: PLC0415  (likewise)
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  (likewise)

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = NOT_IN_TITLES.sub("", title)[:LONGEST_TITLE]
    for row in _lines(columns, rows, watermark):
        sheet.append(row)
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for number, width in enumerate(_widths(sheet.iter_rows(2, values_only=True)), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A3"
    # An ampersand is a command in a foot, and the text of a foot is short.
    sheet.oddFooter.center.text = neutral(watermark).replace("&", "＆")[:200]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_csv(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], watermark: str
) -> bytes:
    """Write a CSV file, UTF-8 with the mark by which Excel knows it.

    Arguments as for :func:`write_xlsx`; the title stands before the watermark.
    """
    out = io.StringIO(newline="")
    csv.writer(out).writerows(_lines(columns, rows, f"{title}：{watermark}"))
    return out.getvalue().encode("utf-8-sig")


SHEET_WRITERS: Mapping[str, Write] = {"xlsx": write_xlsx, "csv": write_csv}
"""How a table is written, by the ending of its file."""


def _lines(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], watermark: str
) -> Iterable[list[Cell]]:
    for row in ([watermark], columns, *rows):
        yield [neutral(cell) if isinstance(cell, str) else cell for cell in row]


def _widths(rows: Iterable[Sequence[object]]) -> list[int]:
    """Give the width of each column; a Chinese character is as wide as two others."""
    widest: list[int] = []
    for row in rows:
        widest += [0] * (len(row) - len(widest))
        for place, cell in enumerate(row):
            told = "" if cell is None else str(cell)
            wide = sum(1 + (ord(c) > 0x2E7F) for c in told[:WIDEST])  # noqa: PLR2004  (CJK begins)
            widest[place] = max(widest[place], min(wide + 2, WIDEST))
    return widest
