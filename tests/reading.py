"""What a page says, sorted into the frame and the content that is marked as such."""

from __future__ import annotations

from html.parser import HTMLParser

from trainer.kit.language import CHINESE

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
TYPED = {"textarea", "script"}
"""What stands in these was typed by somebody, or is no words."""

TOLD = ("title", "alt", "aria-label", "placeholder")
"""Attributes that a person reads or hears."""


class Reader(HTMLParser):
    """Sorts what a page says into frame, content and what no element can mark."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.frame: list[str] = []
        self.content: list[str] = []
        self.unmarked: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = given.get("lang")
        chinese = language == "zh-CN" if language else self._in_chinese()
        told = [given.get(name) or "" for name in TOLD]
        told += [words or "" for name, words in attrs if name.startswith("data-")]
        (self.content if chinese else self.unmarked).extend(told)
        if tag == "input":
            self.content.append(given.get("value") or "")
        if tag not in VOID:
            self._open.append((tag, chinese or tag in TYPED))

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] == "title":
            self.unmarked.append(data)
        else:
            (self.content if self._in_chinese() else self.frame).append(data)

    def _in_chinese(self) -> bool:
        return bool(self._open) and self._open[-1][1]


def strays(page: str) -> list[str]:
    """Give the Chinese that a page in English says outside of content."""
    return [words.strip() for words in Reader(page).frame if CHINESE.search(words)]
