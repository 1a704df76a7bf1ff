"""What a rule would change today, before it is kept; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from trainer.core.errors import ConflictError
from trainer.core.wording import N_
from trainer.courses.domain.assigning import Assigned
from trainer.courses.domain.assigning import AssignText
from trainer.courses.domain.audience import Work
from trainer.people.domain.secondments import JUST_ARRIVED


class NotForeseenError(ConflictError):
    """What would happen is not what was shown."""

    def __init__(self) -> None:
        super().__init__(
            N_("还没有保存：请先看一遍会影响谁；如果刚看过，是人员或规则又有了变化")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """Command: a rule, and what its preview has shown.

    Attributes:
        text: What it says.
        seal: What the preview has shown, see :attr:`Effect.seal`.
        once: What the page has made up, so that the same form twice is one rule.
        based_on: ``edit`` of the rule when the page was shown; 0 makes one.
    """

    text: AssignText
    seal: str
    once: str
    based_on: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changes of one person and course.

    Attributes:
        person: Key.
        course: Slug.
        is_new: Whether it was not asked for before.
        is_gone: Whether it is asked for no more.
        before: Until when it was to be done; None had no day.
        after: Until when it is to be done then.
    """

    person: int
    course: str
    is_new: bool = False
    is_gone: bool = False
    before: date | None = None
    after: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a rule would do today.

    Attributes:
        people: Keys of those it asks, in order.
        arrivals: The day of arrival of everybody for whom something changes.
        fresh: How many of these have just arrived.
        sites: How many of those it asks there are at each site, by key.
        changes: What becomes different, in order of person and course.
        seal: Stands for all of this and for what the rule says.
    """

    people: tuple[int, ...]
    arrivals: Mapping[int, date]
    fresh: int
    sites: Mapping[int, int]
    changes: tuple[Change, ...]
    seal: str

    @property
    def added(self) -> int:
        """Courses somebody had not to learn before."""
        return sum(each.is_new for each in self.changes)

    @property
    def removed(self) -> int:
        """Courses somebody has to learn no more."""
        return sum(each.is_gone for each in self.changes)

    @property
    def moved(self) -> int:
        """Courses with another day."""
        return len(self.changes) - self.added - self.removed


def effect(
    text: AssignText,
    rule: int,
    works: Mapping[int, Iterable[Work]],
    before: Iterable[Assigned],
    after: Iterable[Assigned],
    on: date,
) -> Effect:
    """Say what a rule changes.

    Args:
        text: What it would say.
        rule: Its key.
        works: Where people work on the day.
        before: What is asked for today.
        after: What would be asked for with the rule.
        on: The day.
    """
    after = [*after]
    meant = [a for a in after if any(r.rule == rule for r in a.reasons)]
    people = tuple(sorted({each.person for each in meant}))
    sites: dict[int, int] = {}
    for person in people:
        for site in {work.site for work in works[person]}:
            sites[site] = sites.get(site, 0) + 1
    changes = _changes(before, after)
    since = on - timedelta(days=JUST_ARRIVED)
    arrivals = {each.person: _arrival(works[each.person]) for each in changes}
    return Effect(
        people=people,
        arrivals=arrivals,
        fresh=sum(arrived > since for arrived in arrivals.values()),
        sites=dict(sorted(sites.items())),
        changes=changes,
        seal=_seal(text, rule, people, changes),
    )


def must_be_as_shown(found: Effect, seal: str) -> None:
    """Stop here unless somebody was shown just this.

    Raises:
        NotForeseenError: he was not.
    """
    if found.seal != seal:
        raise NotForeseenError


def _changes(
    before: Iterable[Assigned], after: Iterable[Assigned]
) -> tuple[Change, ...]:
    old = {(each.person, each.course): each for each in before}
    new = {(each.person, each.course): each for each in after}
    found = []
    for person, course in sorted(old.keys() | new.keys()):
        was, will = old.get((person, course)), new.get((person, course))
        change = Change(
            person=person,
            course=course,
            is_new=was is None,
            is_gone=will is None,
            before=was.due if was else None,
            after=will.due if will else None,
        )
        if change.is_new or change.is_gone or change.before != change.after:
            found.append(change)
    return tuple(found)


def _arrival(works: Iterable[Work]) -> date:
    return max(work.arrival for work in works)


def _seal(
    text: AssignText, rule: int, people: tuple[int, ...], changes: tuple[Change, ...]
) -> str:
    a = text.audience
    told = (
        *(rule, text.name, sorted(text.courses), text.since, text.until, text.term),
        *(sorted(a.sites), sorted(a.organisations), sorted(a.posts), sorted(a.lines)),
        *(sorted(a.tiers), sorted(a.people), a.arrived_from, a.arrived_to),
        *(a.tenure_least, a.tenure_most, people, changes),
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()
