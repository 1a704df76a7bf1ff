"""Writes the workbooks of 1997 (.xls, and .et of WPS) by hand, as far as tests need.

Source: [MS-XLS] 2.1 and [MS-CFB] 2: a BIFF8 stream in a compound file.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SMALLEST = 4096
"""Bytes below which a stream would have to stand in the mini stream."""


def make_xls(rows: Sequence[Sequence[str | float]]) -> bytes:
    """Give a workbook of one sheet, whose cells are texts or numbers."""
    return _compound(_biff(rows))


def _record(number: int, content: bytes) -> bytes:
    return struct.pack("<HH", number, len(content)) + content


def _text(text: str, length: str) -> bytes:
    return struct.pack(f"<{length}B", len(text), 1) + text.encode("utf-16-le")


def _biff(rows: Sequence[Sequence[str | float]]) -> bytes:
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    sheet = _record(0x0809, begin[:2] + struct.pack("<H", 0x0010) + begin[4:])
    wide = max(map(len, rows))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, wide, 0))
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            place = struct.pack("<HHH", y, x, 0)
            if isinstance(value, str):
                sheet += _record(0x0204, place + _text(value, "H"))
            else:
                sheet += _record(0x0203, place + struct.pack("<d", value))
    sheet += _record(0x000A, b"")
    head = _record(0x0809, begin) + _record(0x0042, struct.pack("<H", 1200))
    name = _text("Sheet1", "B")
    size = len(head) + 4 + 6 + len(name) + 4
    bound = _record(0x0085, struct.pack("<IBB", size, 0, 0) + name)
    return head + bound + _record(0x000A, b"") + sheet


def _compound(stream: bytes) -> bytes:
    stream = stream.ljust(SMALLEST, b"\0")
    stream += b"\0" * (-len(stream) % SECTOR)
    sectors = len(stream) // SECTOR
    table = [FAT, END, *range(3, sectors + 2), END]
    table += [FREE] * (SECTOR // 4 - len(table))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<IIIIIIIII", 0, 1, 1, 0, SMALLEST, END, 0, END, 0)
        + struct.pack("<I", 0)
        + struct.pack("<I", FREE) * 108
    )
    entries = (
        _entry("Root Entry", 5, child=1, start=END, size=0)
        + _entry("Workbook", 2, child=FREE, start=2, size=len(stream))
        + b"\0" * 256
    )
    return header + struct.pack("<128I", *table) + entries + stream


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(written), kind, 1, FREE, FREE, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
