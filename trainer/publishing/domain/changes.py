"""What became of each section from one text to the next."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from trainer.publishing.domain.manuscript import Section


class Change(StrEnum):
    """What became of a section."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class SectionChange:
    """One section in two texts; ``old`` or ``new`` is None where it is missing."""

    id: str
    change: Change
    old: Section | None
    new: Section | None


def compare(
    old: Sequence[Section], new: Sequence[Section]
) -> tuple[SectionChange, ...]:
    """Tell for every section of two texts what became of it.

    A section is known by its id. It changed when its words did; with the same
    words it moved when it has another label or level, or when it left its place
    among the others: those that stay are the longest run that kept its order, so
    that one insertion moves nothing.

    Returns:
        The sections in the order of the new text. A removed one stands behind the
        section it followed in the old text, or the nearest before that which
        kept its place.
    """
    olds = {section.id: section for section in old}
    news = {section.id: section for section in new}
    order = {section.id: at for at, section in enumerate(old)}
    common = [section.id for section in new if section.id in olds]
    rise = longest_rise([order[id_] for id_ in common])
    kept = {common[at] for at in rise}

    removed: dict[str | None, list[SectionChange]] = {}
    behind: str | None = None
    for section in old:
        if section.id in kept:
            behind = section.id
        elif section.id not in news:
            gone = SectionChange(section.id, Change.REMOVED, section, None)
            removed.setdefault(behind, []).append(gone)

    changes = removed.get(None, [])
    for section in new:
        before = olds.get(section.id)
        change = _change(before, section, kept=section.id in kept)
        changes.append(SectionChange(section.id, change, before, section))
        changes += removed.get(section.id, [])
    return tuple(changes)


def longest_rise(numbers: Sequence[int]) -> list[int]:
    """Give the places of a longest strictly increasing subsequence.

    In O(n log n), see Fredman, "On computing the length of longest increasing
    subsequences", Discrete Mathematics 11 (1975).
    """
    lasts: list[int] = []  # the smallest number that ends a rise of each length
    places: list[int] = []  # where that number stands
    before: list[int] = []  # for each number the place of its predecessor, or -1
    for place, number in enumerate(numbers):
        length = bisect_left(lasts, number)
        before.append(places[length - 1] if length else -1)
        lasts[length : length + 1] = [number]
        places[length : length + 1] = [place]
    rise: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        rise.append(place)
        place = before[place]
    return rise[::-1]


def _change(old: Section | None, new: Section, *, kept: bool) -> Change:
    if old is None:
        return Change.ADDED
    if old.hash != new.hash:
        return Change.CHANGED
    stayed = kept and (old.label, old.level) == (new.label, new.level)
    return Change.SAME if stayed else Change.MOVED
