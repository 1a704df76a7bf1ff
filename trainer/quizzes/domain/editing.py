"""Changing one question in the text of a bank; every other line stays as it is.

Questions are handled as they are written (:data:`.written.Entry`): what a person has
left out stays left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from typing import cast

import yaml

from trainer.core import document
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.publishing.domain.typed import PLACEHOLDER
from trainer.quizzes.domain.bank import CASE
from trainer.quizzes.domain.bank import INHERITED
from trainer.quizzes.domain.written import Entry
from trainer.quizzes.domain.written import text_of

EMPTY = f"[]  # {PLACEHOLDER}：至少一道题】\n"
"""The body of a bank without questions; it is not submitted as long as it says this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Command: put a question into a bank.

    Attributes:
        entry: The question, with everything it says.
        replaces: Id of the question whose place it takes; empty puts it at the end.
        case: Id of the case it belongs to, empty when it stands alone.
        story: Stem of that case.
    """

    entry: Entry
    replaces: str = ""
    case: str = ""
    story: str = ""


@dataclass(slots=True)
class _Item:
    """A question or case at the top of a bank, with its lines as long as they hold."""

    entry: Entry
    lines: Sequence[str] | None = None
    after: Sequence[str] = field(default_factory=tuple)

    @property
    def inner(self) -> list[Entry]:
        """The questions of a case."""
        return cast("list[Entry]", self.entry.get("questions", []))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left of it but comments."""
        is_case = self.entry.get("type") == CASE
        return not self.entry or (is_case and not self.inner)

    def written(self) -> str:
        """Give it as it stands in the text."""
        own = self.lines
        if own is None:
            own = [] if self.is_empty else [text_of([self.entry])]
        return "".join((*own, *self.after))


def entries(text: str) -> list[Entry]:
    """Give the questions and cases of a bank as they are written.

    Args:
        text: A bank that parses.
    """
    # Of the two loaders that make nothing but plain values, the one that leaves words
    # as they are.
    found = yaml.load(document.parse(text).body, Loader=yaml.BaseLoader)  # noqa: S506  (makes words, lists and mappings only)
    return cast("list[Entry]", found or [])


def question_in(text: str, key: str) -> tuple[Entry, Entry | None]:
    """Give a question with what its case says for it, and the case.

    Raises:
        NotFoundError: the bank has no such question.
    """
    for item in entries(text):
        if item.get("id") == key and item.get("type") != CASE:
            return item, None
        for inner in _Item(item).inner:
            if inner.get("id") == key:
                said = {name: item[name] for name in INHERITED if name in item}
                return {**said, **inner}, item
    raise NotFoundError(N_("题库里没有这道题：{key}", key=key))


def cases_in(text: str) -> dict[str, str]:
    """Give the stems of the cases of a bank by id."""
    found = (item for item in entries(text) if item.get("type") == CASE)
    return {str(item["id"]): str(item["stem"]) for item in found}


def with_question(text: str, change: Change) -> str:
    """Put a question into a bank, in the place of another or at the end."""
    items, place = _items(text), 0
    entry = _told(change.entry, str(document.parse(text).meta.get("line", "")))
    place = _place(items, change.replaces) if change.replaces else len(items)
    home = next((i for i in items if _is_case(i, change.case)), None)
    if home is not None:
        _into_case(home, entry, change)
    if change.replaces and not (home and items[place] is home):
        _take_out(items[place], change.replaces)
    if home is None:
        alone = change.case == ""
        new = _Item(entry if alone else _case(change.case, change.story, entry))
        at = place + (not items[place].is_empty if change.replaces else 0)
        items.insert(at, new)
    return _joined(text, items)


def without_question(text: str, key: str) -> str:
    """Take a question out of a bank, and its case when it was the last of it.

    Raises:
        NotFoundError: the bank has no such question.
    """
    items = _items(text)
    _take_out(items[_place(items, key)], key)
    return _joined(text, items)


def _told(entry: Entry, line: str) -> Entry:
    """Leave out what the bank says."""
    return {
        name: said for name, said in entry.items() if (name, said) != ("line", line)
    }


def _case(key: str, story: str, entry: Entry) -> Entry:
    return {"id": key, "type": CASE, "stem": story, "questions": [entry]}


def _is_case(item: _Item, key: str) -> bool:
    return item.entry.get("type") == CASE and item.entry.get("id") == key


def _place(items: Sequence[_Item], key: str) -> int:
    for at, item in enumerate(items):
        keys = {inner.get("id") for inner in item.inner}
        own = item.entry.get("id") if item.entry.get("type") != CASE else None
        if key in {own, *keys}:
            return at
    raise NotFoundError(N_("题库里没有这道题：{key}", key=key))


def _into_case(home: _Item, entry: Entry, change: Change) -> None:
    """Put a question into a case; what the case says is not said again."""
    said = {name: home.entry[name] for name in INHERITED if name in home.entry}
    own = {n: words for n, words in entry.items() if said.get(n) != words}
    inner = [own if old.get("id") == change.replaces else old for old in home.inner]
    if own not in inner:
        inner.append(own)
    home.entry = {**home.entry, "stem": change.story, "questions": inner}
    home.lines = None


def _take_out(item: _Item, key: str) -> None:
    if item.entry.get("type") != CASE:
        item.entry = {}
    else:
        left = [inner for inner in item.inner if inner.get("id") != key]
        item.entry = {**item.entry, "questions": left}
    item.lines = None


def _items(text: str) -> list[_Item]:
    """Take a bank apart; lines are kept where each question has its own."""
    body = document.parse(text).body
    found = entries(text)
    blocks = list(_blocks(body))
    if len(blocks) != len(found):
        return [_Item(entry) for entry in found]
    return [
        _Item(entry, lines, after)
        for entry, (lines, after) in zip(found, blocks, strict=True)
    ]


def _blocks(body: str) -> Iterator[tuple[list[str], list[str]]]:
    """Give the lines of each question, and the comments and blanks behind it."""
    node = yaml.compose(body, Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        return
    lines = body.splitlines(keepends=True)
    starts = [at for at, line in enumerate(lines) if line.startswith("- ")]
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        last = stop
        while last > start + 1 and (
            not lines[last - 1].strip() or lines[last - 1].startswith("#")
        ):
            last -= 1
        yield lines[start:last], lines[last:stop]


def _joined(text: str, items: Sequence[_Item]) -> str:
    """Write a bank; all of it anew where keeping lines would say something else."""
    read = document.parse(text)
    lines = text.splitlines(keepends=True)
    head = lines[: read.body_line - 1]
    comments = []
    for line in lines[read.body_line - 1 :]:
        if line.strip() and not line.startswith("#"):
            break
        comments.append(line)
    kept = "".join((*head, *comments, *(item.written() for item in items)))
    wanted = [item.entry for item in items if not item.is_empty]
    if wanted and entries(kept) == wanted:
        return kept
    return "".join(head) + (text_of(wanted) if wanted else EMPTY)
