"""Changing one place of a scenario; every line that says the same stays as it is.

Places are handled as they are written (:data:`Entry`): what a person has left out
stays left out. A text whose graph is not whole after a change says so at its top
(:data:`MARK`), so that it can be saved and nobody submits it.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from typing import cast

import yaml

from trainer.core import document
from trainer.core.errors import MistakesError
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.publishing.domain.typed import PLACEHOLDER
from trainer.publishing.domain.typed import mistakes_of_typing
from trainer.scenarios.domain.linting import linted
from trainer.scenarios.domain.patching import patched
from trainer.scenarios.domain.reading import read
from trainer.topics.domain.outline_text import Written

Entry: TypeAlias = dict[str, Written]
"""A node, a choice, an ending by the keys of docs/scenario-format.md."""

MARK = f"# {PLACEHOLDER}：情景还没有连好，见情景页上的提醒；连好后这一行会自动去掉】\n"


class Kind(StrEnum):
    """What may be put, taken out and moved, by the key of its list."""

    NODES = "nodes"
    ENDINGS = "endings"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list of a scenario: its nodes, its endings, the choices of one node."""

    kind: Kind
    node: str = ""


UNSAID: Entry = {"patience": "20", "mood": "3", "pass": "70"}
UNSAID_OF_CHOICE: Entry = {"mood": "0", "risk": "0", "minutes": "1"}
"""What holds when nothing is said; who has said it nevertheless keeps the line."""

NODES, ENDINGS = Shelf(Kind.NODES), Shelf(Kind.ENDINGS)


def body_of(text: str) -> Entry:
    """Give what stands behind the header, as it is written.

    Args:
        text: A scenario that can be read.
    """
    return _loaded(document.parse(text).body)


def head_of(body: Entry) -> Entry:
    """Give what is said of the whole scenario, without nodes and endings."""
    return {key: said for key, said in body.items() if key not in {*Kind}}


def entries(body: Entry, shelf: Shelf) -> list[Entry]:
    """Give what stands in a list; a change of it changes the body.

    Raises:
        NotFoundError: there is no such node.
    """
    holder = entry(body, NODES, shelf.node) if shelf.node else body
    if not isinstance(holder.get(shelf.kind), list):
        holder[shelf.kind] = []
    return cast("list[Entry]", holder[shelf.kind])


def entry(body: Entry, shelf: Shelf, key: str) -> Entry:
    """Give one entry of a list.

    Raises:
        NotFoundError: there is none.
    """
    found = next((e for e in entries(body, shelf) if e.get("id") == key), None)
    if found is None:
        raise NotFoundError(N_("情景里没有“{key}”；可能已被删去", key=key))
    return found


def with_head(text: str, head: Entry) -> str:
    """Say something else of the whole scenario.

    Raises:
        MistakesError: it holds characters that nobody can see.
    """
    _must_be_seen(head)
    body = body_of(text)
    kept = {key: said for key, said in body.items() if key in {*Kind}}
    return _written(text, {**settled(body, head, UNSAID), **kept})


def with_entry(text: str, shelf: Shelf, new: Entry, replaces: str = "") -> str:
    """Put an entry into a list: in the place of another, or at the end.

    What a form does not know of a node, its choices, stays.

    Raises:
        MistakesError: it holds characters that nobody can see.
        NotFoundError: what it replaces, or its node, is not there.
    """
    _must_be_seen(new)
    body = body_of(text)
    found = entries(body, shelf)
    if replaces:
        old = entry(body, shelf, replaces)
        kept = {key: said for key, said in old.items() if key == Kind.CHOICES}
        unsaid = UNSAID_OF_CHOICE if shelf.kind is Kind.CHOICES else {}
        found[found.index(old)] = {**settled(old, new, unsaid), **kept}
    else:
        found.append(new)
    return _written(text, body)


def without_entry(text: str, shelf: Shelf, key: str) -> str:
    """Take an entry out of its list.

    Raises:
        NotFoundError: there is none.
    """
    body = body_of(text)
    entries(body, shelf).remove(entry(body, shelf, key))
    return _written(text, body)


def with_moved(text: str, shelf: Shelf, key: str, *, up: bool) -> str:
    """Move an entry by one place; at the end of its list it stays.

    Raises:
        NotFoundError: there is none.
    """
    body = body_of(text)
    found = entries(body, shelf)
    moving = entry(body, shelf, key)
    place = found.index(moving)
    found.remove(moving)
    found.insert(max(0, place - 1) if up else place + 1, moving)
    return _written(text, body)


def _must_be_seen(value: Written) -> None:
    """Stop here when words hold what no author has meant to type.

    YAML would write it as an escape, which hides it from who looks at the text.
    """
    if isinstance(value, str):
        if wrong := mistakes_of_typing(value):
            raise MistakesError(wrong)
    else:
        for inner in value.values() if isinstance(value, Mapping) else value:
            _must_be_seen(inner)


def settled(old: Entry, new: Entry, unsaid: Entry) -> Entry:
    """Keep the old words where the new ones mean the same.

    A list in another order is the same list, for all short ones are sets; so is a key
    that says what holds unsaid.
    """
    explicit = {k: v for k, v in old.items() if k not in new and unsaid.get(k) == v}
    return {
        key: _settled(old.get(key), said) for key, said in {**new, **explicit}.items()
    }


def _settled(old: Written | None, new: Written) -> Written:
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: _settled(old.get(key), said) for key, said in new.items()}
    if isinstance(old, list) and isinstance(new, list):
        words = [*old, *new]
        plain = all(isinstance(word, str) for word in words)
        return old if plain and sorted(map(str, old)) == sorted(map(str, new)) else new
    return new


def _written(text: str, body: Entry) -> str:
    """Write a changed body, with the mark when its graph is not whole."""
    split = document.parse(text)
    head = "".join(text.splitlines(keepends=True)[: split.body_line - 1])
    old = split.body.replace(MARK, "")
    made = patched(old, _loaded(old), body)
    scenario = read(head + made).scenario
    whole = scenario is None or not linted(scenario).mistakes
    return head + ("" if whole else MARK) + made


def _loaded(body: str) -> Entry:
    """Read what is written: words, lists and mappings, nothing else."""
    # Of the two loaders that make nothing but plain values, the one that leaves words
    # as they are.
    found = yaml.load(body, Loader=yaml.BaseLoader)  # noqa: S506  (makes words, lists and mappings only)
    return cast("Entry", _tidy(deepcopy(found) or {}))


def _tidy(value: Written) -> Written:
    """Take the line end from the end of words of several lines."""
    if isinstance(value, str):
        return value.rstrip("\n")
    if isinstance(value, Mapping):
        return {key: _tidy(told) for key, told in value.items()}
    return [_tidy(item) for item in value]
