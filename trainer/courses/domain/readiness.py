"""How ready a site is for a change before it takes effect; pure."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from itertools import accumulate

from trainer.courses.domain.duties import News

LONGEST = 60
"""Days of a burn-up, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How many of those a change concerns at a site have read it.

    Attributes:
        news: The change.
        site: Key of the site.
        obliged: Keys of the people concerned.
        read: Day of the receipt of those who have one.
        due: The last day any of them has.
    """

    news: News
    site: int
    obliged: frozenset[int]
    read: Mapping[int, date]
    due: date

    @property
    def missing(self) -> frozenset[int]:
        """Keys of the people who have not read it."""
        return self.obliged - self.read.keys()

    @property
    def percent(self) -> int:
        """Share of those who have, rounded down: 100 means everybody."""
        return 100 * (len(self.obliged) - len(self.missing)) // len(self.obliged)

    def is_late(self, on: date) -> bool:
        """Tell whether somebody is missing after the last day."""
        return bool(self.missing) and self.due < on


@dataclass(frozen=True, slots=True)
class Burnup:
    """How many had read by the end of each day, from the first day on."""

    first: date
    counts: tuple[int, ...]
    of: int


def burnup(
    news: News, obliged: Collection[int], days: Iterable[date], on: date
) -> Burnup:
    """Give the growth of receipts from approval to a day.

    Args:
        news: The change.
        obliged: Who is concerned.
        days: Day of each of their receipts.
        on: The last day shown.
    """
    begin = max(news.known_on, on - timedelta(days=LONGEST - 1))
    span = range(max((on - begin).days, 0) + 1)
    known = [*days]
    started = sum(day < begin for day in known)
    gained = [sum(day == begin + timedelta(days=n) for day in known) for n in span]
    counts = tuple(accumulate(gained, initial=started))[1:]
    return Burnup(begin, counts, len(obliged))
