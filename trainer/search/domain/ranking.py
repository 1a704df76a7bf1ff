"""From documents found to articles, best first.

An article is found by its card (title, asked questions, answer) and by its
sections. The card says what the article is for, so it counts in full; the best
section says whether the detail asked for is there, and counts for a part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic
from typing import Protocol
from typing import TypeVar

from trainer.knowledge.domain.kinds import ArticleKind
from trainer.search.domain.address import is_card

SECTION = 0.5
"""Share of the score of the best section in that of its article."""

SHOWN = 0.6
"""A section is shown instead of the card when it has this share of its score."""

ARTICLES = frozenset(kind.value for kind in ArticleKind)
"""Kinds that answer; items of checklists stand beside them, in a list of their own."""

BOOSTS = (("policy", 0.9),)
"""Factors for kinds: at a window the guide comes before the clause it rests on."""


class Document(Protocol):
    """A document found."""

    @property
    def key(self) -> str:
        """Its address."""

    @property
    def group(self) -> str:
        """Its article."""

    @property
    def score(self) -> float:
        """Above 0."""


D = TypeVar("D", bound=Document)


@dataclass(frozen=True, slots=True)
class Ranked(Generic[D]):
    """An article: the document to show, and the score of the whole."""

    document: D
    score: float


def by_article(cards: Iterable[D], sections: Iterable[D]) -> list[Ranked[D]]:
    """Put documents together to articles, best first; equal scores by slug.

    Args:
        cards: Cards found.
        sections: Best documents found, cards among them, best first.
    """
    best_card = {card.group: card for card in cards}
    best_section: dict[str, D] = {}
    for section in sections:
        if not is_card(section.key):
            best_section.setdefault(section.group, section)
    slugs = best_card.keys() | best_section.keys()
    ranked = [_ranked(best_card.get(s), best_section.get(s)) for s in slugs]
    found = [article for article in ranked if article is not None]
    return sorted(found, key=lambda a: (-a.score, a.document.group))


def _ranked(card: D | None, section: D | None) -> Ranked[D] | None:
    if section is None:
        return None if card is None else Ranked(card, card.score)
    if card is None:
        return Ranked(section, SECTION * section.score)
    score = card.score + SECTION * section.score
    shown = section if section.score >= SHOWN * card.score else card
    return Ranked(shown, score)
