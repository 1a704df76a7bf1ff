"""A text as a browser sends it, before it is parsed."""

from __future__ import annotations

import re

from trainer.core.document import MOST_BYTES
from trainer.core.document import Mistake
from trainer.core.wording import N_

PLACEHOLDER = "【请填写"
"""How the templates mark what an author must still write."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_GARBLED = "\ufffd"


def tidied(text: str) -> str:
    """Undo what browsers do to line ends; the last line gets its end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if not lines or lines.endswith("\n") else lines + "\n"


def mistakes_of_typing(text: str) -> list[Mistake]:
    """Find what no author has meant to write: unseen characters, broken ones."""
    size = len(text.encode())
    if size > MOST_BYTES:
        most = MOST_BYTES // 1024
        words = N_(
            "全文有 {size} KB，超过上限 {most} KB；请拆成几篇",
            size=size // 1024,
            most=most,
        )
        return [Mistake(0, words)]
    mistakes = []
    for number, line in enumerate(text.split("\n"), 1):
        if _UNSEEN.search(line):
            mistakes.append(
                Mistake(number, N_("有看不见的控制字符；请删掉这一行再重写"))
            )
        if _GARBLED in line:
            mistakes.append(
                Mistake(
                    number,
                    N_("有乱码“{garbled}”；请从原文重新复制这一行", garbled=_GARBLED),
                )
            )
    return mistakes


def unfinished(text: str) -> list[Mistake]:
    """Find the places of a template that nobody has filled in."""
    return [
        Mistake(number, N_("还有没填完的“{placeholder}…】”", placeholder=PLACEHOLDER))
        for number, line in enumerate(text.split("\n"), 1)
        if PLACEHOLDER in line
    ]
