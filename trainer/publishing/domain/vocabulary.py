"""The codes that texts may use, and what is said of one that nobody has registered."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.core.document import Document
from trainer.core.document import Mistake
from trainer.core.wording import N_


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The codes that texts may use; an empty set means: not checked."""

    lines: frozenset[str] = frozenset()
    businesses: frozenset[str] = frozenset()
    steps: frozenset[str] = frozenset()
    competencies: frozenset[str] = frozenset()
    formulas: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()


def unknown_in_header(read: Document, vocabulary: Vocabulary) -> list[Mistake]:
    """Find codes of the front matter, common to all kinds, that do not exist."""
    used = (
        ("line", vocabulary.lines),
        ("owner", vocabulary.posts),
        ("deputy", vocabulary.posts),
    )
    return [
        unregistered(name, str(code), read.lines.get(name, 1))
        for name, known in used
        if (code := read.meta.get(name)) and known and code not in known
    ]


def unregistered(name: str, code: str, line: int) -> Mistake:
    """Say that a code is not registered."""
    return Mistake(
        line,
        N_("“{name}”里的“{code}”没有登记；请查对代码", name=name, code=code),
    )
