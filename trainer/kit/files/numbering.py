"""Automatic numbers of a Word text: what stands before a paragraph and not in it.

Source: ISO/IEC 29500-1, 17.9 (numbering).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field

from trainer.core.elements import Element
from trainer.kit.files.numerals import numeral

PLACE = re.compile(r"%([1-9])")
LONGEST = 6
"""Digits of a number that is counted from."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it counts, how it is shown."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that paragraphs belong to.

    Attributes:
        counted_with: Lists with the same words here go on counting with each other.
        levels: Its levels by number from 0.
        restarts: Where a level of this list begins anew, by level.
    """

    counted_with: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]


@dataclass(slots=True)
class Counting:
    """Counts the paragraphs of a text in their order."""

    listings: Mapping[str, Listing]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, listing_id: str, level: int) -> str:
        """Count a paragraph; give what is shown before it, nothing for bullets."""
        listing = self.listings.get(listing_id)
        if listing is None:
            return ""
        counts = self._counts.setdefault(listing.counted_with, {})
        own = listing.levels.get(level, Level())
        start = own.start
        if level in listing.restarts and (listing_id, level) not in self._begun:
            start = listing.restarts[level]
            counts.pop(level, None)
        self._begun.add((listing_id, level))
        counts[level] = counts[level] + 1 if level in counts else start
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            told = listing.levels.get(at, Level())
            form = "decimal" if own.legal else told.form
            return numeral(counts.get(at, told.start), form)

        return "" if own.form in {"bullet", "none"} else PLACE.sub(shown, own.text)


def listings_of(root: Element) -> dict[str, Listing]:
    """Read ``word/numbering.xml``: lists by their id."""
    shapes = {
        each.attributes.get("abstractNumId", ""): _levels(each)
        for each in root.every("abstractNum")
    }
    found: dict[str, Listing] = {}
    for each in root.every("num"):
        shape = _value(each, "abstractNumId")
        levels = dict(shapes.get(shape, {}))
        restarts: dict[int, int] = {}
        for override in each.every("lvlOverride"):
            level = whole(override.attributes.get("ilvl"), 0)
            levels |= _levels(override)
            if override.one("startOverride"):
                restarts[level] = whole(_value(override, "startOverride"), 1)
        found[each.attributes.get("numId", "")] = Listing(shape, levels, restarts)
    return found


def _levels(parent: Element) -> dict[int, Level]:
    return {
        whole(each.attributes.get("ilvl"), 0): Level(
            start=whole(_value(each, "start"), 1),
            form=_value(each, "numFmt") or "decimal",
            text=_value(each, "lvlText"),
            legal=each.one("isLgl") is not None,
        )
        for each in parent.every("lvl")
    }


def _value(parent: Element, name: str) -> str:
    found = parent.one(name)
    return found.attributes.get("val", "") if found else ""


def whole(words: str | None, otherwise: int) -> int:
    """Read a whole number; what is none, or too long, is the other."""
    told = words or ""
    short = told.isascii() and told.isdecimal() and len(told) <= LONGEST
    return int(told) if short else otherwise
