"""Secondments: who works where, sent by whom, since when and until when; pure.

Staff of the centre have them too, sent by the centre itself, so that one question
answers who works at a site. Last days are exclusive here, as everywhere; pages show
the day before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from enum import StrEnum

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.people.domain.places import Channel

ENDING_SOON = 30
"""Days before its planned end from which a secondment is ending soon."""

JUST_ARRIVED = 14
"""Days after its beginning during which a person has just arrived."""

SEEN_AFTER = timedelta(days=30)
"""How long after the end the supervisor of the site, the bank and the mentor still
see the person: the hand-over."""


class State(StrEnum):
    """Where a secondment stands on a day."""

    COMING = "coming"
    ARRIVED = "arrived"
    PRESENT = "present"
    ENDING = "ending"
    OVERDUE = "overdue"
    ENDED = "ended"


STATE_NAMES = {
    State.COMING: N_("将到岗"),
    State.ARRIVED: N_("新到岗"),
    State.PRESENT: N_("在岗"),
    State.ENDING: N_("即将到期"),
    State.OVERDUE: N_("已超期"),
    State.ENDED: N_("已离开"),
}


class DaysMixedUpError(TrainerError):
    """The last day is not after the first."""


class AlreadySecondedError(TrainerError):
    """The person works elsewhere on some of these days."""


class OwnMentorError(TrainerError):
    """Nobody is his own mentor or successor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """What a supervisor may arrange within a secondment.

    Attributes:
        seat: Key of a seat of the same site; None has no fixed one.
        mentor: Key of the person who trains; None has none.
        successor: Key of the person who takes over; None is not known yet.
        lines: Codes of the business lines served.
    """

    seat: int | None = None
    mentor: int | None = None
    successor: int | None = None
    lines: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Command: send a person somewhere.

    Attributes:
        organisation: Key of who sends.
        site: Key of where to.
        begins_on: First day.
        planned_to: Planned end, exclusive; None is open (staff of the centre).
        post: Code of the post the person works in, empty for none.
        reason: Why, empty when nothing was said.
        arrangement: What the site arranges.
    """

    organisation: int
    site: int
    begins_on: date
    planned_to: date | None = None
    post: str = ""
    reason: str = ""
    arrangement: Arrangement = Arrangement()

    @property
    def last_on(self) -> date | None:
        """Last day as planned, as people say it; None is open."""
        return last_day(self.planned_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secondment:
    """A secondment as others see it; ``ends_on`` (exclusive) is the actual end."""

    id: int
    person: int
    placement: Placement
    ends_on: date | None

    @property
    def left_on(self) -> date | None:
        """Last day as it was, or was announced; None while nothing is said."""
        return last_day(self.ends_on)

    def days_left(self, on: date) -> int | None:
        """Count the days from a day to the last one, both included; None is open.

        It is zero or less when the planned end has passed.
        """
        end = self.ends_on or self.placement.planned_to
        return None if end is None else (end - on).days

    def state(self, on: date) -> State:
        """Tell where it stands on a day."""
        given = self.placement
        if self.ends_on is not None and self.ends_on <= on:
            return State.ENDED
        if given.begins_on > on:
            return State.COMING
        end = self.ends_on or given.planned_to
        if end is not None and end <= on:
            return State.OVERDUE
        if end is not None and end - on <= timedelta(days=ENDING_SOON):
            return State.ENDING
        if on - given.begins_on < timedelta(days=JUST_ARRIVED):
            return State.ARRIVED
        return State.PRESENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A secondment with the names a list shows; what there is none of is empty."""

    secondment: Secondment
    login: str
    name: str
    organisation: str
    site: str
    seat: str
    channel: Channel | None
    post: str
    mentor: str
    successor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSecondments:
    """Which secondments a list shows; what is empty does not narrow it.

    ``site`` and ``organisation`` are keys, ``words`` part of a name or a login;
    without ``state`` those who have left are left out. ``part`` counts from 1.
    """

    site: int | None = None
    organisation: int | None = None
    state: State | None = None
    words: str = ""
    part: int = 1


def last_day(end: date | None) -> date | None:
    """Give the last day before an exclusive end."""
    return None if end is None else end - timedelta(days=1)


def day_after(last: date | None) -> date | None:
    """Give the exclusive end after a last day."""
    return None if last is None else last + timedelta(days=1)


def may_arrange(actor: Actor, site: int) -> bool:
    """Tell who sets seat, mentor, successor and lines at a site."""
    if actor.may(Permission.ADMINISTER):
        return True
    runs = actor.scope.everybody or site in actor.scope.sites
    return actor.may(Permission.SUPERVISE) and runs


def must_be_possible(person: int, placement: Placement) -> None:
    """Check a placement by itself.

    Raises:
        DaysMixedUpError: it would end before it began.
        OwnMentorError: the person would train or replace himself.
    """
    end = placement.planned_to
    if end is not None and end <= placement.begins_on:
        raise DaysMixedUpError(N_("派驻的最后一天早于第一天；请核对起止日期"))
    if person in {placement.arrangement.mentor, placement.arrangement.successor}:
        raise OwnMentorError(N_("带教老师和接替人不能是本人；请改选别人"))


def overlap(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Tell whether two spans share a day; ends are exclusive, None is open.

    A span without a day, such as a secondment that was called off, shares none.
    """
    (begins, ends), (begins_too, ends_too) = first, second
    ends, ends_too = ends or date.max, ends_too or date.max
    return max(begins, begins_too) < min(ends, ends_too)
