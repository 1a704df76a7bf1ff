"""A changed scenario written with the lines of the old one wherever they say the same.

Comments above a node, a choice or an ending go where it goes; the others stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from trainer.scenarios.domain.reading import CHOICE_KEYS
from trainer.scenarios.domain.reading import ENDING_KEYS
from trainer.scenarios.domain.reading import KEYS
from trainer.scenarios.domain.reading import NODE_KEYS
from trainer.topics.domain.outline_text import Style
from trainer.topics.domain.outline_text import Written
from trainer.topics.domain.outline_text import dumped

STYLE = Style(
    short=frozenset({"tests", "rates", "when", "learns", "cites"}),
    long=frozenset({"nodes", "endings", "choices"}),
)
ORDERS = (CHOICE_KEYS, NODE_KEYS, ENDING_KEYS, KEYS)
"""How the keys of each kind of mapping usually stand."""

Entry = Mapping[str, Written]


def patched(body: str, old: Entry, new: Entry) -> str:
    """Write a changed body.

    Args:
        body: The old body.
        old: What it says.
        new: What is to be said.
    """
    root = yaml.compose(body, Loader=yaml.SafeLoader)
    if isinstance(root, yaml.MappingNode) and not root.flow_style:
        lines = body.splitlines(keepends=True)
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += "\n"
        top = root.start_mark.line
        kept = [*lines[:top], *_Patch(lines).mapping(root, old, new, len(lines))]
        made = "".join(kept)
        if _says(made, new):
            return made
    return dumped(new, STYLE)


def _says(body: str, wanted: Entry) -> bool:
    """Tell whether a text says what is wanted, but for ends of lines."""
    try:
        found = yaml.load(body, Loader=yaml.BaseLoader)  # noqa: S506  (makes words, lists and mappings only)
    except yaml.YAMLError:
        return False
    return _plain(found) == _plain(wanted)


def _plain(value: Written) -> object:
    if isinstance(value, str):
        return value.rstrip("\n")
    if isinstance(value, Mapping):
        return {key: _plain(told) for key, told in value.items()}
    return [_plain(item) for item in value]


@dataclass(frozen=True, slots=True)
class _Patch:
    """The lines of a body, each with its end."""

    lines: Sequence[str]

    def mapping(
        self, node: yaml.MappingNode, old: Entry, new: Entry, stop: int
    ) -> list[str]:
        """Give the lines of a mapping, which in the old body end before ``stop``."""
        starts = [key.start_mark.line for key, _ in node.value]
        stops = [*starts[1:], stop]
        column = node.start_mark.column
        blocks = {
            str(key.value): (start, end, value)
            for (key, value), start, end in zip(node.value, starts, stops, strict=True)
        }
        made: list[str] = []
        for key in _order(old, new):
            if key in blocks:
                start, end, value = blocks[key]
                made += self._key(key, value, (start, end), (old, new), column)
            elif key in new:
                made += _shifted(dumped({key: new[key]}, STYLE), column)
        first = self.lines[starts[0]][:column]  # the dash of a list, perhaps
        return [first + made[0][column:], *made[1:]] if made else []

    def _key(
        self,
        key: str,
        value: yaml.Node,
        region: tuple[int, int],
        said: tuple[Entry, Entry],
        column: int,
    ) -> list[str]:
        """Give the lines of a key of a mapping."""
        start, stop = region
        old, new = said[0][key], said[1].get(key)
        own = [" " * column + self.lines[start][column:], *self.lines[start + 1 : stop]]
        if new == old:
            return own
        after = _after(own)
        if new is None:
            return after
        if isinstance(value, yaml.SequenceNode) and not value.flow_style:
            items = list(self._sequence(value, old, new, stop))
            if items:
                first = value.start_mark.line
                return [own[0], *self.lines[start + 1 : first], *items]
        return [*_shifted(dumped({key: new}, STYLE), column), *after]

    def _sequence(
        self, node: yaml.SequenceNode, old: Written, new: Written, stop: int
    ) -> Iterator[str]:
        """Give the lines of a list whose items have ids; of another one nothing."""
        before, wanted = _by_id(old), _by_id(new)
        if not before or not wanted:
            return
        places, rest = self._items(node, list(before), stop)
        for key, entry in wanted.items():
            if key not in places:
                text = dumped([dict(entry)], STYLE)
                yield from _shifted(text, node.start_mark.column)
                continue
            item, above, start, end = places[key]
            yield from self.lines[above:start]
            if entry == before[key]:
                yield from self.lines[start:end]
            elif isinstance(item, yaml.MappingNode) and not item.flow_style:
                yield from self.mapping(item, before[key], entry, end)
            else:
                flow = dumped(entry, STYLE, flow=True).strip()
                yield f"{' ' * node.start_mark.column}- {flow}\n"
        yield from self.lines[rest:stop]

    def _items(
        self, node: yaml.SequenceNode, keys: Sequence[str], stop: int
    ) -> tuple[dict[str, tuple[yaml.Node, int, int, int]], int]:
        """Find the items of a list by id, and what stands behind the last one.

        Of each item where the comments above it begin, where it begins and ends.
        """
        starts = [item.start_mark.line for item in node.value]
        above, places = starts[0], {}
        stops = [*starts[1:], stop]
        for key, item, start, end in zip(keys, node.value, starts, stops, strict=True):
            last = end - len(_after(self.lines[start:end]))
            places[key] = (item, above, start, last)
            above = last
        return places, above


def _order(old: Entry, new: Entry) -> list[str]:
    """Give the keys of both, new ones behind those that usually stand before them."""
    found = [*old]
    usual = next((keys for keys in ORDERS if {*old, *new} <= {*keys}), ())
    for key in new:
        if key not in found:
            before = usual[: usual.index(key)] if key in usual else found
            places = [found.index(other) for other in before if other in found]
            found.insert(max(places, default=-1) + 1, key)
    return found


def _by_id(value: Written) -> dict[str, Entry]:
    """Give the mappings of a list by their ids; nothing when some have none."""
    if isinstance(value, str | Mapping):
        return {}
    found = {
        str(item["id"]): item
        for item in value
        if isinstance(item, Mapping) and "id" in item
    }
    return found if len(found) == len(value) else {}


def _shifted(text: str, column: int) -> list[str]:
    return [
        " " * column + line if line.strip() else line
        for line in text.splitlines(keepends=True)
    ]


def _after(lines: Sequence[str]) -> list[str]:
    """Give the comments and empty lines behind what a block says."""
    last = len(lines)
    while last > 1 and (
        not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")
    ):
        last -= 1
    return [*lines[last:]]
