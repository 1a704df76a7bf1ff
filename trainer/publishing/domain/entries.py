"""Entries: what stands in a list that is a text, by its keys, as it is written.

Reading takes all for words and leaves out nothing; writing gives the text back as a
person likes to read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import TypeAlias
from typing import cast

import yaml

from trainer.core import document
from trainer.topics.domain.outline_text import Style
from trainer.topics.domain.outline_text import Written
from trainer.topics.domain.outline_text import dumped

Entry: TypeAlias = dict[str, Written]
"""One of the list by its keys, in the order to write."""

PLAIN = Style()


def entries(text: str) -> list[Entry]:
    """Give the entries of a text as they are written.

    Args:
        text: A text that parses.
    """
    # Of the two loaders that make nothing but plain values, the one that leaves words
    # as they are.
    found = yaml.load(document.parse(text).body, Loader=yaml.BaseLoader)  # noqa: S506  (makes words, lists and mappings only)
    return cast("list[Entry]", found or [])


def text_of(entries: Sequence[Mapping[str, Written]], style: Style) -> str:
    """Write entries as YAML; none give an empty list."""
    return "".join(dumped([entry], style) for entry in entries) or "[]\n"


def in_one_line(value: Written) -> str:
    """Write a list or mapping as it stands behind its key: ``{a: [1, 2]}``."""
    return dumped(value, PLAIN, flow=True).strip()


def words_in(value: Written) -> Iterator[str]:
    """Give everything that is written somewhere in an entry."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield key
            yield from words_in(inner)
    else:
        for inner in value:
            yield from words_in(inner)
