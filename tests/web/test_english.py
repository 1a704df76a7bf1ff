"""Who chooses English reads no Chinese, except in content, which says that it is.

``tests/web/matrix.py`` gives the pages. Content (titles, names, texts, whatever
somebody typed) carries ``lang="zh-CN"``; where no element can say so, in an attribute
or in the title of a page, it may only repeat what some page marks as content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from tests.web.conftest import Furnished
from tests.web.matrix import ADMIN
from tests.web.matrix import APPROVER
from tests.web.matrix import EDITOR
from tests.web.matrix import LOGIN
from tests.web.matrix import NOBODY
from tests.web.matrix import ROLES
from tests.web.matrix import TABLE
from trainer.kit.language import CHINESE

RUN = re.compile(f"{CHINESE.pattern}+")
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
TYPED = {"textarea", "script"}
"""What stands in these was typed by somebody, or is no words."""

BUSY = (APPROVER, ADMIN, EDITOR)
LEAST_FIRST = (*(role for role in ROLES if role not in BUSY), *BUSY)
"""Of those who get the same answer, who sees most of it comes last and is asked."""

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


def pages(furnished: Furnished) -> Iterator[tuple[str, str]]:
    """Give every kind of answer of every route that is a page, in English."""
    for (_endpoint, method), row in sorted(TABLE.items()):
        answers = dict(zip(ROLES, row.answers, strict=True))
        if answers[NOBODY] == LOGIN:
            del answers[NOBODY]
        asked = {answers[role]: role for role in LEAST_FIRST if role in answers}
        for role in asked.values():
            caller = furnished.callers[role]
            form = {"csrf_token": caller.token, **row.form}
            client = caller.bare()
            client.set_cookie("language", "en")
            answer = client.open(
                row.path,
                method=method,
                data=None if method == "GET" else form,
                follow_redirects=True,
            )
            if answer.mimetype == "text/html":
                yield f"{method} {row.path} ({role})", answer.text


@pytest.mark.usefixtures("nothing_stays")
def test_no_page_says_anything_in_chinese_but_content(furnished: Furnished) -> None:
    read = {name: Reader(page) for name, page in pages(furnished)}
    content = "\n".join(words for page in read.values() for words in page.content)
    strays = {
        f"{name}: {words.strip()}"
        for name, page in read.items()
        for words in page.frame
        if CHINESE.search(words)
    }
    strays |= {
        f"{name}: {words}"
        for name, page in read.items()
        for words in page.unmarked
        if any(run not in content for run in RUN.findall(words)) or "<span" in words
    }
    assert len(read) > 100
    assert strays == set()


def test_the_rule_bites() -> None:
    page = Reader(
        '<p>搜索 <b lang="zh-CN">租房<i>提取</i></b> 完</p><input title="找">'
    )
    assert "".join(page.frame) == "搜索  完"
    assert "".join(page.content) == "租房提取"
    assert "找" in page.unmarked
