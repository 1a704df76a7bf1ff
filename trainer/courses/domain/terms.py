"""Until when an assigned course is to be done, counted from some day; pure.

Nobody is late on the day he can know of it: where the day counted was over before
somebody came, before the rule held, or before his course ran out, he gets
:data:`GRACE` days from then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta
from enum import StrEnum

from trainer.core.wording import N_

GRACE = 7
"""Days of who could not know of it before the day was over."""

MOST_DAYS = 365
"""Days before or after the day that is counted from."""


class Anchor(StrEnum):
    """What day a term is counted from."""

    ARRIVAL = "arrival"
    DAY = "day"
    EFFECTIVE = "effective"
    EXPIRY = "expiry"
    AUTHORISATION = "authorisation"


ANCHOR_NAMES = {
    Anchor.ARRIVAL: N_("到岗那天"),
    Anchor.DAY: N_("指定的日子"),
    Anchor.EFFECTIVE: N_("某篇政策的施行日"),
    Anchor.EXPIRY: N_("这门课的有效期满"),
    Anchor.AUTHORISATION: N_("上岗授权到期"),
}
ENDS = frozenset({Anchor.EXPIRY, Anchor.AUTHORISATION})
"""These are counted towards: nothing is asked until so many days before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """When a course is due.

    Attributes:
        anchor: What day is counted from.
        days: So many days after it, negative before it. Of :data:`ENDS` the days
            before the end from which it is asked, 0 or negative; it is due on the
            last day before the end.
        day: The day itself, of :attr:`Anchor.DAY` only.
        policy: Slug of the article, of :attr:`Anchor.EFFECTIVE` only.
    """

    anchor: Anchor
    days: int = 0
    day: date | None = None
    policy: str = ""

    @property
    def counts_down(self) -> bool:
        """Whether it is counted towards an end."""
        return self.anchor in ENDS


@dataclass(frozen=True, slots=True)
class Effective:
    """Since when a policy holds, and the day from which one could know of it."""

    on: date
    known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The days that terms are counted from.

    Attributes:
        effective: By slug of an article.
        ends: By person and course the first day a completed course holds no more.
        authorised: By person and course the first day on which he is authorised no
            more for a business line of the course that he serves; the earliest one.
    """

    effective: Mapping[str, Effective] = field(default_factory=dict)
    ends: Mapping[tuple[int, str], date] = field(default_factory=dict)
    authorised: Mapping[tuple[int, str], date] = field(default_factory=dict)


NO_DATES = Dates()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """That a course is asked for.

    Attributes:
        due: The last day, inclusive; None while it has none.
        since: The first day it is asked for.
        again: Whether it is asked for although it is done, because that will end.
    """

    due: date | None
    since: date
    again: bool = False


def asked(
    term: Term, who: tuple[int, str], came: date, known: date, dates: Dates, on: date
) -> Asked | None:
    """Say until when a course is to be done; None is not asked on this day.

    Args:
        term: The term.
        who: Key of the person and slug of the course.
        came: The day of his arrival, or the rule's first day if that is later.
        known: The first day he could know of it.
        dates: The days that terms are counted from.
        on: The day.
    """
    ended = dates.ends.get(who)
    if term.anchor is Anchor.EXPIRY:
        return _towards(ended, term.days, known, on, again=True)
    if ended is not None and ended <= on:
        known = max(known, ended)
    if term.anchor is Anchor.AUTHORISATION:
        return _towards(dates.authorised.get(who), term.days, known, on, again=False)
    day = term.day if term.anchor is Anchor.DAY else came
    if term.anchor is Anchor.EFFECTIVE:
        held = dates.effective.get(term.policy)
        if held is None:
            return Asked(due=None, since=known)
        day, known = held.on, max(known, held.known_on)
    due = _fair(day + timedelta(term.days), known) if day else None
    return Asked(due=due, since=known)


def _towards(
    end: date | None, days: int, known: date, on: date, *, again: bool
) -> Asked | None:
    """Ask before something ends; what is done is asked ``again`` or is enough."""
    if end is None or on < (begin := end + timedelta(days)):
        return None
    known = max(known, begin)
    return Asked(due=_fair(end - timedelta(1), known), since=known, again=again)


def _fair(day: date, known: date) -> date:
    return day if day >= known else known + timedelta(GRACE)
