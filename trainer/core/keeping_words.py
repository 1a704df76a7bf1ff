"""Sentences that are kept: written as JSON, and read back with what they remember."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from trainer.core.wording import Wording

Kept = dict[str, object]
"""``{"words": ...}`` for plain words; else message, values, context and counted."""


def kept_words(words: str) -> Kept:
    """Write words; a :class:`Wording` keeps its message and values."""
    if not isinstance(words, Wording):
        return {"words": words}
    return {
        "message": words.message,
        "values": {name: _kept(value) for name, value in words.values.items()},
        "context": words.context,
        "counted": words.counted,
    }


def read_words(kept: Kept) -> str:
    """Read them back, ready to be said in any language."""
    if "words" in kept:
        return cast("str", kept["words"])
    values = cast("Mapping[str, object]", kept["values"])
    return Wording(
        cast("str", kept["message"]),
        {name: _read(value) for name, value in values.items()},
        context=cast("str", kept["context"]),
        counted=cast("bool", kept["counted"]),
    )


def _kept(value: object) -> object:
    if isinstance(value, Wording):
        return kept_words(value)
    if isinstance(value, list | tuple):
        return [_kept(item) for item in value]
    return value if isinstance(value, str | int) else str(value)


def _read(value: object) -> object:
    if isinstance(value, dict):
        return read_words(value)
    if isinstance(value, list):
        return [_read(item) for item in value]
    return value
