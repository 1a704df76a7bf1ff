"""Tables somebody uploads: Excel, WPS or CSV, as rows of text.

What a file is, its content says, not its name. Workbooks are opened by a child
process (:mod:`.workbooks`) after their outside has been looked at; CSV is read
here. Each refusal is a sentence that says what to do.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.files.sheets import neutral
from trainer.kit.files.workbooks import LONGEST_CELL
from trainer.kit.files.workbooks import MOST_COLUMNS
from trainer.kit.files.workbooks import MOST_ROWS
from trainer.kit.files.workbooks import Answer

MOST_BYTES = 5 * 1024 * 1024
"""Largest file."""

MOST_MEMBERS = 500
"""Parts of an .xlsx; Excel writes some ten, and two for each sheet."""

MOST_UNPACKED = 80 * 1024 * 1024
"""Bytes of all parts together."""

MOST_RATIO = 200
"""A part that shrinks by more is no table; spreadsheets shrink by 5 to 40."""

SMALL_PART = 64 * 1024
"""Parts below this size may shrink as they like."""

SECONDS = 15
"""For the child to read a workbook; 20,000 rows take about two."""

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DELIMITERS = ",\t;"
RESAVE = N_("请用 Excel 或 WPS 打开，另存为 .xlsx 再上传")

REFUSED = {
    "password": N_("文件加了密码，读不了；请去掉打开密码再上传"),
    "damaged": N_("文件损坏或不完整，读不了；{resave}", resave=RESAVE),
    "empty": N_("表里没有内容；请确认上传的是填好的那个文件"),
    "rows": N_("表超过 {most:,} 行；请拆成几个文件分次导入", most=MOST_ROWS),
    "columns": N_("表超过 {most} 列；请只留下要导入的列", most=MOST_COLUMNS),
}
_HOME = Path(__file__).parents[3]


class TableError(TrainerError):
    """The file is not read; the sentence says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row that holds something.

    Attributes:
        number: Its number in the sheet, from 1.
        cells: The texts of its cells; the ones after the last filled are left out.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The first sheet of a file that holds something.

    Attributes:
        sheet: Its name, empty for CSV.
        lines: Its rows, in order.
        merged: Whether cells merged downwards were filled in.
        others: Names of further sheets, which are not read.
    """

    sheet: str
    lines: tuple[Line, ...]
    merged: bool = False
    others: tuple[str, ...] = ()


def read_table(data: bytes) -> Table:
    """Read the table in a file.

    Raises:
        TableError: too large, empty, locked, damaged, or no table.
    """
    if len(data) > MOST_BYTES:
        size = len(data) / 1024 / 1024
        most = MOST_BYTES // 1024 // 1024
        raise TableError(
            N_(
                "文件有 {size:.1f} MB，超过上限 {most} MB；请拆成几个文件",
                size=size,
                most=most,
            )
        )
    if not data.strip():
        raise TableError(N_("文件是空的；请确认上传的是填好的那个文件"))
    if data.startswith(ZIP):
        _must_be_a_small_workbook(data)
        return _opened(data)
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise TableError(REFUSED["password"])
        return _opened(data)
    return _separated(_decoded(data))


def column_letter(index: int) -> str:
    """Name a column as spreadsheets do, from 0: ``A``, ``Z``, ``AA``."""
    letters, rest = "", index + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _must_be_a_small_workbook(data: bytes) -> None:
    """Unpack every part once, into nothing: what its header says is not believed.

    Raises:
        TableError: it is no workbook, or would unpack to far more than a table.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                raise TableError(
                    N_("这个压缩包不是 Excel 表格；{resave}", resave=RESAVE)
                )
            _must_be_small(parts)
            for part in parts:
                _unpack(archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise TableError(REFUSED["damaged"]) from error
    except (NotImplementedError, RuntimeError) as error:  # a method, a password
        raise TableError(REFUSED["password"]) from error


def _must_be_small(parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > SMALL_PART
        and part.file_size > MOST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if len(parts) > MOST_MEMBERS or total > MOST_UNPACKED or swollen:
        raise TableError(
            N_(
                "文件解开后大得不正常，没有打开；请只留要导入的表，{resave}",
                resave=RESAVE,
            )
        )


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read to the end, so that length and checksum are compared."""
    with archive.open(part) as unpacked:
        while unpacked.read(1 << 20):
            pass


def _opened(data: bytes) -> Table:
    """Have a workbook read by the child."""
    path = [str(_HOME), *filter(None, sys.path)]
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "trainer.kit.files.workbooks"],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path)},
        )
        told = cast("Answer", json.loads(done.stdout))
    except (subprocess.SubprocessError, ValueError) as error:
        raise TableError(REFUSED["damaged"]) from error
    if code := told.get("refused"):
        raise TableError(REFUSED[code])
    return _table(
        [(number, cells) for number, cells in told["rows"]],
        told["sheet"],
        merged=told["merged"],
        others=tuple(told["others"]),
    )


def _decoded(data: bytes) -> str:
    """Give the text of a CSV file, whichever way it was saved."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _as(data[len(mark) :], encoding) or _no_text()
    if b"\x00" in data:
        even, odd = data[::2].count(0), data[1::2].count(0)
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        return _as(data, encoding) or _no_text()
    return _as(data, "utf-8") or _as(data, "gb18030") or _no_text()


def _as(data: bytes, encoding: str) -> str:
    """Give text without control characters, else nothing."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return ""
    strange = any(ord(sign) < ord(" ") and sign not in "\t\r\n" for sign in text)
    return "" if strange else text


def _no_text() -> str:
    raise TableError(N_("这不是表格文件；请上传 .xlsx、.xls、.et 或 .csv"))


def _separated(text: str) -> Table:
    """Read CSV, whatever stands between its cells."""
    begin = text.lstrip()[:200].lower()
    if begin.startswith(("<", "mime-version:")):
        raise TableError(
            N_("这是网页另存成的“表格”，不是真正的表格；{resave}", resave=RESAVE)
        )
    header = text.lstrip().splitlines()[0] if begin else ""
    between = max(DELIMITERS, key=header.count)
    rows: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True), 1
        ):
            found = [_cell(cell) for cell in cells]
            if any(found):
                rows.append((number, found))
            if len(rows) > MOST_ROWS:
                raise TableError(REFUSED["rows"])
    except csv.Error as error:
        raise TableError(
            N_("这个 CSV 的引号或分隔不对，读不了；{resave}", resave=RESAVE)
        ) from error
    return _table(rows, "")


def _cell(written: str) -> str:
    """Undo what spreadsheets write to keep zeros in front: ``="007"``."""
    text = written.strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return text[: LONGEST_CELL + 1].strip()


def _table(
    rows: list[tuple[int, list[str]]],
    sheet: str,
    *,
    merged: bool = False,
    others: tuple[str, ...] = (),
) -> Table:
    lines = []
    for number, cells in rows:
        found = [_restored(cell) for cell in cells]
        while found and not found[-1]:
            found.pop()
        if len(found) > MOST_COLUMNS:
            raise TableError(REFUSED["columns"])
        lines.append(Line(number, tuple(found)))
    if not lines:
        raise TableError(REFUSED["empty"])
    return Table(sheet, tuple(lines), merged, others)


def _restored(cell: str) -> str:
    """Take away the mark that an export put before a formula, and odd signs."""
    text = cell.replace("\x00", "").replace("\ufeff", "").replace("\xa0", " ").strip()
    return text[1:] if text[:1] == "'" and neutral(text[1:]) == text else text
