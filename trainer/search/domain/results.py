"""What a search gives: articles, each with the section that answers best."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trainer.publishing.domain.timeline import InForce


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with its circumstances.

    ``line`` and ``kind`` narrow the search; empty is everything. ``limit`` is
    the most articles to give, from 1.
    """

    words: str
    on: date
    line: str = ""
    kind: str = ""
    limit: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One article found.

    Attributes:
        rank: From 1.
        slug: The article.
        title: Its title in the revision found.
        number: Number of that revision.
        kind: What the article is.
        line: Its business line.
        section: Id of the section that matched best; empty is the card itself.
        section_name: Label and heading of that section.
        status: How the revision lies to the business date.
        effective_from: First day in force.
        effective_to: First day no longer in force; None is open.
        answer: One-sentence answer as plain text, else the matching passage.
        citation: Title, section, version and first day, as one line.
        unverified: Whether the reader must be told 待核实.
        sample: Whether it carries numbers of the fictitious city.
        score: Compares within one search.
    """

    rank: int
    slug: str
    title: str
    number: int
    kind: str
    line: str
    section: str
    section_name: str
    status: InForce
    effective_from: date
    effective_to: date | None
    answer: str
    citation: str
    unverified: bool
    sample: bool
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The answer to a question; ``total`` counts articles in force that match."""

    asked: Asked
    found: tuple[Found, ...]
    total: int
    generation: int
