"""The child process that opens workbooks; started by :mod:`.tables`.

A file of two cells, one of them in the last corner of the sheet, makes the reader
ask for half a terabyte and abort its process: so that process is not the site. It
reads the bytes of a workbook on standard input and answers with one JSON object on
standard output: ``{"sheet": name, "rows": [[number, [text, ...]], ...], "merged":
bool, "others": [name, ...]}``, or ``{"refused": code}``, a key of
``tables.REFUSED``.
"""

from __future__ import annotations

import io
import json
import signal
import sys
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import time
from typing import TypedDict

from python_calamine import CalamineError
from python_calamine import CalamineSheet
from python_calamine import CalamineWorkbook
from python_calamine import PasswordError
from python_calamine import SheetTypeEnum
from python_calamine import SheetVisibleEnum

MOST_MEMORY = 768 * 1024 * 1024
"""Address space, in bytes."""

MOST_SECONDS = 20
"""After which the process ends itself, were its parent gone."""

MOST_ROWS = 20_000
MOST_COLUMNS = 100
LONGEST_CELL = 2_000
"""Characters of a cell; what is longer is cut, and too long for any field."""

EXACT = 10**15
"""From here on a number has lost digits on its way through the sheet."""

Cell = int | float | str | bool | time | date | datetime | object


class Answer(TypedDict, total=False):
    """What the child says."""

    refused: str
    sheet: str
    rows: list[tuple[int, list[str]]]
    merged: bool
    others: list[str]


class RefusedError(Exception):
    """The workbook is not read; ``args[0]`` is the code."""


def main() -> None:
    """Answer once, and end."""
    _limit()
    data = sys.stdin.buffer.read()
    try:
        told = answer(data)
    except RefusedError as refused:
        told = Answer(refused=str(refused))
    except PasswordError:
        told = Answer(refused="password")
    except (CalamineError, MemoryError):
        told = Answer(refused="damaged")
    sys.stdout.write(json.dumps(told))


def answer(data: bytes) -> Answer:
    """Read the first sheet that shows something."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ is SheetTypeEnum.WorkSheet
        and sheet.visible is SheetVisibleEnum.Visible
    ]
    for name in shown:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is not None:
            rows, merged = _rows(sheet)
            others = [other for other in shown if other != name]
            return Answer(sheet=name, rows=rows, merged=merged, others=others)
    raise RefusedError("empty")


def _rows(sheet: CalamineSheet) -> tuple[list[tuple[int, list[str]]], bool]:
    """Give the rows that hold something, each with its number from 1."""
    left = sheet.start[1] if sheet.start else 0
    rows: dict[int, list[str]] = {}
    for number, cells in enumerate(sheet.iter_rows(), 1):
        found = [""] * left + [text_of(cell) for cell in cells]
        while found and not found[-1]:
            found.pop()
        if found:
            rows[number] = found
        if len(rows) > MOST_ROWS:
            raise RefusedError("rows")
        if len(found) > MOST_COLUMNS:
            raise RefusedError("columns")
    merged = _fill_merged(rows, sheet)
    return list(rows.items()), merged


def _fill_merged(rows: dict[int, list[str]], sheet: CalamineSheet) -> bool:
    """Write what a merged cell says into every row it spans, as the eye reads it.

    Only downwards: a title merged across is no data of each column.
    """
    filled = False
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        first = rows.get(top + 1, [])
        if bottom == top or left >= len(first) or not first[left]:
            continue
        for number in _between(rows, top + 2, bottom + 1):
            cells = rows[number]
            cells.extend([""] * (left + 1 - len(cells)))
            cells[left] = cells[left] or first[left]
            filled = True
    return filled


def _between(rows: dict[int, list[str]], first: int, last: int) -> Iterator[int]:
    """Give the rows there are from a first to a last, however far that is."""
    if last - first < len(rows):
        return (number for number in range(first, last + 1) if number in rows)
    return (number for number in rows if first <= number <= last)


def text_of(cell: Cell) -> str:
    """Write a cell as a person reads it: days as ISO, whole numbers without .0."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < EXACT
        return str(int(cell)) if whole else repr(cell)
    if isinstance(cell, datetime):
        midnight = cell.time() == time(0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)[: LONGEST_CELL + 1].strip()


def _limit() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  (not on Windows)

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.alarm(MOST_SECONDS)


if __name__ == "__main__":
    main()
