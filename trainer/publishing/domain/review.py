"""What somebody must look at again, and by when (待复核).

Two reasons exist so far: a cited clause changed (computed, never remembered)
and the time between two looks has run out. Every kind of text is covered, since
every kind is published here; a feature with reasons of its own adds a source.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from enum import StrEnum

from trainer.publishing.domain.revision import Reference
from trainer.publishing.domain.revision import Revision

GRACE = timedelta(days=7)
"""Time to look through a text after a clause it cites has changed."""


class Reason(StrEnum):
    """Why a text must be looked at again."""

    CLAUSE_CHANGED = "clause_changed"
    CLAUSE_GONE = "clause_gone"
    PERIODIC = "periodic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """A citation whose target is no longer what it was checked against.

    ``since`` is the first day of the target's wording that differs, ``now_hash``
    the digest of that wording; both None when the target is gone.
    """

    revision: Revision
    reference: Reference
    since: date | None
    now_hash: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One entry of the list; ``reference`` is None for a periodic look."""

    revision: Revision
    reason: Reason
    due: date
    reference: Reference | None = None
    now_hash: str = ""

    def is_overdue(self, on: date) -> bool:
        """Tell whether the day has passed."""
        return self.due < on


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Somebody looked and found a text still true (仍然正确).

    ``words``, ``target`` and ``section`` say which citation was looked at, ``items``
    in which sections of the text; empty when the whole text was looked through.
    """

    by: int
    at: datetime
    note: str
    words: str
    target: str
    section: str
    items: frozenset[str] = frozenset()

    def is_about(self, reference: Reference | None) -> bool:
        """Tell whether it is of a citation of a clause; None is the whole text."""
        if reference is None:
            return not self.target
        cited = (reference.target, reference.section)
        return (self.target, self.section) == cited and reference.item in self.items


def from_stale(stale: Stale, on: date) -> ReviewItem:
    """Turn a stale citation into an entry, with its due day."""
    gone = stale.now_hash is None
    return ReviewItem(
        revision=stale.revision,
        reason=Reason.CLAUSE_GONE if gone else Reason.CLAUSE_CHANGED,
        due=(stale.since or on) + GRACE
        if (stale.since or on) <= on
        else stale.since or on,
        reference=stale.reference,
        now_hash=stale.now_hash or "",
    )


def periodic(revision: Revision, last_look: date) -> ReviewItem:
    """Give the entry for the next look at a text."""
    return ReviewItem(
        revision=revision,
        reason=Reason.PERIODIC,
        due=last_look + timedelta(revision.header.review_every_days),
    )
