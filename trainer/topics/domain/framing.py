"""Changing one part of the competency framework, and writing it as text; pure.

What a form may do is narrower than the whole text, and its mistakes name the field
they belong to, not a line. Whatever is accepted here parses: ``write_competencies`` of
it has no mistakes. A code is an identity: a new competency gets the next number of its
dimension that was never used, and nothing here changes a code.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from itertools import groupby
from itertools import takewhile
from typing import TypeAlias

from trainer.core.wording import N_
from trainer.topics.domain.competencies import ALL
from trainer.topics.domain.competencies import LAST_NUMBER
from trainer.topics.domain.competencies import Competencies
from trainer.topics.domain.competencies import Competency
from trainer.topics.domain.competencies import Dimension
from trainer.topics.domain.competencies import Level
from trainer.topics.domain.competencies import Retired
from trainer.topics.domain.competencies import Tier
from trainer.topics.domain.editing import FieldMistake
from trainer.topics.domain.outline import MOST_CHARACTERS
from trainer.topics.domain.outline import is_one_line
from trainer.topics.domain.outline_text import Style
from trainer.topics.domain.outline_text import Written
from trainer.topics.domain.outline_text import dumped

Part: TypeAlias = "Dimension | Level | Tier"
"""What the competencies are sorted by."""

Changed: TypeAlias = "tuple[Competencies, list[FieldMistake]]"
"""A framework, as it was where there are mistakes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutCompetency:
    """Command: add a competency, or change one.

    Attributes:
        code: The one that is changed; empty adds one.
        dimension: Code of the dimension a new one belongs to.
        name: What it is called.
        about: More about it; may be empty.
        lines: Codes of the lines that need it, or :data:`ALL` alone.
        tiers: Codes of the tiers that demand it.
    """

    code: str = ""
    dimension: str = ""
    name: str
    about: str = ""
    lines: tuple[str, ...]
    tiers: tuple[str, ...]


def write_competencies(framework: Competencies, head: str = "") -> str:
    """Give the text of a framework; parsing it gives the framework back.

    A line for each record, and a blank one between dimensions.

    Args:
        framework: The framework.
        head: Comments that stand first, see :func:`head_of`.
    """
    runs = groupby(framework.competencies, key=lambda one: one.dimension)
    parts = [
        _section("levels", [[*map(_level, framework.levels)]]),
        _section("tiers", [[*map(_tier, framework.tiers)]]),
        _section("dimensions", [[*map(_named, framework.dimensions)]]),
        _section("competencies", [[*map(_competency, run)] for _, run in runs]),
    ]
    if framework.retired:
        parts.append(_section("retired", [[*map(_named, framework.retired)]]))
    return head + "\n".join(parts)


def head_of(text: str) -> str:
    """Give the comments a text begins with; they say what it is for."""
    lines = text.splitlines(keepends=True)
    return "".join(takewhile(lambda line: line.startswith("#"), lines))


def has_inner_comments(text: str) -> bool:
    """Tell whether writing the framework anew would lose comments of a text."""
    rest = text.removeprefix(head_of(text))
    return any(line.lstrip().startswith("#") for line in rest.splitlines())


def next_code(dimension: str, used: Collection[str]) -> str:
    """Give the code a new competency gets; empty when there is none left.

    Args:
        dimension: Code of its dimension.
        used: Every code that is or ever was one.
    """
    numbers = [int(code[1:]) for code in used if code[:1] == dimension]
    number = max(numbers, default=0) + 1
    return f"{dimension}{number}" if number <= LAST_NUMBER else ""


def put_competency(
    framework: Competencies,
    command: PutCompetency,
    *,
    lines: Collection[str],
    used: Collection[str] = (),
) -> Changed:
    """Add or change a competency; a new one comes last in its dimension.

    Args:
        framework: The framework.
        command: What is wanted; a code is one of the framework's.
        lines: Codes of the business lines there are.
        used: Codes that were in use before, and are not in the framework.
    """
    code = command.code or next_code(command.dimension, {*used, *framework.taken})
    mistakes = [*_wrong(framework, command, lines)]
    if not code:
        told = N_("这个维度的编号已用到 {last}；请换一个维度", last=LAST_NUMBER)
        mistakes.append(FieldMistake("dimension", told))
    if mistakes:
        return framework, mistakes
    made = Competency(code, command.name, command.about, command.lines, command.tiers)
    found = list(framework.competencies)
    if command.code:
        found = [made if one.code == code else one for one in found]
    else:
        before = [n for n, c in enumerate(found, 1) if c.dimension == made.dimension]
        found.insert(max(before, default=len(found)), made)
    return replace(framework, competencies=tuple(found)), []


