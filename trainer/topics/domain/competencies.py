"""What staff can be shown to do: ``content/competencies.yaml``.

Terms:
    dimension: a family of competencies; its code begins theirs (``P`` -> ``P7``).
    level: how well, from ``L0`` up, with the evidence that anchors it.
    tier: a stage of a career that demands a level in some competencies.
    retired: a competency that is none any more; evidence about people may still name
        it, so its code is never given to another.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from trainer.core.document import Mistake
from trainer.core.wording import N_
from trainer.topics.domain import outline

ALL = "all"
"""Written instead of line codes: the competency is needed on every line."""

LAST_NUMBER = 99
"""Largest number in the code of a competency."""

_DIMENSION = re.compile("[A-Z]")
_COMPETENCY = re.compile("([A-Z])[1-9][0-9]?")


@dataclass(frozen=True, slots=True)
class Dimension:
    """A family of competencies."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Level:
    """How well somebody does it.

    ``counter`` says what the level permits at the counter, ``anchors`` what
    evidence shows it.
    """

    code: str
    name: str
    counter: str
    anchors: tuple[str, ...]

    @property
    def rank(self) -> int:
        """The number in the code, from 0."""
        return int(self.code[1:])


@dataclass(frozen=True, slots=True)
class Tier:
    """A stage of a career; ``level`` is the code of the level it demands."""

    code: str
    name: str
    level: str
    about: str


@dataclass(frozen=True, slots=True)
class Competency:
    """One thing to be able to do.

    ``lines`` holds line codes, or :data:`ALL` alone; ``tiers`` tier codes.
    """

    code: str
    name: str
    about: str
    lines: tuple[str, ...]
    tiers: tuple[str, ...]

    @property
    def dimension(self) -> str:
        """Code of the dimension."""
        return self.code[:1]

    def is_needed_on(self, line: str) -> bool:
        """Tell whether work on a line needs it."""
        return self.lines == (ALL,) or line in self.lines


@dataclass(frozen=True, slots=True)
class Retired:
    """A competency that is none any more; its code stays taken."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Competencies:
    """The whole framework, in the order of the file; levels from the lowest."""

    dimensions: tuple[Dimension, ...]
    levels: tuple[Level, ...]
    tiers: tuple[Tier, ...]
    competencies: tuple[Competency, ...]
    retired: tuple[Retired, ...] = ()

    def competency(self, code: str) -> Competency | None:
        """Give the competency with a code."""
        return next((c for c in self.competencies if c.code == code), None)

    @property
    def taken(self) -> frozenset[str]:
        """Codes of all competencies, those that are retired too."""
        retired = {one.code for one in self.retired}
        return frozenset(retired.union(one.code for one in self.competencies))

    def of_line(self, line: str) -> tuple[Competency, ...]:
        """Give what work on a line needs."""
        return tuple(c for c in self.competencies if c.is_needed_on(line))

    def of_tier(self, tier: str) -> tuple[Competency, ...]:
        """Give what a tier demands."""
        return tuple(c for c in self.competencies if tier in c.tiers)


def parse_competencies(
    text: str, *, lines: Collection[str] | None = None
) -> tuple[Competencies | None, list[Mistake]]:
    """Read the framework; never raises.

    Args:
        text: The file.
        lines: Codes of the business lines there are; ``None`` does not check them.
    """
    parts = ("levels", "tiers", "dimensions", "competencies", "retired")
    top = outline.read(text, parts)
    levels = _levels(top)
    tiers = _tiers(top, [level.code for level in levels])
    dimensions = _dimensions(top)
    known = _Known([d.code for d in dimensions], lines, [tier.code for tier in tiers])
    seen: dict[str, int] = {}
    keys = ("code", "name", "about", "lines", "tiers")
    found = tuple(
        _competency(record, known, seen) for record in top.records("competencies", keys)
    )
    retired = tuple(
        _retired(record, seen)
        for record in top.records("retired", ("code", "name"), required=False)
    )
    if top.mistakes:
        return None, sorted(top.mistakes)
    return Competencies(dimensions, levels, tiers, found, retired), []


@dataclass(frozen=True, slots=True)
class _Known:
    """Codes that a competency may name."""

    dimensions: Collection[str]
    lines: Collection[str] | None
    tiers: Collection[str]


def _levels(top: outline.Record) -> tuple[Level, ...]:
    records = top.records("levels", ("code", "name", "counter", "anchors"))
    levels = []
    for rank, record in enumerate(records):
        code = record.text("code")
        if code != f"L{rank}":
            record.wrong(
                N_("级别应从低到高依次写作 L0、L1……，这里应是 L{rank}", rank=rank),
                "code",
            )
        anchors = tuple(text.words for text in record.texts("anchors"))
        name, counter = record.text("name"), record.text("counter")
        levels.append(Level(code, name, counter, anchors))
    return tuple(levels)


def _tiers(top: outline.Record, levels: Collection[str]) -> tuple[Tier, ...]:
    seen: dict[str, int] = {}
    tiers = []
    for record in top.records("tiers", ("code", "name", "level", "about")):
        level = record.text("level")
        if level and level not in levels:
            record.wrong(N_("没有“{level}”这一级别", level=level), "level")
        code, name = record.code(seen=seen), record.text("name")
        tiers.append(Tier(code, name, level, record.text("about")))
    return tuple(tiers)


def _dimensions(top: outline.Record) -> tuple[Dimension, ...]:
    seen: dict[str, int] = {}
    dimensions = []
    for record in top.records("dimensions", ("code", "name")):
        code = record.once(record.text("code"), seen)
        if code and not _DIMENSION.fullmatch(code):
            record.wrong(
                N_("维度代码应是一个大写字母，写的是“{code}”", code=code), "code"
            )
        dimensions.append(Dimension(code, record.text("name")))
    return tuple(dimensions)


def _competency(
    record: outline.Record, known: _Known, seen: dict[str, int]
) -> Competency:
    code = record.once(record.text("code"), seen)
    shape = _COMPETENCY.fullmatch(code)
    if code and (shape is None or shape[1] not in known.dimensions):
        record.wrong(
            N_("能力代码应是维度字母加序号，例如 P7，写的是“{code}”", code=code), "code"
        )
    there_are = None if known.lines is None else {ALL, *known.lines}
    lines = _codes(record, "lines", there_are, N_("条线"))
    if ALL in lines and len(lines) > 1:
        record.wrong(N_("“{all}”已包括所有条线，不要再列其他条线", all=ALL), "lines")
    tiers = _codes(record, "tiers", known.tiers, N_("阶段"))
    about = record.text("about", required=False)
    return Competency(code, record.text("name"), about, lines, tiers)


def _retired(record: outline.Record, seen: dict[str, int]) -> Retired:
    code = record.once(record.text("code"), seen)
    if code and _COMPETENCY.fullmatch(code) is None:
        record.wrong(
            N_("能力代码应是维度字母加序号，例如 P7，写的是“{code}”", code=code), "code"
        )
    return Retired(code, record.text("name"))


def _codes(
    record: outline.Record, key: str, known: Collection[str] | None, what: str
) -> tuple[str, ...]:
    """Read a list of codes, each once and, when it is known what exists, existing."""
    words = tuple(text.words for text in record.texts(key))
    for word in dict.fromkeys(words):
        if known is not None and word not in known:
            record.wrong(N_("没有代码是“{word}”的{what}", word=word, what=what), key)
        if words.count(word) > 1:
            record.wrong(N_("“{word}”写了两次；请保留一处", word=word), key)
    return words
