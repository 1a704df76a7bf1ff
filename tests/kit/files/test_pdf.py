"""PDF: text comes back as it was written, the same call gives the same bytes."""

from __future__ import annotations

import io
from datetime import UTC
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from trainer.kit.files import Font
from trainer.kit.files import NoFontError
from trainer.kit.files import NoGlyphError
from trainer.kit.files import Pdf
from trainer.kit.files import chinese_font

AT = datetime(2026, 11, 22, 4, tzinfo=UTC)
LATIN = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def make(words: str, at: datetime = AT) -> bytes:
    pdf = Pdf("证书 2026-000001", "示例市中心", at, chinese_font())
    pdf.page(landscape=True)
    pdf.frame(5, 5, 100, 100, 1, (0, 0, 255))
    pdf.words(words, x=20, y=20, width=200, size=20, align="C")
    pdf.squares([[1, 0], [0, 1]], x=10, y=10, width=20)
    pdf.flow("下面一行", size=11)
    return pdf.written()


def test_text_and_particulars_come_back() -> None:
    read = PdfReader(io.BytesIO(make("上岗授权：林小雨 2026")))
    assert read.pages[0].extract_text().split("\n") == [
        "上岗授权：林小雨 2026",
        "下面一行",
    ]
    assert read.metadata
    assert read.metadata.title == "证书 2026-000001"
    assert read.metadata.author == "示例市中心"
    assert read.metadata.creation_date == AT
    assert read.pages[0].mediabox.width > read.pages[0].mediabox.height


def test_the_same_moment_gives_the_same_bytes() -> None:
    assert make("证书") == make("证书")
    assert make("证书") != make("证书", datetime(2026, 11, 23, tzinfo=UTC))


def test_long_text_goes_on_overleaf() -> None:
    pdf = Pdf("长", "", AT, chinese_font())
    pdf.page()
    for n in range(80):
        pdf.flow(f"第 {n} 行", size=11)
    read = PdfReader(io.BytesIO(pdf.written()))
    assert len(read.pages) > 1
    told = "\n".join(page.extract_text() for page in read.pages)
    assert all(f"第 {n} 行" in told for n in range(80))


def test_a_character_that_the_font_lacks_is_no_blank() -> None:
    with pytest.raises(NoGlyphError, match="㐂"):
        make("林㐂")


def test_a_font_is_found_and_one_without_chinese_is_none(tmp_path: Path) -> None:
    found = chinese_font()
    assert found.path.exists()
    assert chinese_font(f"{found.path}#{found.number}") == found
    text = tmp_path / "no-font.ttf"
    text.write_text("no font", "utf-8")
    for told in (str(LATIN), str(text), "/no/such/font.ttf", f"{found.path}#99"):
        with pytest.raises(NoFontError, match="font"):
            chinese_font(told)
    with pytest.raises(NoFontError, match="没有能生成 PDF 的中文字体"):
        chinese_font("", (str(tmp_path),))


def test_fonts_are_compared_by_what_they_are() -> None:
    assert Font(Path("a.ttc")) == Font(Path("a.ttc"), 0)
