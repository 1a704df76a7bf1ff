"""Signs of full width as the usual ones, each in its place."""

from __future__ import annotations

import re
import unicodedata

FIRST, LAST = 0xFF01, 0xFF5E
"""Signs of full width that have a usual one, ``！`` to ``～``."""

AWAY = FIRST - ord("!")

_USUAL = {code: code - AWAY for code in range(FIRST, LAST + 1)} | {
    ord("\u3000"): " ",
    ord("\u00a0"): " ",
}


def folded(text: str) -> str:
    """Give a text to look for signs in; what stands where stays there."""
    return text.translate(_USUAL)


def narrow(text: str) -> str:
    """Give a short text with the usual width of signs, to be read, not kept."""
    return unicodedata.normalize("NFKC", text).strip()


def name_of(text: str) -> str:
    """Give a name to look up: of usual width, without spaces, marks and brackets."""
    told = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】", "", narrow(text))
    return re.sub(r"[\s*:：#、。]", "", told).casefold()
