"""Writing a PDF: words, lines and squares at places, and text that flows.

Places and sizes are in millimetres from the upper left corner, type sizes in points.
The same calls with the same moment give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from typing import Literal

from trainer.core.clock import CENTRE
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.files.fonts import Font
from trainer.kit.files.fonts import characters

if TYPE_CHECKING:  # slow to load, seldom needed
    from fpdf import FPDF

Align = Literal["L", "C", "R"]
Colour = tuple[int, int, int]

BLACK: Colour = (0, 0, 0)
MARGIN = 18.0
FACE = "chinese"
POINT = 25.4 / 72
LEADING = 1.5
"""Height of a line, in sizes of its type."""


class NoGlyphError(TrainerError):
    """The font lacks a character, and a certificate without it would be wrong."""

    def __init__(self, lacking: str) -> None:
        super().__init__(
            N_(
                "生成 PDF 的字体里没有这些字：{lacking}；"
                "请用浏览器打印，或请管理员换字体",
                lacking=lacking,
            )
        )


class Pdf:
    """A PDF that is being written."""

    def __init__(self, title: str, author: str, at: datetime, font: Font) -> None:
        """Begin one without pages.

        Args:
            title: What a viewer shows as its name.
            author: Who gives it out.
            at: The moment it is written.
            font: For all its words.
        """
        from fpdf import FPDF  # noqa: PLC0415  (slow to load, seldom needed)

        self._pdf: FPDF = FPDF(format="A4")
        self._pdf.set_creation_date(at.astimezone(CENTRE))
        self._pdf.set_title(title)
        self._pdf.set_author(author)
        self._pdf.set_lang("zh-CN")
        self._pdf.set_auto_page_break(auto=True, margin=MARGIN)
        self._pdf.set_margins(MARGIN, MARGIN)
        self._pdf.add_font(FACE, "", font.path, collection_font_number=font.number)
        self._known = characters(font)
        self._lacking: set[str] = set()

    def page(self, *, landscape: bool = False) -> None:
        """Begin a page of A4."""
        self._pdf.add_page(orientation="landscape" if landscape else "portrait")

    def words(  # noqa: PLR0913  (place, width, size, side and colour, by name)
        self,
        words: str,
        *,
        x: float,
        y: float,
        width: float,
        size: float,
        align: Align = "L",
        colour: Colour = BLACK,
    ) -> None:
        """Put words into a column, broken where it ends."""
        self._ink(words, size, colour)
        self._pdf.set_xy(x, y)
        self._pdf.multi_cell(width, size * POINT * LEADING, words, align=align)

    def flow(self, words: str, *, size: float, after: float = 0.0) -> None:
        """Put words below what was put last, on a new page when this one is full."""
        self._ink(words, size, BLACK)
        self._pdf.set_x(MARGIN)
        self._pdf.multi_cell(0, size * POINT * LEADING, words, align="L")
        self._pdf.set_y(self._pdf.get_y() + size * POINT * LEADING + after)

    def frame(
        self, x: float, y: float, width: float, height: float, line: float, ink: Colour
    ) -> None:
        """Draw a frame, its line so thick."""
        self._pdf.set_draw_color(*ink)
        self._pdf.set_line_width(line)
        self._pdf.rect(x, y, width, height)

    def squares(
        self, matrix: Sequence[Iterable[int]], *, x: float, y: float, width: float
    ) -> None:
        """Fill the squares of a grid whose value is not 0, as a QR code has them."""
        side = width / len(matrix)
        self._pdf.set_fill_color(*BLACK)
        for row, line in enumerate(matrix):
            for column, is_dark in enumerate(line):
                if is_dark:
                    left, top = x + column * side, y + row * side
                    self._pdf.rect(left, top, side, side, style="F")

    def written(self) -> bytes:
        """Give the file.

        Raises:
            NoGlyphError: the font lacks a character.
        """
        try:
            if self._lacking:
                raise NoGlyphError("".join(sorted(self._lacking)))
            return bytes(self._pdf.output())
        finally:
            for font in self._pdf.fonts.values():
                font.ttfont.close()  # type: ignore[union-attr]  # ours is TrueType

    def _ink(self, words: str, size: float, colour: Colour) -> None:
        self._pdf.set_font(FACE, size=size)
        self._pdf.set_text_color(*colour)
        self._lacking |= {char for char in words if ord(char) not in self._known}
