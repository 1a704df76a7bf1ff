"""From questions back to the text of a bank, as a person likes to read it.

Reading the text gives the same questions. Words stand without quotes where YAML
allows: the reader (:mod:`trainer.topics.domain.outline`) takes all for words.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import TypeAlias

from trainer.core import document
from trainer.publishing.domain import entries
from trainer.quizzes.domain.bank import CASE
from trainer.quizzes.domain.bank import INHERITED
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.types import TYPES
from trainer.quizzes.domain.types.writing import Writing
from trainer.topics.domain.outline_text import Style
from trainer.topics.domain.outline_text import Written

Entry: TypeAlias = entries.Entry
"""A question of a bank by the keys of docs/quiz-format.md, in the order to write."""

STYLE = Style(
    short=frozenset({"cites", "tags", "extra", "values", "inputs"}),
    long=frozenset({"questions"}),
)


def entry_of(question: Question) -> Entry:
    """Give a question as it is written by itself, without its case."""
    entry: Entry = {
        "id": question.id,
        "type": question.type,
        "competency": question.competency,
    }
    if question.topic:
        entry["line"] = question.topic
    entry["difficulty"] = str(question.difficulty)
    entry["asks"] = question.asks.value
    if question.on:
        entry["on"] = question.on.isoformat()
    entry["stem"] = question.stem
    entry |= TYPES[question.type].write(question.body)
    if question.marks != 1 and not isinstance(question.body, Writing):
        entry["marks"] = f"{question.marks:f}"
    entry["explanation"] = question.explanation
    entry["cites"] = [f"{cite.slug}#{cite.section}" for cite in question.cites]
    if question.tags:
        entry["tags"] = question.tags
    return entry


def entries_of(questions: Iterable[Question], line: str = "") -> list[Entry]:
    """Give what stands in a bank: questions, and cases with theirs.

    Args:
        questions: The questions; those of one case come together, where the first is.
        line: Business line of the bank, which need not be said again.
    """
    found: list[Entry] = []
    cases: dict[str, tuple[Entry, list[Entry]]] = {}
    for question in questions:
        entry = entry_of(question)
        case = question.case
        if case is None:
            found.append(_without_line(entry, line))
            continue
        if case.id not in cases:
            cases[case.id] = ({"id": case.id, "type": CASE, "stem": case.stem}, [])
            found.append(cases[case.id][0])
        cases[case.id][1].append(entry)
    for told, inner in cases.values():
        _share(told, inner)
        told["questions"] = [_without_line(entry, line) for entry in inner]
    return [_without_line(entry, line) for entry in found]


def text_of(found: Sequence[Mapping[str, Written]]) -> str:
    """Write questions and cases as YAML; none give an empty list."""
    return entries.text_of(found, STYLE)


def bank_text(front_matter: str, questions: Sequence[Question]) -> str:
    """Write a whole bank.

    Args:
        front_matter: The lines between the two fences, see :func:`front_matter_of`.
        questions: Its questions, in their order.
    """
    fence = f"{document.FENCE}\n"
    head = f"{fence}{front_matter.rstrip(chr(10))}\n{fence}"
    line = str(document.parse(head).meta.get("line", ""))
    return head + text_of(entries_of(questions, line))


def front_matter_of(text: str) -> str:
    """Give what stands between the fences of a text; nothing where there are none."""
    read = document.parse(text)
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    return "\n".join(lines[1 : read.body_line - 2]) + "\n" if read.meta else ""


def _without_line(entry: Entry, line: str) -> Entry:
    return {key: told for key, told in entry.items() if (key, told) != ("line", line)}


def _share(told: Entry, inner: Sequence[Entry]) -> None:
    """Move what all questions of a case say alike up to it."""
    for key in INHERITED:
        first = inner[0].get(key)
        if first is not None and all(entry.get(key) == first for entry in inner):
            told[key] = first
            for entry in inner:
                del entry[key]
