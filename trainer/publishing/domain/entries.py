"""Entries: what stands in a list that is a text, by its keys, as it is written.

Reading takes all for words and leaves out nothing; writing gives the text back as a
person likes to read it, without quotes where YAML allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from typing import cast

import yaml

from trainer.core import document

Written: TypeAlias = "str | Sequence[Written] | Mapping[str, Written]"
"""What stands in such a text: words, lists and mappings, nothing else."""

Entry: TypeAlias = dict[str, Written]
"""One of the list by its keys, in the order to write."""

NULL = "tag:yaml.org,2002:null"
WORDS = "tag:yaml.org,2002:str"
LISTS = "tag:yaml.org,2002:seq"
MAPPINGS = "tag:yaml.org,2002:map"
WIDEST = 1_000_000
"""Columns of a line: words are not broken."""

RESOLVER = yaml.resolver.Resolver()
"""Tells what YAML takes plain words for."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of text is laid out.

    Attributes:
        short: Keys whose lists and mappings stand on one line.
        inner: Key under which entries stand in an entry; empty where there is none.
    """

    short: frozenset[str]
    inner: str = ""


PLAIN = Style(frozenset())


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
    return "".join(_dumped([entry], style) for entry in entries) or "[]\n"


def in_one_line(value: Written) -> str:
    """Write a list or mapping as it stands behind its key: ``{a: [1, 2]}``."""
    return _dumped(value, PLAIN, flow=True).strip()


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


class _Dumper(yaml.SafeDumper):
    """Indents the lists of a mapping, as in the texts that were written by hand."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  (PyYAML's)
        """Never leave a list where its key is."""
        super().increase_indent(flow, indentless=False)


def _dumped(value: Written, style: Style, *, flow: bool = False) -> str:
    node = _node(value, style, flow=flow)
    return yaml.serialize(node, Dumper=_Dumper, allow_unicode=True, width=WIDEST)


def _node(value: Written, style: Style, *, flow: bool, depth: int = 0) -> yaml.Node:
    """Build what is written: one line from the third level on, inner entries apart."""
    if isinstance(value, str):
        return _scalar(value, flow=flow)
    if isinstance(value, Mapping):
        pairs = [
            (
                _scalar(key, flow=True),
                _node(
                    told,
                    style,
                    flow=flow or key in style.short,
                    depth=depth + (key != style.inner),
                ),
            )
            for key, told in value.items()
        ]
        return yaml.MappingNode(MAPPINGS, pairs, flow_style=flow)
    inner = flow or depth > 0
    items = [_node(item, style, flow=inner, depth=depth) for item in value]
    return yaml.SequenceNode(LISTS, items, flow_style=flow)


def _scalar(words: str, *, flow: bool) -> yaml.Node:
    if "\n" in words and not flow:
        return yaml.ScalarNode(WORDS, f"{words}\n", style="|")
    tag = str(RESOLVER.resolve(yaml.ScalarNode, words, (True, False)))  # type: ignore[no-untyped-call]  # of PyYAML
    # A time in a list needs quotes; then it is words, else YAML would name its type.
    quoted = tag == NULL or (flow and ":" in words)
    return yaml.ScalarNode(WORDS if quoted else tag, words)
