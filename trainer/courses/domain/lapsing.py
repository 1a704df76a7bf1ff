"""When a reading counts no more: what was read changed in substance; pure."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date

from trainer.courses.domain.duties import OBLIGING
from trainer.publishing.domain.header import ChangeKind

Place = tuple[str, str]
"""Slug of a text, and id of a section of it; an empty id is the whole text."""


@dataclass(frozen=True, slots=True)
class Head:
    """A section without its words; ``digest`` is of it and of what lies below it."""

    id: str
    level: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An approved version of a text, as far as it decides what lapses.

    Attributes:
        revision: Its key.
        order: First day and number: which of two is the later.
        known_on: The day it was approved.
        change: What its author says the change means; None where nothing is said.
        meant: What the approver said of each changed section.
        heads: Its sections in order.
    """

    revision: int
    order: tuple[date, int]
    known_on: date
    change: ChangeKind | None = None
    meant: Mapping[str, ChangeKind] = field(default_factory=dict)
    heads: tuple[Head, ...] = ()

    @property
    def since(self) -> date:
        """From which day on what was read before counts no more.

        Never before it could be known: a version approved for a day in the past
        takes back nothing that was complete until then.
        """
        return max(self.order[0], self.known_on)


def lapses_on(
    section: str, read: int, versions: Sequence[Version], on: date
) -> date | None:
    """Give the day from which a reading counts no more; None while it counts.

    Args:
        section: Id of the section that was read; empty is the whole text.
        read: Key of the version that was read.
        versions: All approved versions of the text, the oldest first.
        on: The day; what is to hold later changes nothing yet.
    """
    keys = [each.revision for each in versions]
    if read not in keys:
        return on  # withdrawn since: what was read never held
    at = keys.index(read)
    later = zip(versions[at:], versions[at + 1 :], strict=False)
    days = [
        new.since
        for old, new in later
        if new.since <= on and is_other(section, old, new)
    ]
    return min(days, default=None)


def is_other(section: str, old: Version, new: Version) -> bool:
    """Tell whether a section of a version means something else than before."""
    there = {*under(section, old.heads), *under(section, new.heads)}
    if new.meant:
        return _obliges(kind for key, kind in new.meant.items() if key in there)
    if new.change not in OBLIGING:
        return False
    digests = [{h.id: h.digest for h in each.heads} for each in (old, new)]
    return any(digests[0].get(key) != digests[1].get(key) for key in there)


def under(section: str, heads: Sequence[Head]) -> Collection[str]:
    """Give the ids of a section and of what lies below it; of all for an empty id."""
    if not section:
        return [head.id for head in heads]
    found: list[str] = []
    level = 0
    for head in heads:
        if found and head.level <= level:
            break
        if found or head.id == section:
            level = level or head.level
            found.append(head.id)
    return found


def _obliges(kinds: Iterable[ChangeKind]) -> bool:
    return not OBLIGING.isdisjoint(kinds)
