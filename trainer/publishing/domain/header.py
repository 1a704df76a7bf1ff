"""The part of the front matter that every kind of text shares.

Reading it never raises: what is wrong comes back as mistakes with line numbers.
The keys and their meaning are listed in ``docs/content-format.md``.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from enum import StrEnum
from typing import Any
from typing import TypeVar

from trainer.core.document import Document
from trainer.core.document import Mistake
from trainer.core.wording import N_

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

REVIEW_DAYS = range(30, 731)
"""How often a text may ask to be looked at again, in days."""


class Evidence(StrEnum):
    """How sure a text is: official text read, second-hand with source, recall."""

    OFFICIAL = "A"
    SECOND_HAND = "B"
    RECALL = "C"


EVIDENCE_NAMES = {
    Evidence.OFFICIAL: N_("A 已读官方文本"),
    Evidence.SECOND_HAND: N_("B 二手资料，待核实"),
    Evidence.RECALL: N_("C 凭经验，待核实"),
}


class Audience(StrEnum):
    """Who may read a text, among those who may read at all."""

    ALL = "all"
    SUPERVISORS = "supervisors"
    AUTHORS = "authors"


class ChangeKind(StrEnum):
    """What a change means for the people who learned the old wording."""

    TYPO = "typo"
    CLARIFY = "clarify"
    SUBSTANCE = "substance"
    REPEAL = "repeal"


class DecidingDate(StrEnum):
    """Which date decides whether the old or the new wording applies."""

    APPLICATION = "application"
    ACCEPTANCE = "acceptance"
    CONTRACT = "contract"
    FILING = "filing"
    EVENT = "event"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What publishing reads of the front matter.

    ``effective_to`` is the first day no longer in force; ``None`` is open.
    ``supersedes`` is the ``effective_from`` of the revision that this one corrects.
    """

    title: str
    line: str
    owner: str
    deputy: str | None = None
    audience: Audience = Audience.ALL
    review_every_days: int
    issued_on: date | None = None
    effective_from: date
    effective_to: date | None = None
    supersedes: date | None = None
    evidence: Evidence
    source: str
    verified_by: str | None = None
    verified_on: date | None = None
    sample: bool = False
    document_number: str | None = None
    change_kind: ChangeKind | None = None
    change_note: str | None = None
    decided_by: DecidingDate | None = None
    transition: str | None = None

    @property
    def is_unverified(self) -> bool:
        """Whether a reader must be told 待核实."""
        return self.evidence is not Evidence.OFFICIAL


@dataclass(frozen=True, slots=True)
class _Key:
    read: Callable[[Any], object]
    required: bool = False


def _line(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or "\n" in value.strip():
        raise ValueError(N_("应是一行文字"))
    return value.strip()


def _paragraph(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(N_("应是文字"))
    return value.strip()


def _day(value: object) -> date:
    if type(value) is not date:
        raise ValueError(N_("应是日期，写作 2026-09-20"))
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(N_("只能写 true 或 false"))  # noqa: TRY004  (a mistake of the text)
    return value


def _review(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(N_("应是天数"))  # noqa: TRY004  (likewise)
    if value not in REVIEW_DAYS:
        raise ValueError(
            N_(
                "应在 {least} 到 {most} 天之间",
                least=REVIEW_DAYS[0],
                most=REVIEW_DAYS[-1],
            )
        )
    return value


def _one_of(kind: type[E]) -> Callable[[object], E]:
    def read(value: object) -> E:
        try:
            return kind(str(value))
        except ValueError:
            raise ValueError(N_("只能是 {kinds} 之一", kinds=tuple(kind))) from None

    return read


KEYS: Mapping[str, _Key] = {
    "title": _Key(_line, required=True),
    "line": _Key(_line, required=True),
    "owner": _Key(_line, required=True),
    "deputy": _Key(_line),
    "audience": _Key(_one_of(Audience)),
    "review_every_days": _Key(_review, required=True),
    "issued_on": _Key(_day),
    "effective_from": _Key(_day, required=True),
    "effective_to": _Key(_day),
    "supersedes": _Key(_day),
    "evidence": _Key(_one_of(Evidence), required=True),
    "source": _Key(_line, required=True),
    "verified_by": _Key(_line),
    "verified_on": _Key(_day),
    "sample": _Key(_flag),
    "document_number": _Key(_line),
    "change_kind": _Key(_one_of(ChangeKind)),
    "change_note": _Key(_paragraph),
    "decided_by": _Key(_one_of(DecidingDate)),
    "transition": _Key(_paragraph),
}


def read(
    document: Document, *, others: frozenset[str]
) -> tuple[Header | None, list[Mistake]]:
    """Read the header of a parsed file.

    Args:
        document: The file, see :func:`trainer.core.document.parse`.
        others: Keys that the kind itself reads.

    Returns:
        The header, or ``None`` when there are mistakes, and the mistakes.
    """
    if document.mistakes and not document.meta:
        return None, list(document.mistakes)
    mistakes = list(document.mistakes)
    mistakes += [
        Mistake(
            document.lines.get(str(key), 1),
            N_("不认识的键“{key}”；请查对拼写", key=key),
        )
        for key in document.meta
        if key not in KEYS and key not in others
    ]
    values: dict[str, Any] = {}
    for name, key in KEYS.items():
        written = document.meta.get(name)
        line = document.lines.get(name, 1)
        if written is None:
            if key.required:
                mistakes.append(Mistake(line, N_("缺少“{name}”", name=name)))
            continue
        try:
            values[name] = key.read(written)
        except ValueError as error:
            mistakes.append(
                Mistake(line, N_("“{name}”{wrong}", name=name, wrong=str(error)))
            )
    mistakes += _days(values, document.lines)
    return (None, mistakes) if mistakes else (Header(**values), [])


def _days(values: Mapping[str, Any], lines: Mapping[str, int]) -> list[Mistake]:
    """Check that the days are in an order that can be."""
    start, end = values.get("effective_from"), values.get("effective_to")
    if start is None or end is None or end > start:
        return []
    last = end if end == date.min else end - timedelta(1)
    return [
        Mistake(
            lines.get("effective_to", 1),
            N_(
                "失效日 {end} 不晚于施行日 {start}（末日会是 {last}）；请改正其中一个",
                end=end,
                start=start,
                last=last,
            ),
        )
    ]
