"""Changing one item in the text of a list; every other line stays as it is.

Items are handled as they are written: what a person has left out stays left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.publishing.domain.editing import Placed
from trainer.publishing.domain.editing import empty_body
from trainer.publishing.domain.editing import joined
from trainer.publishing.domain.editing import placed
from trainer.publishing.domain.entries import Entry
from trainer.publishing.domain.entries import entries
from trainer.publishing.domain.entries import text_of
from trainer.topics.domain.outline_text import Style

EMPTY = empty_body("至少一条")
"""The body of a list without items."""

SOURCE = "各条所引条款"
"""Where what a list says usually comes from."""

STYLE = Style(short=frozenset({"business", "causes", "when", "cites"}))


def item_in(text: str, key: str) -> Entry:
    """Give an item as it is written.

    Raises:
        NotFoundError: the list has no such item.
    """
    items = [Placed(entry) for entry in entries(text)]
    return items[_place(items, key)].entry


def item_text(entry: Entry) -> str:
    """Write one item as it stands in a list."""
    return text_of([entry], STYLE)


def with_item(text: str, entry: Entry, replaces: str = "") -> str:
    """Put an item into a list.

    Args:
        text: The list.
        entry: The item, with everything it says.
        replaces: Id of the item whose place it takes; empty puts it at the end.

    Raises:
        NotFoundError: the list has no item to be replaced.
    """
    items = placed(text)
    if replaces:
        old = items[_place(items, replaces)]
        old.becomes(_in_order_of(old.entry, entry))
    else:
        items.append(Placed(entry))
    return joined(text, items, STYLE, EMPTY)


def without_item(text: str, key: str) -> str:
    """Take an item out of a list.

    Raises:
        NotFoundError: the list has no such item.
    """
    items = placed(text)
    items[_place(items, key)].becomes({})
    return joined(text, items, STYLE, EMPTY)


def moved_item(text: str, key: str, *, up: bool) -> str:
    """Move an item before or behind its neighbour of the same step, if it has one.

    A list is read step by step, so what stands between the two is not passed.

    Raises:
        NotFoundError: the list has no such item.
    """
    items = placed(text)
    at = _place(items, key)
    step = items[at].entry.get("step")
    same = [n for n, item in enumerate(items) if item.entry.get("step") == step]
    beside = same.index(at) + (-1 if up else 1)
    if beside not in range(len(same)):
        return text
    items.insert(same[beside], items.pop(at))
    return joined(text, items, STYLE, EMPTY)


def _in_order_of(old: Entry, entry: Entry) -> Entry:
    """Keep the keys of an item in the order in which its author wrote them."""
    kept = {key: entry[key] for key in old if key in entry}
    return {**kept, **entry}


def _place(items: Sequence[Placed], key: str) -> int:
    for at, item in enumerate(items):
        if item.entry.get("id") == key:
            return at
    raise NotFoundError(N_("清单里没有这一条：{key}", key=key))
