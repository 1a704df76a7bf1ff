"""How a document of the index is named: article, version, first day, section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from trainer.publishing.domain.header import Audience

MASKS: Mapping[Audience, int] = {
    Audience.ALL: 1,
    Audience.SUPERVISORS: 2,
    Audience.AUTHORS: 4,
}
"""The bit of each audience in the index."""


@dataclass(frozen=True, slots=True)
class Address:
    """``slug@number/first day#section``; an empty section is the card itself."""

    slug: str
    number: int
    start: date
    section: str

    def __str__(self) -> str:
        return f"{self.slug}@{self.number}/{self.start.isoformat()}#{self.section}"

    @classmethod
    def of(cls, key: str) -> Address:
        """Read the name of a document."""
        slug, _, rest = key.partition("@")
        number, _, rest = rest.partition("/")
        day, _, section = rest.partition("#")
        return cls(slug, int(number), date.fromisoformat(day), section)


def is_card(key: str) -> bool:
    """Whether a name is that of a card, not of a section."""
    return key.endswith("#")


def number_of(day: date) -> int:
    """Give a day as the index keeps it, the number yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day
