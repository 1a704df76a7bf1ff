"""Certificates and growth records as PDF: layout only, what they say comes ready."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import date
from datetime import datetime

from trainer.certificates.domain.growing import FILE_NAME
from trainer.certificates.domain.sheets import Sheet
from trainer.kit.files import Font
from trainer.kit.files import Pdf

ACCENT = (11, 92, 173)
QUIET = (90, 98, 110)
ALARM = (176, 42, 55)
LEFT, WIDE = 30.0, 237.0
"""Where the words of a landscape page begin, and how wide they run, in millimetres."""

QR = 34.0
Matrix = Sequence[Iterable[int]]
"""Squares of a QR code, 0 is light."""


def certificate_pdf(sheet: Sheet, code: Matrix, font: Font, *, at: datetime) -> bytes:
    """Write a certificate on one landscape page of A4.

    Args:
        sheet: What it says.
        code: QR code of the address that verifies it.
        font: For its words.
        at: The moment; the same one gives the same bytes.

    Raises:
        NoGlyphError: the font cannot write all of it.
    """
    pdf = Pdf(f"{sheet.title} {sheet.number}", sheet.issuer, at, font)
    pdf.page(landscape=True)
    pdf.frame(9, 9, 279, 192, 1.1, ACCENT)
    pdf.frame(12, 12, 273, 186, 0.25, ACCENT)
    if sheet.mark:
        _middle(pdf, sheet.mark, 16, 13, ALARM)
    _middle(pdf, sheet.issuer, 26, 17, QUIET)
    _middle(pdf, sheet.title, 42, 38, ACCENT)
    _middle(pdf, sheet.number, 66, 12, QUIET)
    _middle(pdf, sheet.name, 82, 30)
    _middle(pdf, sheet.said, 104, 17)
    for row, (name, told) in enumerate(sheet.facts):
        words, y = f"{name}：{told}", 138.0 + row * 10
        pdf.words(words, x=LEFT, y=y, width=130, size=14)
    pdf.squares(code, x=LEFT + WIDE - QR, y=132, width=QR)
    words = f"核验码：{sheet.code}"
    pdf.words(words, x=147, y=170, width=120, size=9, align="R", colour=QUIET)
    _middle(pdf, sheet.note, 184, 10, QUIET)
    return pdf.written()


def growth_pdf(
    name: str,
    rows: Iterable[tuple[date, str, str]],
    *,
    issuer: str,
    watermark: str,
    font: Font,
    at: datetime,
) -> bytes:
    """Write a growth record on as many pages of A4 as it takes.

    Args:
        name: Whose it is.
        rows: Day, kind and words of each step, in the order they stand.
        issuer: The centre.
        watermark: Who took it away, when and why; stands at its end.
        font: For its words.
        at: The moment; the same one gives the same bytes.

    Raises:
        NoGlyphError: the font cannot write all of it.
    """
    pdf = Pdf(f"{FILE_NAME} {name}", issuer, at, font)
    pdf.page()
    if issuer:
        pdf.flow(issuer, size=11)
    pdf.flow(f"{FILE_NAME}：{name}", size=20, after=4)
    for on, kind, what in rows:
        pdf.flow(f"{on}　{kind}　{what}", size=11, after=1)
    pdf.flow(watermark, size=9)
    return pdf.written()


def _middle(
    pdf: Pdf,
    words: str,
    y: float,
    size: float,
    colour: tuple[int, int, int] = (0, 0, 0),
) -> None:
    if words:
        pdf.words(words, x=LEFT, y=y, width=WIDE, size=size, align="C", colour=colour)
