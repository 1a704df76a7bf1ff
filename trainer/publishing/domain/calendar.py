"""Which revision of each document holds on which days, from a handful of columns.

For questions about many documents and many days at once; what holds on one day is
asked of the database, see :func:`trainer.publishing.queries.in_force`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from trainer.publishing.domain.timeline import number_on
from trainer.publishing.domain.timeline import spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An approved revision with the days it claims; ``is_seen`` by who asks."""

    key: int
    slug: str
    number: int
    effective_from: date
    effective_to: date | None
    supersedes: date | None
    is_seen: bool


class Calendar:
    """Tells what holds when; immutable."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        """Sort the claims by document."""
        self._claims: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            self._claims[claim.slug].append(claim)
        self._turns = {slug: _turns(own) for slug, own in self._claims.items()}

    def held(self, slug: str, on: date) -> int | None:
        """Give the key of what holds on a day; None for nothing one may see."""
        own = self._claims.get(slug, [])
        number = number_on(own, on)
        return next((c.key for c in own if c.number == number and c.is_seen), None)

    def led_to(self, slug: str, on: date) -> int | None:
        """Give the key of what a citation leads to on a day.

        A document that begins later is cited as of its first day to come.
        """
        coming = [c for c in self._claims.get(slug, []) if c.effective_from > on]
        first = min(
            (c for c in coming if c.is_seen),
            key=lambda claim: (claim.effective_from, -claim.number),
            default=None,
        )
        return self.held(slug, on) or (first.key if first else None)

    def turns(self, slugs: Iterable[str], after: date, until: date) -> list[date]:
        """Give the days in ``(after, until]`` on which another wording holds."""
        days = {day for slug in slugs for day in self._turns.get(slug, ())}
        return sorted(day for day in days if after < day <= until)

    def since(self, slug: str, on: date) -> date | None:
        """Give the day on which what holds on a day, or nothing, began to hold."""
        turns = self._turns.get(slug, ())
        at = bisect_right(turns, on)
        return turns[at - 1] if at else None


def _turns(claims: list[Claim]) -> tuple[date, ...]:
    laid = spans(claims)
    days = {span.start for span in laid} | {span.end for span in laid if span.end}
    return tuple(sorted(days))
