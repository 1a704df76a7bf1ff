"""From the text of a question bank to questions, or to mistakes with lines.

The format is described in ``docs/quiz-format.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from decimal import Decimal

from trainer.core.document import Document
from trainer.core.document import Mistake
from trainer.core.wording import N_
from trainer.publishing.domain import structured
from trainer.publishing.domain.header import Header
from trainer.publishing.domain.structured import Cite
from trainer.quizzes.domain import QUESTIONS
from trainer.quizzes.domain.question import DIFFICULTIES
from trainer.quizzes.domain.question import Asks
from trainer.quizzes.domain.question import Case
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.types import TYPES
from trainer.quizzes.domain.types.base import Asked
from trainer.quizzes.domain.types.base import Body
from trainer.quizzes.domain.types.base import Type
from trainer.quizzes.domain.types.writing import Writing
from trainer.topics.domain import outline
from trainer.topics.domain.outline import Record
from trainer.topics.domain.outline_text import Written

CASE = "case"

LONGEST_STEM = 2000
LONGEST_EXPLANATION = 2000

INHERITED = ("competency", "line", "difficulty", "asks", "on", "cites")
"""What the questions of a case take from it when they do not say."""

COMMON = ("id", "type", *INHERITED, "stem", "marks", "explanation", "tags")
OWN_KEYS = tuple(dict.fromkeys(key for each in TYPES.values() for key in each.keys))
"""Keys that some type reads."""


@dataclass(frozen=True, slots=True)
class Bank:
    """A question bank as it is written."""

    header: Header
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """Outcome of parsing: a bank, or why there is none."""

    bank: Bank | None
    mistakes: tuple[Mistake, ...]


def parse(text: str) -> Parsed:
    """Parse the text of a question bank; never raises."""
    read, head, mistakes = structured.opened(text, QUESTIONS)
    if not read.meta:
        return Parsed(None, tuple(mistakes))
    questions = _Reading(read, mistakes).questions()
    if mistakes or head is None:
        return Parsed(None, tuple(sorted(set(mistakes))))
    return Parsed(Bank(head, tuple(questions)), ())


def read_entries(
    body: str, topic: str = ""
) -> tuple[tuple[Question, ...], tuple[Mistake, ...]]:
    """Read questions without the header of a bank; never raises.

    Args:
        body: The list of questions.
        topic: Business line of those that do not name theirs.
    """
    mistakes: list[Mistake] = []
    reading = _Reading(Document({"line": topic}, {}, body, 2), mistakes)
    return tuple(reading.questions()), tuple(sorted(set(mistakes)))


def read_written(
    entries: Sequence[Mapping[str, Written]],
) -> tuple[tuple[Question, ...], tuple[Mistake, ...]]:
    """Read questions that are not text yet, as :func:`read_entries` would; faster.

    Every mistake is on line 1: the caller knows where its entries come from.
    """
    mistakes: list[Mistake] = []
    root = outline.Node(1, {"questions": _node(entries)})
    reading = _Reading(Document({}, {}, "", 2), mistakes)
    found = reading.among(outline.Record(root, ("questions",), mistakes))
    return tuple(found), tuple(sorted(set(mistakes)))


def _node(value: Written) -> outline.Node:
    if isinstance(value, str):
        return outline.Node(1, value)
    if isinstance(value, Mapping):
        return outline.Node(1, {key: _node(told) for key, told in value.items()})
    return outline.Node(1, tuple(_node(item) for item in value))


class _Reading:
    """One bank being read; what is wrong goes to ``mistakes``."""

    def __init__(self, read: Document, mistakes: list[Mistake]) -> None:
        self._read = read
        self._mistakes = mistakes
        self._ids: dict[str, int] = {}
        self._topic = str(read.meta.get("line", ""))

    def questions(self) -> list[Question]:
        """Give all questions, those of cases too, in the order of the file."""
        if structured.NONE_YET.fullmatch(self._read.body):
            return []
        top = structured.listed(self._read, "questions")
        found = self.among(top)
        self._mistakes += top.mistakes
        return found

    def among(self, top: Record) -> list[Question]:
        """Give the questions that stand in a record."""
        records = top.records("questions", (*COMMON, *OWN_KEYS, "questions"))
        return [question for record in records for question in self._of(record)]

    def _of(self, record: Record) -> Iterator[Question]:
        """Read a question, or all those of a case."""
        given = Given(topic=self._topic)
        code = record.choice("type", (*TYPES, CASE), None)
        if code != CASE:
            yield from self._one(record, TYPES[code], given)
            return
        record.only((*COMMON, "questions"))
        case = Case(id=self._id(record), stem=_stem(record))
        given = replace(_given(record, given), case=case)
        for inner in record.records("questions", (*COMMON, *OWN_KEYS)):
            code = inner.choice("type", tuple(TYPES), None)
            yield from self._one(inner, TYPES[code], given)

    def _one(self, record: Record, kind: Type, above: Given) -> Iterator[Question]:
        record.only((*COMMON, *kind.keys))
        key, stem, given = self._id(record), _stem(record), _given(record, above)
        _must_be_complete(record, given)
        body = kind.read(record, Asked(stem, given.on))
        if body is not None:
            yield Question(
                id=key,
                type=kind.code,
                body=body,
                competency=given.competency,
                topic=given.topic,
                difficulty=given.difficulty,
                asks=given.asks or Asks.RULE,
                on=given.on,
                stem=stem,
                marks=_marks(record, body),
                explanation=record.paragraph("explanation", LONGEST_EXPLANATION),
                cites=given.cites,
                tags=tuple(tag.words for tag in record.texts("tags", required=False)),
                case=given.case,
                line=record.line,
            )

    def _id(self, record: Record) -> str:
        return record.code("id", self._ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a question says of itself, or its case says for it; empty is missing."""

    topic: str
    competency: str = ""
    difficulty: int = 0
    asks: Asks | None = None
    on: date | None = None
    cites: tuple[Cite, ...] = ()
    case: Case | None = None


