"""Drafts: questions that were read from elsewhere, complete or with their faults."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from itertools import count

from trainer.core.wording import N_
from trainer.core.wording import Wording
from trainer.publishing.domain.typed import mistakes_of_typing
from trainer.quizzes.domain import bank
from trainer.quizzes.domain.exchange.fields import FIELD_NAMES
from trainer.quizzes.domain.exchange.fields import Field
from trainer.quizzes.domain.exchange.folding import narrow
from trainer.quizzes.domain.question import Case
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.written import Entry
from trainer.topics.domain.outline import CODE
from trainer.topics.domain.outline_text import Written

MOST = 2000
"""Questions that are read at once; they take some five seconds."""

MUST = ("competency", "difficulty", "asks", "explanation", "cites")
"""Keys that every question of ours has and many from elsewhere have not."""

STAND_INS: Mapping[str, Written] = {
    "competency": "X",
    "difficulty": "1",
    "asks": "rule",
    "explanation": "-",
    "cites": ["x#x"],
}
"""What stands for them while the rest is looked at."""

KEY_NAMES: Mapping[str, str] = {
    **{str(field): name for field, name in FIELD_NAMES.items()},
    "items": FIELD_NAMES[Field.OPTIONS],
    "text": FIELD_NAMES[Field.OPTIONS],
    "blanks": FIELD_NAMES[Field.ANSWER],
    "points": FIELD_NAMES[Field.ANSWER],
}
"""What people call the keys that the reader of a bank names."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong.

    Attributes:
        line: Row of the table or line of the text, from 1; 0 is the whole file.
        message: What, and what to do.
        column: Header of the column, empty where there are none.
    """

    line: int
    message: str
    column: str = ""

    @property
    def told(self) -> str:
        """The message with its place."""
        if not self.line:
            return self.message
        if not self.column:
            return N_("第 {line} 行：{message}", line=self.line, message=self.message)
        return N_(
            "第 {line} 行“{column}”列：{message}",
            line=self.line,
            column=self.column,
            message=self.message,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What the importer says for questions that do not say it; empty is nothing.

    Attributes:
        cites: Each as ``slug#section``.
        rule: How several ticks are scored, where a file has weights that fit no rule.
        prefix: What the ids of questions without one begin with.
    """

    competency: str = ""
    line: str = ""
    difficulty: str = ""
    asks: str = ""
    on: str = ""
    explanation: str = ""
    cites: tuple[str, ...] = ()
    rule: str = ""
    prefix: str = "q"

    def filled(self, entry: Entry) -> Entry:
        """Give an entry with what it lacks and these say."""
        told: dict[str, Written] = {
            "competency": self.competency,
            "line": self.line,
            "difficulty": self.difficulty,
            "asks": self.asks,
            "on": self.on,
            "explanation": self.explanation,
            "cites": self.cites,
        }
        lacking = {key: said for key, said in told.items() if not entry.get(key)}
        return entry | {key: said for key, said in lacking.items() if said}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One question that was read.

    Attributes:
        line: Row or line where it begins, from 1.
        entry: What was understood of it, as in docs/quiz-format.md.
        case: The case it belongs to.
        faults: What is wrong with it.
        question: The question; None when there are faults.
    """

    line: int
    entry: Entry
    case: Case | None = None
    faults: tuple[Fault, ...] = ()
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds.

    Attributes:
        drafts: Its questions, in order.
        faults: What is wrong with it as a whole.
        unused: Headers of columns that nothing was read from.
    """

    drafts: tuple[Draft, ...]
    faults: tuple[Fault, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that are complete and without faults."""
        return tuple(draft.question for draft in self.drafts if draft.question)


def finished(
    drafts: Iterable[Draft],
    defaults: Defaults,
    columns: Mapping[Field, str] | None = None,
) -> tuple[Draft, ...]:
    """Complete drafts, number those without an id, and read each as a bank does.

    Args:
        drafts: The drafts as their format gave them.
        defaults: What they lack.
        columns: Headers of the columns that there are, for the faults.
    """
    named = [*_named([*drafts], defaults.prefix)]
    told = columns or {}
    judged = [_judged(draft, defaults, told) for draft in named[:MOST]]
    message = N_("一次最多导入 {most:,} 题，这题没有读；请拆成几次", most=MOST)
    return (
        *judged,
        *(
            replace(draft, faults=(Fault(draft.line, message),))
            for draft in named[MOST:]
        ),
    )


def _named(drafts: list[Draft], prefix: str) -> Iterator[Draft]:
    """Give each an id of its own."""
    ids = [_id(str(draft.entry.get("id", "")), prefix) for draft in drafts]
    seen = {draft.case.id: draft.line for draft in drafts if draft.case}
    taken = {*ids, *seen}
    free = (key for n in count(1) if (key := f"{prefix}-{n}") not in taken)
    for draft, told in zip(drafts, ids, strict=True):
        key = told or next(free)
        faults = draft.faults
        if key in seen:
            message = N_("编号“{id}”在第 {line} 行已有", id=key, line=seen[key])
            faults = (*faults, Fault(draft.line, message))
        seen.setdefault(key, draft.line)
        yield replace(
            draft, entry={"id": key} | draft.entry | {"id": key}, faults=faults
        )


def _id(words: str, prefix: str) -> str:
    """Make an id of a number such as ``Q012`` or ``12``; what cannot be one stays."""
    told = narrow(words).casefold()
    if not told or CODE.fullmatch(told):
        return told
    made = f"{prefix}-{told}".replace("_", "-").replace(".", "-")
    return made if CODE.fullmatch(made) else words


def _judged(draft: Draft, defaults: Defaults, columns: Mapping[Field, str]) -> Draft:
    entry = defaults.filled(draft.entry)
    faults = [*draft.faults]
    faults += [
        _missing(draft.line, Field(key), columns) for key in MUST if not entry.get(key)
    ]
    question = None
    if not draft.faults:
        standing = {key: said for key, said in STAND_INS.items() if not entry.get(key)}
        whole = _in_its_case(entry | standing, draft.case)
        faults += [
            Fault(draft.line, N_("有看不见的控制字符或乱码；请删掉，或从原文重新复制"))
            for _ in mistakes_of_typing("\n".join(words_in(whole)))[:1]
        ]
        found, mistakes = bank.read_written([whole])
        faults += [
            Fault(draft.line, _in_words(mistake.message)) for mistake in mistakes
        ]
        question = found[0] if found and not faults else None
    return replace(draft, entry=entry, faults=tuple(faults), question=question)


def words_in(value: Written) -> Iterator[str]:
    """Give every piece of text that stands in a question."""
    if isinstance(value, str):
        yield value
        return
    for inner in value.values() if isinstance(value, Mapping) else value:
        yield from words_in(inner)


def _missing(line: int, field: Field, columns: Mapping[Field, str]) -> Fault:
    message = N_(
        "没有写“{name}”；请补上，或在导入时选一个默认值", name=FIELD_NAMES[field]
    )
    return Fault(line, message, columns.get(field, ""))


def _in_its_case(entry: Entry, case: Case | None) -> Entry:
    if case is None:
        return entry
    return {"id": case.id, "type": bank.CASE, "stem": case.stem, "questions": [entry]}


def _in_words(message: str) -> str:
    """Say a mistake of a bank with the name of its field instead of the key."""
    if not isinstance(message, Wording):
        return message
    name = KEY_NAMES.get(str(message.values.get("key")))
    if name is None:
        return message
    return Wording(message.message, {**message.values, "key": name})
