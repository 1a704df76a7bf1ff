"""The answer card: the faces of one revision, arranged for a person at a counter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from trainer.knowledge.domain.article import Facets
from trainer.knowledge.domain.kinds import ArticleKind
from trainer.knowledge.domain.kinds import Face
from trainer.publishing.domain.revision import Revision
from trainer.publishing.domain.revision import StoredSection
from trainer.publishing.domain.timeline import InForce

ITEM = re.compile(r"^[-*+]\s+(.*)$")
SPOKEN = (Face.PLAIN, Face.ALTERNATIVES, Face.PROACTIVE)
"""Faces that are copied for the citizen, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Something the card cites, as of the business date.

    ``is_policy`` tells a clause the answer rests on from an answer to read next;
    ``changed`` that it is not what it was when the citation was last checked.
    """

    slug: str
    section: str
    title: str
    section_name: str
    is_policy: bool
    effective_from: date
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One revision of an article, as it lies to a business date.

    ``until`` is the last day in force, None when no end is known yet; ``coming``
    is the first day of the next wording, if one is approved.
    """

    revision: Revision
    facets: Facets
    status: InForce
    since: date
    until: date | None
    coming: date | None
    sections: tuple[StoredSection, ...]
    basis: tuple[Basis, ...] = ()

    @property
    def kind(self) -> ArticleKind:
        """What the article is."""
        return ArticleKind(self.revision.kind)

    def face(self, face: Face) -> StoredSection | None:
        """Give the section that is a face of the card, if the text has it."""
        return next((s for s in self.sections if s.id == face), None)

    @property
    def answer(self) -> str:
        """Markdown of the one-sentence answer; empty for a policy without one."""
        found = self.face(Face.ANSWER)
        return found.text if found else ""

    @property
    def materials(self) -> tuple[str, ...]:
        """Markdown of each material, in order."""
        found = self.face(Face.MATERIALS)
        return items(found.text) if found else ()

    @property
    def clauses(self) -> tuple[Basis, ...]:
        """Clauses that the answer rests on."""
        return tuple(cite for cite in self.basis if cite.is_policy)

    @property
    def related(self) -> tuple[Basis, ...]:
        """Answers to read next, each once."""
        first: dict[str, Basis] = {}
        for cite in self.basis:
            if not cite.is_policy:
                first.setdefault(cite.slug, cite)
        return tuple(first.values())

    @property
    def others(self) -> tuple[StoredSection, ...]:
        """Sections that are no face of the card."""
        return tuple(s for s in self.sections if s.id not in set(Face))


def items(text: str) -> tuple[str, ...]:
    """Give the items of the first level of a Markdown list."""
    found = (ITEM.match(line) for line in text.splitlines())
    return tuple(match[1].strip() for match in found if match)
