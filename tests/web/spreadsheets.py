"""What is taken away, as a spreadsheet opens it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import openpyxl
from werkzeug.test import TestResponse


def cells(answer: TestResponse, kind: str) -> Iterator[tuple[str, ...]]:
    """Read an export row by row; none of its cells is a formula."""
    assert answer.status_code == 200, answer.text
    if kind == "csv":
        lines = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
        yield from map(tuple, lines)
        return
    for sheet in openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
            yield tuple(str(cell.value or "") for cell in row)
