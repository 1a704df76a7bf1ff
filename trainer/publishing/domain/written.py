"""Values of the front matter as YAML, in the way our texts are written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

import yaml

from trainer.core.document import FENCE

Value: TypeAlias = "str | int | date | list[str] | Mapping[str, list[str]]"
"""What a key may say; a truth value is a whole number to Python."""


def front_matter(said: Mapping[str, Value | None]) -> str:
    """Give a whole front matter with its fences; a key without a value is left out."""
    lines = [line for key, value in said.items() for line in written(key, value)]
    return "\n".join((FENCE, *lines, FENCE, ""))


def written(key: str, value: Value | None) -> list[str]:
    """Give the lines of a key; none for no value."""
    if value is None:
        return []
    if isinstance(value, Mapping):
        return [f"{key}:", *(f"  {k}: {_listed(words)}" for k, words in value.items())]
    if isinstance(value, list):
        if key != "phrases":
            return [f"{key}: {_listed(value)}"]
        return [f"{key}:", *(f"  - {_word(words)}" for words in value)]
    if isinstance(value, str):
        return _text(key, value)
    return [f"{key}: {str(value).lower()}"]


def _listed(words: list[str]) -> str:
    """Write a list on one line."""
    return f"[{', '.join(_word(word, flow=True) for word in words)}]"


def _word(words: str, *, flow: bool = False) -> str:
    """Write one line: bare where YAML reads it back as it is, else in quotes."""
    bare = _says(f"[{words}]" if flow else f"- {words}", [words])
    return words if bare else json.dumps(words, ensure_ascii=False)


def _text(key: str, words: str) -> list[str]:
    """Write text of one or several lines."""
    lines = words.split("\n")
    if len(lines) > 1 and FENCE not in map(str.strip, lines):
        block = [f"{key}: |-", *(f"  {line}" if line else "" for line in lines)]
        if _says("\n".join(block), {key: words}):
            return block
    return [f"{key}: {_word(words)}"]


def _says(lines: str, value: object) -> bool:
    """Tell whether YAML reads something as a value."""
    try:
        return bool(yaml.safe_load(lines) == value)
    except (yaml.YAMLError, ValueError, RecursionError):
        return False
