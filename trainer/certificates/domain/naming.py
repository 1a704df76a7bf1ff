"""How much of a name a stranger gets: enough to compare, not enough to find; pure."""

from __future__ import annotations

import re

UNKNOWN = "某"
DOUBLE = frozenset(
    {
        *("欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "夏侯"),
        *("诸葛", "尉迟", "公孙", "慕容", "长孙", "宇文", "司徒", "皇甫", "令狐"),
    }
)
"""Family names of two characters; whoever has another one shows his first."""

CHINESE = re.compile(r"[\u3400-\u9fff]")
BESIDE = re.compile(r"（.*?）|\(.*?\)")
"""What is put behind a name and belongs to nobody's."""


def veiled(name: str) -> str:
    """Give the family name and 某; of a name in letters its first letter.

    >>> veiled("林小雨"), veiled("欧阳雨"), veiled("Anna Li")
    ('林某', '欧阳某', 'A***')
    """
    told = BESIDE.sub("", name).strip()
    if not told:
        return UNKNOWN
    if not CHINESE.match(told):
        return f"{told[0]}***"
    short = told[:2] if told[:2] in DOUBLE and len(told) > len("欧阳") else told[0]
    return short + UNKNOWN
