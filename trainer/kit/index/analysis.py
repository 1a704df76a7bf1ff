"""From text to terms: Chinese characters and pairs of them, other words whole.

Without a dictionary. On questions about the fund, single characters together with
bigrams found the right passage more often than word segmentation, and nothing has
to be loaded or kept up to date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import cast

MOST_CHARACTERS = 64
"""A longer word that is not Chinese is cut here; it was never typed by a person."""

_CHINESE = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"([{_CHINESE}]+)|[^\\W_{_CHINESE}]+")


def normalise(text: str) -> str:
    """Unify width, case and script: NFKC, lower case, traditional to simplified."""
    plain = unicodedata.normalize("NFKC", text).lower()
    if plain.isascii():
        return plain
    # Half of a surrogate pair is no character: it would break every encoder.
    return _simplified()(plain.encode(errors="replace").decode())


def tokens(text: str) -> list[str]:
    """List the terms of a text in order, repeated as often as they occur.

    Args:
        text: Any text; it is normalised here.

    Returns:
        For a run of Chinese its characters, then its bigrams; a run of other
        letters and digits is one term of at most :data:`MOST_CHARACTERS`.
    """
    terms: list[str] = []
    for run, is_chinese in _runs(text):
        if is_chinese:
            terms += run
            terms += map("".join, pairwise(run))
        else:
            terms.append(run[:MOST_CHARACTERS])
    return terms


def bigrams(text: str) -> list[str]:
    """List the bigrams of the Chinese runs of a text, each once, in order."""
    pairs = (
        "".join(p) for run, chinese in _runs(text) if chinese for p in pairwise(run)
    )
    return list(dict.fromkeys(pairs))


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    for found in _RUN.finditer(normalise(text)):
        yield found[0], found[1] is not None


@lru_cache(maxsize=1)
def _simplified() -> Callable[[str], str]:
    from opencc import OpenCC  # noqa: PLC0415  (its tables load only when needed)

    return cast("Callable[[str], str]", OpenCC("t2s").convert)
