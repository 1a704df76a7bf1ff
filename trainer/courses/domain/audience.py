"""Who is meant: people by who they are, where and at what they work; pure.

Terms:
    arrival: the first day of what somebody is in now. A move goes on with it; who was
        away for more than :data:`AWAY` days arrives anew when he returns.
    tenure: days since the arrival, 0 on its day.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta
from enum import StrEnum

from trainer.core.wording import N_

AWAY = 90
"""Days without work after which who returns is new again: what he knew has faded."""


class Tier(StrEnum):
    """A stage of a career, by the codes of the framework of competencies.

    Onboarding is who was never let to work alone on any line that he serves now: a
    lapse makes nobody new again, a new line alone does. A leader is who runs a site,
    a bank's people or the centre, whatever lines he serves. Everybody else is in post.
    """

    ONBOARDING = "onboarding"
    IN_POST = "in-post"
    LEADER = "leader"


TIER_NAMES = {
    Tier.ONBOARDING: N_("上岗前"),
    Tier.IN_POST: N_("在岗"),
    Tier.LEADER: N_("班组长与主管"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Some days of work at a site; ``ends_on`` is exclusive, None is open."""

    person: int
    site: int
    organisation: int
    post: str = ""
    lines: frozenset[str] = frozenset()
    begins_on: date
    ends_on: date | None = None

    def is_on(self, on: date) -> bool:
        """Tell whether it is a day of it."""
        return self.begins_on <= on and (self.ends_on is None or on < self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Where somebody works on a day, as an audience asks for it.

    Attributes:
        person: Key of who works.
        site: Key of where.
        organisation: Key of who has sent him.
        post: Code of his post, empty for none.
        lines: Codes of the business lines he serves.
        begins_on: His first day there.
        arrived_on: The day of his arrival; None is :attr:`begins_on`.
        tier: His stage; None is not known, and no audience of a tier means him.
    """

    person: int
    site: int
    organisation: int
    post: str = ""
    lines: frozenset[str] = frozenset()
    begins_on: date
    arrived_on: date | None = None
    tier: Tier | None = None

    @property
    def arrival(self) -> date:
        """The first day of what he is in now."""
        return self.arrived_on or self.begins_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranks:
    """What tells the tier of somebody.

    Attributes:
        leaders: Keys of who runs a site, a bank's people or the centre.
        alone: By person the codes of the lines he was ever let to work on alone.
    """

    leaders: frozenset[int] = frozenset()
    alone: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def tier(self, person: int, lines: Collection[str]) -> Tier:
        """Give the stage of somebody who serves these lines."""
        if person in self.leaders:
            return Tier.LEADER
        known = self.alone.get(person, frozenset()) & {*lines}
        return Tier.IN_POST if known else Tier.ONBOARDING


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is meant. Each part that is not empty narrows; an empty one means everybody.

    Attributes:
        sites: Keys of sites.
        organisations: Keys of who sends.
        posts: Codes of posts.
        lines: Codes of business lines; serving one of them is enough.
        tiers: Stages of a career.
        people: Keys of persons: an assignment that names them.
        arrived_from: First day of arrival of an intake.
        arrived_to: The day after its last one.
        tenure_least: Days somebody is there at least.
        tenure_most: Days somebody is there at most.
    """

    sites: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    posts: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    tiers: frozenset[Tier] = frozenset()
    people: frozenset[int] = frozenset()
    arrived_from: date | None = None
    arrived_to: date | None = None
    tenure_least: int | None = None
    tenure_most: int | None = None

    def covers(self, work: Work, on: date) -> bool:
        """Tell whether somebody who works like this is meant on a day."""
        return (
            (not self.people or work.person in self.people)
            and (not self.sites or work.site in self.sites)
            and (not self.organisations or work.organisation in self.organisations)
            and (not self.posts or work.post in self.posts)
            and (not self.lines or bool(self.lines & work.lines))
            and (not self.tiers or work.tier in self.tiers)
            and self._timely(work.arrival, on)
        )

    def tenured(self, work: Work) -> date:
        """Give the first day somebody is there long enough."""
        return work.arrival + timedelta(self.tenure_least or 0)

    def _timely(self, arrival: date, on: date) -> bool:
        tenure = (on - arrival).days
        return (
            (self.arrived_from is None or arrival >= self.arrived_from)
            and (self.arrived_to is None or arrival < self.arrived_to)
            and (self.tenure_least is None or tenure >= self.tenure_least)
            and (self.tenure_most is None or tenure <= self.tenure_most)
        )


EVERYBODY = Audience()


def arrival(stays: Iterable[Stay], on: date) -> date | None:
    """Give the day of arrival of the one person whose stays these are.

    Args:
        stays: In any order.
        on: The day; who works on none of its stays has no arrival.
    """
    begun = sorted((s for s in stays if s.begins_on <= on), key=_begin)
    if not any(stay.is_on(on) for stay in begun):
        return None
    arrived, until = begun[0].begins_on, begun[0].ends_on or date.max
    for stay in begun[1:]:
        if (stay.begins_on - until).days > AWAY:
            arrived = stay.begins_on
        until = max(until, stay.ends_on or date.max)
    return arrived


def works_on(
    stays: Iterable[Stay], on: date, ranks: Ranks | None = None
) -> dict[int, tuple[Work, ...]]:
    """Give where people work on a day.

    Args:
        stays: Of anybody, in any order, also those that are over.
        on: The day.
        ranks: What tells the tiers; None leaves them open.

    Returns:
        By person in order of keys, each with his places in order of the site.
    """
    held: dict[int, list[Stay]] = {}
    for stay in stays:
        held.setdefault(stay.person, []).append(stay)
    found = {}
    for person, own in sorted(held.items()):
        arrived = arrival(own, on)
        if arrived is not None:
            here = sorted((s for s in own if s.is_on(on)), key=_place)
            found[person] = tuple(_work(s, arrived, ranks) for s in here)
    return found


def _work(stay: Stay, arrived: date, ranks: Ranks | None) -> Work:
    return Work(
        person=stay.person,
        site=stay.site,
        organisation=stay.organisation,
        post=stay.post,
        lines=stay.lines,
        begins_on=stay.begins_on,
        arrived_on=arrived,
        tier=ranks.tier(stay.person, stay.lines) if ranks else None,
    )


def _begin(stay: Stay) -> tuple[date, date]:
    return stay.begins_on, stay.ends_on or date.max


def _place(stay: Stay) -> tuple[int, date, date]:
    return stay.site, *_begin(stay)