def _given(record: Record, above: Given) -> Given:
    """Read what a record says; the rest comes from above."""
    found = above
    if record.has("competency"):
        found = replace(found, competency=record.text("competency"))
    if record.has("line"):
        found = replace(found, topic=record.text("line"))
    if record.has("difficulty"):
        found = replace(found, difficulty=record.whole("difficulty", DIFFICULTIES))
    if record.has("asks"):
        found = replace(found, asks=record.choice("asks", tuple(Asks), None))
    if record.has("on"):
        found = replace(found, on=record.day("on"))
    if record.has("cites"):
        found = replace(found, cites=tuple(structured.cites(record)))
    return found


def _must_be_complete(record: Record, given: Given) -> None:
    there = {
        "competency": given.competency,
        "difficulty": given.difficulty,
        "asks": given.asks,
        "cites": given.cites,
    }
    for key, value in there.items():
        if not value and not record.has(key):
            record.wrong(N_("缺少“{key}”", key=key))
    if given.asks is Asks.CASE and given.on is None and not record.has("on"):
        record.wrong(N_("判断个案的题要写明“on”（业务日期）"))


def _stem(record: Record) -> str:
    return record.paragraph("stem", LONGEST_STEM)


def _marks(record: Record, body: Body) -> Decimal:
    """Give the full mark: one, unless it says otherwise or has points."""
    told = record.number("marks") if record.has("marks") else None
    if told is not None and told <= 0:
        record.wrong(N_("“marks”应大于 0"), "marks")
    if not isinstance(body, Writing):
        return Decimal(1) if told is None else told
    total = sum((point.marks for point in body.points), Decimal(0))
    if told not in {None, total}:
        record.wrong(
            N_("“marks”应等于各得分点之和 {total}", total=f"{total:f}"), "marks"
        )
    return total
