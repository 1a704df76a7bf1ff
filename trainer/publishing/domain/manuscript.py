"""What a kind of text hands over to be published.

Publishing does not read texts: the feature that owns a kind parses them and
gives a :class:`Manuscript`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trainer.publishing.domain.header import Header


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a text with a stable id.

    Attributes:
        id: Stable id, unique in the text; the identity across revisions.
        level: Depth of the heading, from 2.
        label: Number label such as ``第二十四条（三）``, empty when it has none.
        heading: Heading without the label.
        text: Markdown under the heading, to the next heading of any level.
        line: Line of the heading in the text, from 1.
    """

    id: str
    level: int
    label: str
    heading: str
    text: str
    line: int

    @property
    def name(self) -> str:
        """Label and heading, as a person would name the section."""
        return " ".join(part for part in (self.label, self.heading) if part)

    @property
    def hash(self) -> str:
        """Digest of the words alone: a new number label does not change it."""
        return _digest(self.heading, self.text)


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in a text that rests on a section of a document.

    ``section`` is empty when the whole document is meant; ``item`` is the id of
    the section that the citation stands in.
    """

    item: str
    target: str
    section: str
    line: int
    words: str

    @property
    def address(self) -> str:
        """The target as it is written in a text."""
        return f"{self.target}#{self.section}" if self.section else self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """A parsed text, ready to become a draft.

    ``facets`` holds what the kind itself read of the front matter, as JSON
    values; publishing stores it and does not look inside.
    """

    kind: str
    header: Header
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
    facets: Mapping[str, Any]
    text: str

    @property
    def content_hash(self) -> str:
        """Digest of the text, byte for byte."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A manuscript with the safe HTML of each section, by section id."""

    manuscript: Manuscript
    html: Mapping[str, str]


def tree_hashes(sections: Sequence[Section]) -> dict[str, str]:
    """Digest each section together with the sections below it.

    Who cites a clause also rests on its items, so this is what a reference is
    checked against.
    """
    result: dict[str, str] = {}
    for at, section in enumerate(sections):
        below = []
        for later in sections[at + 1 :]:
            if later.level <= section.level:
                break
            below.append(later.hash)
        result[section.id] = _digest(section.hash, *below) if below else section.hash
    return result


def _digest(*parts: str) -> str:
    joined = "\x1f".join(" ".join(part.split()) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:32]
