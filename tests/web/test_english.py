"""Who chooses English reads no Chinese, except in content, which says that it is.

``tests/web/matrix.py`` gives the pages. Content (titles, names, texts, whatever
somebody typed) carries ``lang="zh-CN"``; where no element can say so, in an attribute
or in the title of a page, it may only repeat what some page marks as content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.reading import Reader
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
BUSY = (APPROVER, ADMIN, EDITOR)
LEAST_FIRST = (*(role for role in ROLES if role not in BUSY), *BUSY)
"""Of those who get the same answer, who sees most of it comes last and is asked."""


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
