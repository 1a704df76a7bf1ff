"""Finding a font with Chinese characters on the machine; none is shipped.

It must have TrueType outlines: of the other kind (CFF, as in Noto CJK) the PDF that
is written gives no text back to who copies or searches it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trainer.core.errors import TrainerError
from trainer.core.wording import N_

PROBE = "证书"
"""What a font must be able to write."""

NAMES = (
    *("wqy-microhei.ttc", "wqy-zenhei.ttc", "simsun.ttc", "simhei.ttf", "msyh.ttc"),
    *("simfang.ttf", "simkai.ttf", "Deng.ttf", "uming.ttc", "ukai.ttc"),
    *("DroidSansFallbackFull.ttf", "DroidSansFallback.ttf"),
)
"""Files of fonts that are widely installed, the first one found is taken."""

PLACES = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "C:/Windows/Fonts"),
    "/Library/Fonts",
)


class NoFontError(TrainerError):
    """Nothing on this machine can write Chinese into a PDF."""

    def __init__(self, told: str = "") -> None:
        super().__init__(
            N_(
                "设置 font 指的“{told}”不能用来生成 PDF，要 TrueType 中文字体；"
                "请联系管理员，或先用浏览器打印",
                told=told,
            )
            if told
            else N_(
                "服务器上没有能生成 PDF 的中文字体；请联系管理员安装，或先用浏览器打印"
            )
        )


@dataclass(frozen=True, slots=True)
class Font:
    """A font file; ``number`` says which one of a collection (.ttc), from 0."""

    path: Path
    number: int = 0


@cache
def chinese_font(told: str = "", places: tuple[str, ...] = PLACES) -> Font:
    """Find a font; what was found once is not looked for again.

    Args:
        told: Path of a file, of a collection with ``#1`` behind it for the second
            font in it; empty looks among those that are widely installed.
        places: Where to look for these.

    Raises:
        NoFontError: there is none that can be used.
    """
    if told:
        name, _, number = told.partition("#")
        font = Font(Path(name), int(number) if number.isdecimal() else 0)
        if not _is_usable(font):
            raise NoFontError(told)
        return font
    for path in _known(places):
        if _is_usable(Font(path)):
            return Font(path)
    raise NoFontError


def _known(places: tuple[str, ...]) -> Iterator[Path]:
    found = {
        path.name: path
        for place in places
        for path in sorted(Path(place).rglob("*.tt[cf]"))
    }
    yield from (found[name] for name in NAMES if name in found)


@cache
def characters(font: Font) -> frozenset[int]:
    """Give the characters a font can write; none when it is no TrueType font."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (slow to load, seldom needed)
    from fontTools.ttLib import TTLibError  # noqa: PLC0415  (likewise)

    try:
        with (
            font.path.open("rb") as file,  # left open when it is no font, else
            TTFont(file, fontNumber=font.number, lazy=True) as opened,
        ):
            known = frozenset(opened.getBestCmap() or ())
            return known if "glyf" in opened else frozenset()
    except (OSError, TTLibError):
        return frozenset()


def _is_usable(font: Font) -> bool:
    return {ord(char) for char in PROBE} <= characters(font)
