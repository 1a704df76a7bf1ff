"""Word files for tests, made of XML strings."""

from __future__ import annotations

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = "word/numbering.xml"
STYLES = "word/styles.xml"


def zipped(**parts: str) -> bytes:
    """Pack parts; ``__`` in a name stands for ``/``."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(f"{name.replace('__', '/')}.xml", text)
    return kept.getvalue()


def docx(body: str, numbering: str = "", styles: str = "") -> bytes:
    """Make a Word file of the inside of its body and of its lists."""
    parts = {"word__document": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    if numbering:
        parts["word__numbering"] = f"<w:numbering {W}>{numbering}</w:numbering>"
    if styles:
        parts["word__styles"] = f"<w:styles {W}>{styles}</w:styles>"
    return zipped(**parts)


def p(text: str, listing: int | None = None, level: int = 0, style: str = "") -> str:
    """Write a paragraph, of a list perhaps."""
    told = f'<w:pStyle w:val="{style}"/>' if style else ""
    if listing is not None:
        told += (
            f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{listing}"/></w:numPr>'
        )
    return f"<w:p><w:pPr>{told}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def level(number: int, form: str, text: str, start: int = 1) -> str:
    """Write a level of a list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def shape(number: int, *levels: str) -> str:
    """Write how a list looks."""
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'
    )


def listing(number: int, of: int, overrides: str = "") -> str:
    """Write a list of a shape."""
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'
    )


def restart(at: int, start: int = 1) -> str:
    """Write that a level begins anew."""
    return (
        f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/>'
        "</w:lvlOverride>"
    )
