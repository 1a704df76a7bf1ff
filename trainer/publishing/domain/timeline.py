"""Which revision is in force on a day.

In force on a day is, among the approved revisions with
``effective_from <= day < effective_to``, the one with the greatest
``(effective_from, number)``. So a successor ends its predecessor by itself, a
correction of the same day wins, and when a temporary wording ends the one
before it holds again. Nothing has to run on the day.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from trainer.core.errors import TrainerError
from trainer.core.wording import N_


class InForce(StrEnum):
    """How a span of days lies to the day asked for."""

    NOW = "in_force"
    FUTURE = "future"
    EXPIRED = "expired"


class Dated(Protocol):
    """Anything with a number and the days it claims."""

    @property
    def number(self) -> int | None:
        """Number of the revision, from 1; ``None`` before approval."""

    @property
    def effective_from(self) -> date:
        """First day claimed."""

    @property
    def effective_to(self) -> date | None:
        """First day no longer claimed."""

    @property
    def supersedes(self) -> date | None:
        """``effective_from`` of the revision it corrects."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which one revision is in force; ``end`` is exclusive, None is open."""

    number: int
    start: date
    end: date | None

    def status(self, on: date) -> InForce:
        """Tell how the span lies to a day."""
        if on < self.start:
            return InForce.FUTURE
        return InForce.NOW if self.end is None or on < self.end else InForce.EXPIRED


class OverlapError(TrainerError):
    """Two revisions claim the same days, and neither says that it corrects."""


def spans(revisions: Iterable[Dated]) -> list[Span]:
    """Lay approved revisions out as spans that do not overlap, oldest first.

    A revision that holds again after a temporary one has several spans; one that
    was corrected before its first day has none.
    """
    claims = [r for r in revisions if r.number is not None]
    edges = {r.effective_from for r in claims}
    edges |= {r.effective_to for r in claims if r.effective_to is not None}
    days: list[date | None] = [*sorted(edges), None]
    laid: list[Span] = []
    for start, end in pairwise(days):
        if start is None:
            continue
        number = number_on(claims, start)
        if number is None:
            continue
        last = laid[-1] if laid else None
        if last is not None and last.number == number and last.end == start:
            laid[-1] = Span(number, last.start, end)
        else:
            laid.append(Span(number, start, end))
    return laid


def number_on(revisions: Sequence[Dated], on: date) -> int | None:
    """Give the number of the revision in force on a day."""
    held = [
        (r.effective_from, r.number)
        for r in revisions
        if r.number is not None
        and r.effective_from <= on
        and (r.effective_to is None or on < r.effective_to)
    ]
    return max(held)[1] if held else None


def nearest_number(spans: Collection[Span], on: date) -> int | None:
    """Give the number of what holds nearest to a day on which nothing holds.

    The next one to come, else the last one that held.
    """
    coming = [s for s in spans if s.start > on]
    past = [s for s in spans if s.end is not None and s.end <= on]
    if coming:
        return min(coming, key=lambda s: s.start).number
    return max(past, key=lambda s: s.start).number if past else None


def span_for(spans: Sequence[Span], number: int, on: date) -> Span | None:
    """Choose the span of a revision that lies nearest to a day."""
    own = [span for span in spans if span.number == number]
    held = [span for span in own if span.status(on) is InForce.NOW]
    return next(iter(held or own), None)


def last_day(span: Span) -> date | None:
    """Give the last day of a span, as pages show it; None when it is open."""
    return None if span.end is None else span.end - timedelta(1)


def must_not_overlap(new: Dated, others: Iterable[Dated]) -> None:
    """Refuse a revision that claims days another one claims for itself.

    An open end is no claim on a successor's days; a written ``effective_to`` is.

    Raises:
        OverlapError: same first day, or a written end beyond the successor's
            first day, without ``supersedes``.
    """
    for other in others:
        if new.supersedes == other.effective_from:
            continue
        early, late = sorted((other, new), key=lambda r: r.effective_from)
        same = early.effective_from == late.effective_from
        if same or (early.effective_to and early.effective_to > late.effective_from):
            raise OverlapError(
                N_(
                    "生效期间与第 {number} 版（{day} 起）重叠；"
                    "若是更正该版，请写明 supersedes: {day}",
                    number=other.number,
                    day=other.effective_from,
                )
            )
