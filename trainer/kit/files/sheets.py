"""Tables somebody takes away: Excel and CSV, harmless and with a watermark.

A spreadsheet takes a text that begins like a formula for one. Such a text gets an
apostrophe before it, in every cell alike, however it is written (full width, behind a
space). The watermark says who took the table away, when and why; it stands below the
rows, so that the table can be brought in again, and on each printed page.

Source: OWASP, CSV injection.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from typing import Protocol

if TYPE_CHECKING:  # slow to load, seldom needed
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = str | int | float | date | None

FORMULA = frozenset("=+-@\t\r\n")
"""What a formula begins with."""

BEFORE = "' \u00a0\u3000\ufeff"
"""What may stand before it; an apostrophe of its own too, or reading would take it."""

LONGEST = 32_000
"""Characters of a cell; Excel keeps 32,767."""

WIDEST = 60
"""Characters of the widest column; a Chinese one is as wide as two others."""

SAMPLE = 200
"""Rows that say how wide the columns are."""

LONGEST_TITLE = 31
"""Characters of the name of a sheet."""

LONGEST_FOOT = 200
"""Characters of the foot of a printed page."""

BOM = "\ufeff"
"""Tells Excel that a CSV is UTF-8."""

NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Sheet(Protocol):
    """A table with its name: a sheet of a workbook."""

    @property
    def title(self) -> str:
        """Name of the sheet; what Excel does not take is left out."""

    @property
    def columns(self) -> Sequence[str]:
        """Heads of the columns, in the first line, which stays in sight."""

    @property
    def rows(self) -> Iterable[Sequence[Cell]]:
        """The lines below; texts stay texts, 007 too."""


@dataclass(frozen=True, slots=True)
class _Single:
    """The only sheet of a file."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


class Write(Protocol):
    """Writes a table into the bytes of a file."""

    def __call__(
        self,
        title: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        *,
        watermark: str = "",
    ) -> bytes:
        """See :func:`write_xlsx`."""


def neutral(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula, and every file may hold."""
    clean = NOT_IN_XML.sub("", text)
    if len(clean) > LONGEST:
        clean = clean[: LONGEST - 1] + "…"
    begins = unicodedata.normalize("NFKC", clean.lstrip(BEFORE)[:1])
    return f"'{clean}" if begins[:1] in FORMULA and begins else clean


def write_xlsx(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    watermark: str = "",
) -> bytes:
    """Write an Excel file of one sheet.

    Args:
        title: Name of the sheet, see :class:`Sheet`.
        columns: Heads of the columns.
        rows: The lines below.
        watermark: The last line, and the foot of each printed page.
    """
    return write_workbook([_Single(title, columns, rows)], watermark=watermark)


def write_workbook(sheets: Iterable[Sheet], *, watermark: str = "") -> bytes:
    """Write an Excel file of several sheets, in their order.

    Args:
        sheets: At least one; names that are the same get a number.
        watermark: The last line of each sheet, and the foot of each printed page.
    """
    from openpyxl import Workbook  # noqa: PLC0415  (slow to load, seldom needed)

    book = Workbook(write_only=True)
    for each in sheets:
        sheet = book.create_sheet(NOT_IN_TITLES.sub("", each.title)[:LONGEST_TITLE])
        _fill(sheet, [each.columns, *each.rows], watermark)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def write_csv(
    title: str,  # noqa: ARG001  (as other writers; a CSV has no place for it)
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    watermark: str = "",
) -> bytes:
    """Write CSV in UTF-8 with its mark, which Excel and WPS open by a double click.

    Arguments as for :func:`write_xlsx`.
    """
    kept = io.StringIO(newline="")
    writer = csv.writer(kept)
    for row in (columns, *rows):
        writer.writerow(
            neutral(cell) if isinstance(cell, str) else cell for cell in row
        )
    if watermark:
        writer.writerow([])
        writer.writerow([neutral(watermark)])
    return (BOM + kept.getvalue()).encode()


SHEET_WRITERS: Mapping[str, Write] = {"xlsx": write_xlsx, "csv": write_csv}
"""How a table is written, by the ending of its file."""


def _fill(
    sheet: WriteOnlyWorksheet, lines: Sequence[Sequence[Cell]], watermark: str
) -> None:
    _prepare(sheet, lines[:SAMPLE], watermark)
    for number, line in enumerate(lines):
        sheet.append([_cell(sheet, value, bold=not number) for value in line])
    if watermark:
        sheet.append([])
        sheet.append([_cell(sheet, watermark)])


def _cell(
    sheet: WriteOnlyWorksheet, value: Cell, *, bold: bool = False
) -> WriteOnlyCell:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  (slow to load)
    from openpyxl.styles import Font  # noqa: PLC0415  (likewise)

    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=neutral(value))
    cell.data_type = "s"  # openpyxl takes "=" for a formula
    cell.number_format = "@"  # and Excel shall not guess when it is edited
    if bold:
        cell.font = Font(bold=True)
    return cell


def _prepare(
    sheet: WriteOnlyWorksheet, sample: Iterable[Sequence[Cell]], watermark: str
) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  (slow to load)

    sheet.freeze_panes = "A2"
    for number, width in enumerate(_widths(sample), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    # "&" begins a code in a foot.
    foot = neutral(watermark).replace("&", "&&")[:LONGEST_FOOT]
    sheet.oddFooter.center.text = foot or None


def _widths(rows: Iterable[Sequence[Cell]]) -> Iterator[int]:
    """Give the width of each column."""
    widest: dict[int, int] = {}
    for row in rows:
        for place, cell in enumerate(row):
            told = "" if cell is None else str(cell)
            wide = sum(1 + (ord(c) > 0x2E7F) for c in told[:WIDEST])  # noqa: PLR2004  (CJK begins)
            widest[place] = max(widest.get(place, 0), min(wide + 2, WIDEST))
    yield from widest.values()
