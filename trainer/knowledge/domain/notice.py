"""一次性告知单: what a citizen takes home, chosen from an answer card; pure.

Nothing about the citizen belongs to it.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from dataclasses import dataclass
from dataclasses import replace

from trainer.knowledge.domain.card import Card
from trainer.knowledge.domain.card import items
from trainer.knowledge.domain.kinds import Face

LISTS = ("materials", "alternatives", "proactive")
"""Parts of a notice that are ticked one by one."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The words of a notice, without marks.

    Attributes:
        materials: What has to be brought.
        alternatives: What to do when it cannot be done.
        proactive: Rights and consequences to point out.
        plain: The answer in everyday words, may be empty.
    """

    materials: tuple[str, ...]
    alternatives: tuple[str, ...]
    proactive: tuple[str, ...]
    plain: str

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to print."""
        return not (self.materials or self.alternatives or self.proactive or self.plain)

    def picked(self, ticked: Collection[tuple[str, int]], *, plain: bool) -> Notice:
        """Give the notice with what was ticked.

        Args:
            ticked: Names of :data:`LISTS` with the place of an item, from 1.
            plain: Whether the everyday words are on it.
        """
        parts = {
            name: tuple(
                item
                for place, item in enumerate(getattr(self, name), 1)
                if (name, place) in ticked
            )
            for name in LISTS
        }
        return replace(self, **parts, plain=self.plain if plain else "")


def notice_of(card: Card, words: Callable[[str], str]) -> Notice:
    """Give everything a card has for a notice.

    Args:
        card: The answer card.
        words: Drops the marks of Markdown.
    """
    plain = card.face(Face.PLAIN)
    return Notice(
        materials=tuple(words(item) for item in card.materials),
        alternatives=_items(card, Face.ALTERNATIVES, words),
        proactive=_items(card, Face.PROACTIVE, words),
        plain=words(plain.text) if plain else "",
    )


def _items(card: Card, face: Face, words: Callable[[str], str]) -> tuple[str, ...]:
    """Give the items of a face; without a list the face is one item."""
    section = card.face(face)
    if section is None:
        return ()
    found = items(section.text) or (section.text,)
    return tuple(text for text in map(words, found) if text)
