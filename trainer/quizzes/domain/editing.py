"""Changing one question in the text of a bank; every other line stays as it is.

Questions are handled as they are written (:data:`.written.Entry`): what a person has
left out stays left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from trainer.core import document
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.publishing.domain.editing import Placed
from trainer.publishing.domain.editing import empty_body
from trainer.publishing.domain.editing import joined
from trainer.publishing.domain.editing import placed
from trainer.publishing.domain.entries import entries
from trainer.quizzes.domain.bank import CASE
from trainer.quizzes.domain.bank import INHERITED
from trainer.quizzes.domain.written import STYLE
from trainer.quizzes.domain.written import Entry

EMPTY = empty_body("至少一道题")
"""The body of a bank without questions."""


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


def question_in(text: str, key: str) -> tuple[Entry, Entry | None]:
    """Give a question with what its case says for it, and the case.

    Raises:
        NotFoundError: the bank has no such question.
    """
    for item in entries(text):
        if item.get("id") == key and item.get("type") != CASE:
            return item, None
        for inner in _inner(item):
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
    items, place = placed(text), 0
    entry = _told(change.entry, str(document.parse(text).meta.get("line", "")))
    place = _place(items, change.replaces) if change.replaces else len(items)
    home = next((i for i in items if _is_case(i, change.case)), None)
    if home is not None:
        _into_case(home, entry, change)
    if change.replaces and not (home and items[place] is home):
        _take_out(items[place], change.replaces)
    if home is None:
        alone = change.case == ""
        new = Placed(entry if alone else _case(change.case, change.story, entry))
        at = place + (bool(items[place].entry) if change.replaces else 0)
        items.insert(at, new)
    return _joined(text, items)


def without_question(text: str, key: str) -> str:
    """Take a question out of a bank, and its case when it was the last of it.

    Raises:
        NotFoundError: the bank has no such question.
    """
    items = placed(text)
    _take_out(items[_place(items, key)], key)
    return _joined(text, items)


def _told(entry: Entry, line: str) -> Entry:
    """Leave out what the bank says."""
    return {
        name: said for name, said in entry.items() if (name, said) != ("line", line)
    }


def _case(key: str, story: str, entry: Entry) -> Entry:
    return {"id": key, "type": CASE, "stem": story, "questions": [entry]}


def _is_case(item: Placed, key: str) -> bool:
    return item.entry.get("type") == CASE and item.entry.get("id") == key


def _place(items: Sequence[Placed], key: str) -> int:
    for at, item in enumerate(items):
        keys = {inner.get("id") for inner in _inner(item.entry)}
        own = item.entry.get("id") if item.entry.get("type") != CASE else None
        if key in {own, *keys}:
            return at
    raise NotFoundError(N_("题库里没有这道题：{key}", key=key))


def _into_case(home: Placed, entry: Entry, change: Change) -> None:
    """Put a question into a case; what the case says is not said again."""
    said = {name: home.entry[name] for name in INHERITED if name in home.entry}
    own = {n: words for n, words in entry.items() if said.get(n) != words}
    inner = [
        own if old.get("id") == change.replaces else old for old in _inner(home.entry)
    ]
    if own not in inner:
        inner.append(own)
    home.becomes({**home.entry, "stem": change.story, "questions": inner})


def _take_out(item: Placed, key: str) -> None:
    left = [inner for inner in _inner(item.entry) if inner.get("id") != key]
    item.becomes({**item.entry, "questions": left} if left else {})


def _inner(entry: Entry) -> list[Entry]:
    """Give the questions of a case."""
    return cast("list[Entry]", entry.get("questions", []))


def _joined(text: str, items: Sequence[Placed]) -> str:
    return joined(text, items, STYLE, EMPTY)
