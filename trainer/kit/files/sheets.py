"""Tables somebody takes away: .xlsx and CSV, harmless and with a watermark.

A cell that a spreadsheet would run as a formula becomes text (OWASP: formula
injection); full-width signs count, as some input methods make formulas of them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Beginnings that make a cell a formula somewhere."""

BOM = "\ufeff"
"""Tells Excel that a CSV is UTF-8."""

WIDTH = 16
"""Of each column, in characters."""

LONGEST_TITLE = 31
"""Characters of the name of a sheet."""


def write_xlsx(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    watermark: str = "",
) -> bytes:
    """Give a workbook of one sheet: the columns, then the rows, all of it text.

    Args:
        title: Name of the sheet.
        columns: The header.
        rows: Values, written as ``str`` does; None is an empty cell.
        watermark: Who took it away and when; below the rows and on each printed page.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:LONGEST_TITLE])
    _prepare(sheet, len(columns), watermark)
    sheet.append([_cell(sheet, name, bold=True) for name in columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    if watermark:
        sheet.append([])
        sheet.append([_cell(sheet, watermark)])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def write_csv(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, watermark: str = ""
) -> bytes:
    """Give CSV in UTF-8 with its mark, which Excel and WPS open by a double click."""
    kept = io.StringIO(newline="")
    writer = csv.writer(kept)
    for row in [columns, *rows]:
        writer.writerow([neutralised(_text(value)) for value in row])
    if watermark:
        writer.writerow([])
        writer.writerow([neutralised(watermark)])
    return (BOM + kept.getvalue()).encode()


def neutralised(value: str) -> str:
    """Give a text that no spreadsheet runs: ``'=1+1``."""
    return f"'{value}" if value.startswith(RISKY) else value


def _text(value: object) -> str:
    return "" if value is None else ILLEGAL_CHARACTERS_RE.sub("", str(value))


def _cell(
    sheet: WriteOnlyWorksheet, value: object, *, bold: bool = False
) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=neutralised(_text(value)))
    cell.data_type = "s"  # openpyxl takes "=" for a formula
    cell.number_format = "@"  # and Excel shall not guess when it is edited
    if bold:
        cell.font = Font(bold=True)
    return cell


def _prepare(sheet: WriteOnlyWorksheet, width: int, watermark: str) -> None:
    sheet.freeze_panes = "A2"
    for index in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(index)].width = WIDTH
    # "&" begins a code in a header or footer.
    sheet.oddFooter.center.text = watermark.replace("&", "&&") or None
