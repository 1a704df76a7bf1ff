"""Words, lists and mappings as YAML that a person likes to read.

What :mod:`.outline` reads from it is what was given. Words stand without quotes where
YAML allows: that reader takes all for words.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import yaml

Written: TypeAlias = "str | Sequence[Written] | Mapping[str, Written]"
"""What stands in a file: words, lists and mappings."""

NULL = "tag:yaml.org,2002:null"
WORDS = "tag:yaml.org,2002:str"
LISTS = "tag:yaml.org,2002:seq"
MAPPINGS = "tag:yaml.org,2002:map"
WIDEST = 1_000_000
"""Columns of a line: words are not broken."""

RESOLVER = yaml.resolver.Resolver()
"""Tells what YAML takes plain words for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How lists and mappings are laid out.

    Attributes:
        short: Keys whose lists and mappings stand on one line.
        long: Keys whose lists are laid out like the outermost; the items of other
            lists stand on one line each.
    """

    short: frozenset[str] = frozenset()
    long: frozenset[str] = frozenset()


def dumped(value: Written, style: Style, *, flow: bool = False) -> str:
    """Write a value; with ``flow`` on one line, as it stands behind a key."""
    node = _node(value, style, flow=flow)
    return yaml.serialize(node, Dumper=_Dumper, allow_unicode=True, width=WIDEST)


class _Dumper(yaml.SafeDumper):
    """Indents the lists of a mapping, as the banks do that were written by hand."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  (PyYAML's)
        """Never leave a list where its key is."""
        super().increase_indent(flow, indentless=False)


def _node(value: Written, style: Style, *, flow: bool, depth: int = 0) -> yaml.Node:
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
                    depth=depth + (key not in style.long),
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
