"""A second sheet that says how to fill in the first."""

from __future__ import annotations

import io
from collections.abc import Iterable

from openpyxl import load_workbook
from openpyxl.styles import Alignment

WIDTH = 90
"""Of the only column, in characters."""


def with_guide(workbook: bytes, title: str, lines: Iterable[str]) -> bytes:
    """Add a sheet of sentences, one below the other, to a workbook of our own."""
    book = load_workbook(io.BytesIO(workbook))
    sheet = book.create_sheet(title)
    sheet.column_dimensions["A"].width = WIDTH
    for line in lines:
        sheet.append([line])
    for (cell,) in sheet.iter_rows(max_col=1):
        cell.alignment = Alignment(wrap_text=True)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