def without_competency(framework: Competencies, code: str) -> Changed:
    """Retire a competency: it is none any more, and its code stays taken."""
    gone = [one for one in framework.competencies if one.code == code]
    left = tuple(one for one in framework.competencies if one.code != code)
    if not left:
        return framework, [FieldMistake("why", N_("只剩这一项了；请先加别的能力项"))]
    retired = (*framework.retired, *(Retired(one.code, one.name) for one in gone))
    return replace(framework, competencies=left, retired=retired), []


def with_part(framework: Competencies, part: Part) -> Changed:
    """Change a dimension, a level or a tier; its code says which."""
    mistakes = [*_wrong_part(framework, part)]
    if mistakes:
        return framework, mistakes
    if isinstance(part, Dimension):
        dimensions = [part if d.code == part.code else d for d in framework.dimensions]
        return replace(framework, dimensions=tuple(dimensions)), []
    if isinstance(part, Level):
        levels = [part if each.code == part.code else each for each in framework.levels]
        return replace(framework, levels=tuple(levels)), []
    tiers = [part if each.code == part.code else each for each in framework.tiers]
    return replace(framework, tiers=tuple(tiers)), []


def _wrong(
    framework: Competencies, command: PutCompetency, lines: Collection[str]
) -> Iterator[FieldMistake]:
    yield from _wrong_words("name", command.name)
    yield from _wrong_words("about", command.about, required=False)
    dimensions = [dimension.code for dimension in framework.dimensions]
    if not command.code and command.dimension not in dimensions:
        yield FieldMistake("dimension", N_("请选一个维度"))
    if not command.lines:
        yield FieldMistake("lines", N_("请至少选一条业务条线；都要用就选“全部”"))
    elif ALL in command.lines and len(command.lines) > 1:
        yield FieldMistake("lines", N_("选了“全部”，就不要再选别的条线"))
    elif not set(command.lines) <= {ALL, *lines}:
        yield FieldMistake("lines", N_("有的条线已经没有了；请重新选"))
    if not command.tiers:
        yield FieldMistake("tiers", N_("请至少选一个阶段"))
    elif not set(command.tiers) <= {tier.code for tier in framework.tiers}:
        yield FieldMistake("tiers", N_("有的阶段已经没有了；请重新选"))


def _wrong_part(framework: Competencies, part: Part) -> Iterator[FieldMistake]:
    yield from _wrong_words("name", part.name)
    if isinstance(part, Level):
        yield from _wrong_words("counter", part.counter)
        if not part.anchors:
            yield FieldMistake("anchors", N_("请至少写一条凭什么认定"))
        for anchor in part.anchors:
            yield from _wrong_words("anchors", anchor)
    if isinstance(part, Tier):
        yield from _wrong_words("about", part.about)
        if part.level not in {level.code for level in framework.levels}:
            yield FieldMistake("level", N_("请选一个级别"))


def _wrong_words(
    key: str, words: str, *, required: bool = True
) -> Iterator[FieldMistake]:
    if required and not words:
        yield FieldMistake(key, N_("请填写"))
    if not is_one_line(words):
        yield FieldMistake(key, N_("应写成一行"))
    if len(words) > MOST_CHARACTERS:
        told = N_("有一条超过 {most} 个字；请写短些", most=MOST_CHARACTERS)
        yield FieldMistake(key, told)


def _section(key: str, runs: Sequence[Sequence[Written]]) -> str:
    """Write a list with a line for each record, and a blank one between runs."""
    blocks = [
        "".join(f"  - {dumped(record, Style(), flow=True)}" for record in run)
        for run in runs
    ]
    return f"{key}:\n" + "\n".join(blocks)


def _named(part: Dimension | Retired) -> Written:
    return {"code": part.code, "name": part.name}


def _level(level: Level) -> Written:
    told = {"code": level.code, "name": level.name, "counter": level.counter}
    return {**told, "anchors": level.anchors}


def _tier(tier: Tier) -> Written:
    told = {"code": tier.code, "name": tier.name, "level": tier.level}
    return {**told, "about": tier.about}


def _competency(one: Competency) -> Written:
    told = {"code": one.code, "name": one.name}
    about = {"about": one.about} if one.about else {}
    return {**told, **about, "lines": one.lines, "tiers": one.tiers}
