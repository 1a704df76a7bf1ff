"""What another format has no place for, as one line of JSON.

See docs/question-exchange.md.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import TypeGuard

from trainer.core.wording import N_
from trainer.quizzes.domain.exchange.dialects import UnreadableError
from trainer.quizzes.domain.question import Case
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.written import Entry
from trainer.quizzes.domain.written import entry_of
from trainer.topics.domain.outline_text import Written

CASE = "case"
LEVELS = 4
"""Deepest nesting of an entry: lists of mappings of lists."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Keys of an entry that a format has no place for, and the case of the question."""

    entry: Entry = field(default_factory=dict)
    case: Case | None = None

    def told(self) -> Entry:
        """Give it as one entry, with the case in it."""
        told: Entry = dict(self.entry)
        if self.case:
            told[CASE] = {"id": self.case.id, "stem": self.case.stem}
        return told

    def line(self) -> str:
        """Write it as one line."""
        return json.dumps(self.told(), ensure_ascii=False, separators=(",", ":"))


NOTHING = Carried()


def carried_of(question: Question, native: Collection[str]) -> Carried:
    """Give what a format does not say that says the keys ``native``."""
    entry = entry_of(question)
    rest = {key: told for key, told in entry.items() if key not in native}
    return Carried(rest, question.case)


def read_carried(line: str) -> Carried:
    """Read what :meth:`Carried.line` wrote.

    Raises:
        UnreadableError: it is something else.
    """
    try:
        told: object = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _changed() from error
    return carried_in(told)


def carried_in(told: object) -> Carried:
    """Take an entry apart that :meth:`Carried.told` gave.

    Raises:
        UnreadableError: it is something else.
    """
    if not _is_written(told) or not isinstance(told, dict):
        raise _changed()
    entry: Entry = {**told}
    case = entry.pop(CASE, None)
    if case is None:
        return Carried(entry)
    if not isinstance(case, dict) or {*case} != {"id", "stem"}:
        raise _changed()
    return Carried(entry, Case(id=str(case["id"]), stem=str(case["stem"])))


def _changed() -> UnreadableError:
    return UnreadableError(
        N_("本系统附带的那一行被改动过，读不了；请删去那一行，或重新导出")
    )


def _is_written(value: object, levels: int = LEVELS) -> TypeGuard[Written]:
    if isinstance(value, str):
        return True
    if isinstance(value, dict):
        value = [*value.values()]  # the keys of JSON are words
    return (
        levels > 0
        and isinstance(value, list)
        and all(_is_written(each, levels - 1) for each in value)
    )


def words_of(entry: Mapping[str, Written], key: str) -> str:
    """Give the words under a key; nothing where there are none, or no words."""
    told = entry.get(key, "")
    return told if isinstance(told, str) else ""
