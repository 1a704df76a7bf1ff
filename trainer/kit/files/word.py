"""Word texts somebody uploads (.docx): their paragraphs, with automatic numbers.

Only three small parts of the archive are unpacked, each up to a bound, and read by
:mod:`trainer.core.elements`. What cannot be carried as text leaves a word in
brackets, so that nobody takes a question without its picture for whole.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from collections.abc import Mapping

from trainer.core import elements
from trainer.core.elements import BrokenXmlError
from trainer.core.elements import Element
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.kit.files.numbering import Counting
from trainer.kit.files.numbering import listings_of
from trainer.kit.files.numbering import whole
from trainer.kit.files.tables import ENCRYPTED
from trainer.kit.files.tables import OLE
from trainer.kit.files.tables import ZIP

MOST_BYTES = 10 * 1024 * 1024
"""Largest file; pictures make them large."""

MOST_UNPACKED = 20 * 1024 * 1024
"""Bytes of one part; a thousand questions take about two million."""

MOST_PARTS = 2000
DOCUMENT = "word/document.xml"
SPACE = ("wordprocessingml/2006/main", "wordprocessingml/main")
"""How the namespace of Word's own elements ends, in either edition of the standard."""

PICTURE, FORMULA = "〔图片〕", "〔公式〕"
"""Stand where a text has what is not taken over."""

RESAVE = N_("请用 Word 或 WPS 打开，另存为 .docx 再上传")
GONE = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText"})
"""Elements whose words are not seen."""

SIGNS: Mapping[str, str] = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "oMath": FORMULA,
}


class WordError(TrainerError):
    """The file is not read; the sentence says why, and what to do."""


def read_paragraphs(data: bytes) -> tuple[str, ...]:
    """Read the lines of a .docx, empty ones too, numbers that Word shows before them.

    Raises:
        WordError: too large, an old .doc, locked, damaged, or no Word text.
    """
    _must_be_archive(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if len(names) > MOST_PARTS:
                raise _too_much()
            if DOCUMENT not in names:
                raise WordError(N_("这个压缩包不是 Word 文件；{resave}", resave=RESAVE))
            text = _part(archive, DOCUMENT)
            lists = _part(archive, "word/numbering.xml")
            styles = _part(archive, "word/styles.xml")
    except (NotImplementedError, RuntimeError) as error:  # a method, a password
        raise WordError(N_("文件加了密码，读不了；请去掉打开密码再上传")) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise WordError(
            N_("文件损坏或不完整，读不了；{resave}", resave=RESAVE)
        ) from error
    counting = Counting(listings_of(lists) if lists else {})
    reading = _Reading(counting, _styles(styles) if styles else {})
    return tuple(reading.lines(text)) if text else ()


def _must_be_archive(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise WordError(
            N_(
                "文件超过 {most} MB；请删去图片，或拆成几个文件",
                most=MOST_BYTES // 1024 // 1024,
            )
        )
    if not data.strip():
        raise WordError(N_("文件是空的；请确认上传的是写好的那个文件"))
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise WordError(N_("文件加了密码，读不了；请去掉打开密码再上传"))
        raise WordError(N_("这是旧版的 .doc；{resave}", resave=RESAVE))
    if not data.startswith(ZIP):
        raise WordError(N_("这不是 Word 文件；{resave}", resave=RESAVE))


def _part(archive: zipfile.ZipFile, name: str) -> Element | None:
    """Unpack one part, and no more than it may have: its header is not believed."""
    if name not in archive.namelist():
        return None
    with archive.open(name) as packed:
        data = packed.read(MOST_UNPACKED + 1)
    if len(data) > MOST_UNPACKED:
        raise _too_much()
    try:
        return elements.read(data)
    except BrokenXmlError as error:
        if error.trap:
            raise _too_much() from error
        raise


def _too_much() -> WordError:
    return WordError(
        N_(
            "文件解开后大得不正常，没有打开；请只留要导入的题目，{resave}",
            resave=RESAVE,
        )
    )


def _styles(root: Element) -> dict[str, Element]:
    """Give the styles of paragraphs by id."""
    return {each.attributes.get("styleId", ""): each for each in root.every("style")}


class _Reading:
    """A text being read from its beginning to its end."""

    def __init__(self, counting: Counting, styles: Mapping[str, Element]) -> None:
        self._counting = counting
        self._styles = styles

    def lines(self, element: Element) -> Iterator[str]:
        """Give the lines of all paragraphs in an element."""
        for child in element.children:
            if child.name == "p" and child.space.endswith(SPACE):
                yield from self._paragraph(child)
            elif child.name not in GONE:
                yield from self.lines(child)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        number = self._number(paragraph)
        words = "".join(_words(paragraph))
        told = f"{number} {words}" if number and words.strip() else words
        yield from told.split("\n")
        for child in paragraph.children:
            yield from self._boxes(child)

    def _boxes(self, element: Element) -> Iterator[str]:
        """Give what stands in the text boxes that hang on a paragraph."""
        for child in element.children:
            if child.name == "txbxContent":
                yield from self.lines(child)
            elif child.name not in GONE:
                yield from self._boxes(child)

    def _number(self, paragraph: Element) -> str:
        listing, level = self._listing(paragraph, set())
        if listing in {"", "0"}:  # 0 takes the number of the style away
            return ""
        return self._counting.next(listing, level)

    def _listing(self, owner: Element, seen: set[str]) -> tuple[str, int]:
        """Give the list and level a paragraph has, or its style, or that one's."""
        told = owner.one("pPr", "numPr")
        if told and (listing := told.one("numId")):
            level = told.one("ilvl")
            place = whole(level.attributes.get("val") if level else "", 0)
            return listing.attributes.get("val", ""), place
        based = (
            owner.one("basedOn")
            if owner.name == "style"
            else owner.one("pPr", "pStyle")
        )
        name = based.attributes.get("val", "") if based else ""
        if name in self._styles and name not in seen:
            return self._listing(self._styles[name], seen | {name})
        return "", 0


def _words(element: Element) -> Iterator[str]:
    for child in element.children:
        if child.name in GONE or child.name in {"txbxContent", "pPr", "rPr"}:
            continue
        if child.name == "t" and child.space.endswith(SPACE):
            yield child.text
        elif child.name in SIGNS:
            yield SIGNS[child.name]
        elif child.name in {"drawing", "pict", "object"}:
            yield PICTURE if not _has_box(child) else ""
        else:
            yield from _words(child)


def _has_box(element: Element) -> bool:
    return element.name == "txbxContent" or any(map(_has_box, element.children))
