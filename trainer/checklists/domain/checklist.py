"""From the text of a checklist to its items, or to mistakes with lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from trainer.checklists.domain import CHECKLIST
from trainer.checklists.domain.situation import ALWAYS
from trainer.checklists.domain.situation import KEYS
from trainer.checklists.domain.situation import Condition
from trainer.checklists.domain.situation import read_condition
from trainer.core.document import Document
from trainer.core.document import Mistake
from trainer.core.wording import N_
from trainer.core.wording import Nc_
from trainer.publishing.domain import structured
from trainer.publishing.domain.header import Header
from trainer.publishing.domain.structured import Cite
from trainer.topics.domain.causes import ErrorCause
from trainer.topics.domain.outline import Record

LONGEST_WRONG = 120
LONGEST_WORDS = 200
"""Characters of ``check`` and of ``say``."""
MOST_CAUSES = 3
MOST_ITEMS = 200

ITEM_KEYS = (
    *("id", "business", "step", "severity", "causes", "competency", "when"),
    *("wrong", "check", "say", "cites", "owner"),
)


class Severity(StrEnum):
    """How bad it is when it goes wrong; in the order of the list."""

    TIP = "tip"
    ERROR = "error"
    RISK = "risk"
    BAN = "ban"

    @property
    def rank(self) -> int:
        """1 for the mildest."""
        return [*Severity].index(self) + 1


SEVERITY_NAMES = {
    Severity.TIP: Nc_("severity", "提示"),
    Severity.ERROR: N_("易错"),
    Severity.RISK: N_("风险"),
    Severity.BAN: N_("禁止"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that goes wrong.

    Attributes:
        id: Stable id, unique in the list; the identity across revisions.
        businesses: Codes of the businesses it belongs to, at least one.
        step: Code of the step at which it must be thought of.
        severity: How bad it is.
        causes: What kind of error it is, 1 to 3.
        competency: Code of the competency that avoids it.
        when: In which situations it matters.
        wrong: What goes wrong.
        check: How to check.
        say: Plain words to the citizen, perhaps empty.
        owner: Code of the post that answers for it; empty is that of the list.
        cites: What it rests on, at least one.
        line: Where it begins in the text, from 1.
    """

    id: str
    businesses: tuple[str, ...]
    step: str
    severity: Severity
    causes: tuple[ErrorCause, ...]
    competency: str
    when: Condition
    wrong: str
    check: str
    say: str
    owner: str
    cites: tuple[Cite, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist as it is written."""

    header: Header
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """Outcome of parsing: a checklist, or why there is none."""

    checklist: Checklist | None
    mistakes: tuple[Mistake, ...]


def parse(text: str) -> Parsed:
    """Parse the text of a checklist; never raises."""
    read, head, mistakes = structured.opened(text, CHECKLIST)
    if not read.meta:
        return Parsed(None, tuple(mistakes))
    items = _items(read, mistakes)
    if len(items) > MOST_ITEMS:
        told = N_("清单超过 {most} 条；请按业务分成几份", most=MOST_ITEMS)
        mistakes.append(Mistake(read.body_line, told))
    if mistakes or head is None:
        return Parsed(None, tuple(sorted(set(mistakes))))
    return Parsed(Checklist(head, items), ())


def read_items(body: str) -> tuple[tuple[Item, ...], tuple[Mistake, ...]]:
    """Read items without the header of a list; never raises."""
    mistakes: list[Mistake] = []
    items = _items(Document({}, {}, body, 2), mistakes)
    return items, tuple(sorted(set(mistakes)))


def _items(read: Document, mistakes: list[Mistake]) -> tuple[Item, ...]:
    """Read the items of a list; what is wrong goes to ``mistakes``."""
    if structured.NONE_YET.fullmatch(read.body):
        return ()
    top = structured.listed(read, "items")
    ids: dict[str, int] = {}
    items = tuple(_item(each, ids) for each in top.records("items", ITEM_KEYS))
    mistakes += top.mistakes
    return items


def _item(record: Record, ids: dict[str, int]) -> Item:
    return Item(
        id=record.code("id", ids),
        businesses=tuple(text.words for text in record.texts("business")),
        step=record.text("step"),
        severity=record.choice("severity", tuple(Severity), None),
        causes=_causes(record),
        competency=record.text("competency"),
        when=_when(record),
        wrong=record.paragraph("wrong", LONGEST_WRONG),
        check=record.paragraph("check", LONGEST_WORDS),
        say=record.paragraph("say", LONGEST_WORDS, required=False),
        owner=record.text("owner", required=False),
        cites=tuple(structured.cites(record)),
        line=record.line,
    )


def _when(record: Record) -> Condition:
    told = record.record("when", KEYS)
    return read_condition(told) if told else ALWAYS


def _causes(record: Record) -> tuple[ErrorCause, ...]:
    written = [text.words for text in record.texts("causes")]
    if any(words not in {*ErrorCause} for words in written):
        told = N_("“{key}”只能是 {words} 之一", key="causes", words=[*ErrorCause])
        record.wrong(told, "causes")
        return ()
    if len(written) > MOST_CAUSES:
        record.wrong(N_("“causes”最多写 {most} 个", most=MOST_CAUSES), "causes")
    return tuple(ErrorCause(words) for words in written)
