"""Assigned courses: who learns what, why and until when; pure.

Nothing is handed out. A rule says which courses whom; on any day it is asked anew of
where people work on that day. So assigning twice changes nothing, who joins, moves or
returns has the right courses at once, and nobody is forgotten. To assign to a person,
a group or an intake is a rule too: its audience names them.

A rule whose audience names people goes on to hold for them when they move: what
somebody was asked to learn he still has to; whoever looks after him now may waive it.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from datetime import datetime

from trainer.core.errors import ConflictError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.courses.domain.audience import EVERYBODY
from trainer.courses.domain.audience import Audience
from trainer.courses.domain.audience import Work
from trainer.courses.domain.terms import MOST_DAYS
from trainer.courses.domain.terms import Anchor
from trainer.courses.domain.terms import Dates
from trainer.courses.domain.terms import Term
from trainer.courses.domain.terms import asked

LONGEST_NAME = 40
MOST_COURSES = 20
LONGEST_WHY = 200
SHORTEST_WHY = 4
"""Characters of the reason of a waiver."""


class AssignmentMistakeError(TrainerError):
    """A rule says what cannot be."""


class AssignmentChangedError(ConflictError):
    """Somebody else saved the rule since the page was shown."""

    def __init__(self) -> None:
        super().__init__(N_("刚才有人改过这条规则；您填的都在，请对照着再保存"))


class WaiverMistakeError(TrainerError):
    """A waiver says nothing, or of something that cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignText:
    """Command: what a rule says.

    Attributes:
        name: What people call it; who is asked sees it.
        courses: Slugs of the courses, at least one.
        audience: Who is to learn them.
        term: Until when.
        since: From this day on it asks.
        until: From this day on it asks nobody, at its first day never; None is open.
    """

    name: str
    courses: frozenset[str]
    audience: Audience = EVERYBODY
    term: Term
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignRule:
    """A rule as it is kept; ``edit`` counts its saves, ``made_by`` is a person."""

    id: int
    text: AssignText
    edit: int
    made_by: int = 0

    def holds(self, on: date) -> bool:
        """Tell whether it asks anybody on a day."""
        text = self.text
        return text.since <= on and not self.is_over(on)

    def is_over(self, on: date) -> bool:
        """Tell whether it has ended."""
        return self.text.until is not None and self.text.until <= on


def ended(rule: AssignRule, on: date) -> AssignText:
    """Give what a rule says that asks nobody from a day on."""
    return replace(rule.text, until=max(on, rule.text.since))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why somebody learns a course: a rule.

    Attributes:
        rule: Its key.
        name: What people call it.
        due: Until when, inclusive; None has no day yet.
        since: The first day it asks him.
        again: Whether it asks although the course is done, because that will end.
    """

    rule: int
    name: str
    due: date | None
    since: date
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Command, and as it is kept: somebody need not learn a course.

    Attributes:
        id: Its key; 0 before it is kept.
        person: Key of who need not.
        course: Slug.
        why: In words; he reads it.
        by: Key of who has said so.
        at: When.
        until: The first day it holds no more; None is open.
    """

    id: int = 0
    person: int
    course: str
    why: str
    by: int
    at: datetime
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Tell whether it holds on a day."""
        return self.until is None or on < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """A course somebody is asked to learn, with every reason for it.

    Attributes:
        person: Key.
        course: Slug.
        reasons: The earliest first; those without a day last.
        waiver: What frees him, None when nothing does.
    """

    person: int
    course: str
    reasons: tuple[Reason, ...]
    waiver: Waiver | None = None

    @property
    def due(self) -> date | None:
        """The earliest last day of all reasons, inclusive; None when none has one."""
        return self.reasons[0].due


@dataclass(frozen=True, slots=True, kw_only=True)
class Waivers:
    """Those that were not taken back, by person and course."""

    of: Mapping[tuple[int, str], Collection[Waiver]] = field(default_factory=dict)

    def on(self, who: tuple[int, str], on: date) -> Waiver | None:
        """Give the one that frees somebody longest on a day."""
        held = [each for each in self.of.get(who, ()) if each.holds(on)]
        return max(held, key=_how_long, default=None)


NO_WAIVERS = Waivers()


def assigned(
    works: Iterable[Work],
    rules: Iterable[AssignRule],
    on: date,
    *,
    dates: Dates,
    waivers: Waivers = NO_WAIVERS,
) -> list[Assigned]:
    """Give what people are asked to learn on a day.

    Args:
        works: Where they work on that day, of anybody, in any order.
        rules: All rules, in any order.
        on: The day.
        dates: The days that terms are counted from.
        waivers: What frees whom.

    Returns:
        Each person and course once with every reason, in order of the person, then
        of the day, then of the course.
    """
    places: dict[int, list[Work]] = {}
    for work in works:
        places.setdefault(work.person, []).append(work)
    found: dict[tuple[int, str], dict[int, Reason]] = {}
    for rule in rules:
        if rule.holds(on):
            for work in _candidates(rule.text.audience, places):
                if rule.text.audience.covers(work, on):
                    _ask(found, rule, work, dates, on)
    made = (
        Assigned(
            person=who[0],
            course=who[1],
            reasons=tuple(sorted(reasons.values(), key=_urgency)),
            waiver=waivers.on(who, on),
        )
        for who, reasons in found.items()
    )
    return sorted(made, key=_order)


def must_make_sense(text: AssignText) -> None:
    """Stop here when a rule says what cannot be.

    Raises:
        AssignmentMistakeError: it does.
    """
    term = text.term
    if not text.name.strip() or len(text.name) > LONGEST_NAME:
        raise AssignmentMistakeError(
            N_("请给规则起个名字，不超过 {n} 个字", n=LONGEST_NAME)
        )
    if not 1 <= len(text.courses) <= MOST_COURSES:
        raise AssignmentMistakeError(N_("请选课程，一次不超过 {n} 门", n=MOST_COURSES))
    if abs(term.days) > MOST_DAYS:
        raise AssignmentMistakeError(N_("天数写 -365 到 365"))
    if term.counts_down and term.days > 0:
        raise AssignmentMistakeError(N_("到期前多少天写成负数，如 -30"))
    if (term.day is None) is (term.anchor is Anchor.DAY):
        raise AssignmentMistakeError(N_("选“指定的日子”时，请填写是哪一天"))
    if (term.anchor is Anchor.EFFECTIVE) is not bool(term.policy):
        raise AssignmentMistakeError(N_("请选按哪篇政策的施行日算期限"))
    if text.until is not None and text.until < text.since:
        raise AssignmentMistakeError(N_("停用的日子不能早于开始的日子"))


def must_give_reason(waiver: Waiver, on: date) -> None:
    """Stop here when a waiver says nothing, or is over before it begins.

    Raises:
        WaiverMistakeError: it is so.
    """
    if not SHORTEST_WHY <= len(waiver.why.strip()) <= LONGEST_WHY:
        raise WaiverMistakeError(
            N_(
                "请写明为什么免学，{least} 到 {most} 个字；本人看得到",
                least=SHORTEST_WHY,
                most=LONGEST_WHY,
            )
        )
    if not waiver.holds(on):
        raise WaiverMistakeError(N_("免学的最后一天不能早于今天"))


def _candidates(audience: Audience, places: Mapping[int, list[Work]]) -> Iterable[Work]:
    """Give where those work whom an audience may mean: few, where it names them."""
    named = audience.people & places.keys() if audience.people else places.keys()
    return (work for person in named for work in places[person])


def _ask(
    found: dict[tuple[int, str], dict[int, Reason]],
    rule: AssignRule,
    work: Work,
    dates: Dates,
    on: date,
) -> None:
    """Note the reason of a rule; of two places the one that is due first."""
    text = rule.text
    known = max(work.begins_on, text.since, text.audience.tenured(work))
    came = max(work.arrival, text.since)
    for course in text.courses:
        who = (work.person, course)
        told = asked(text.term, who, came, known, dates, on)
        if told is not None:
            new = Reason(
                rule=rule.id,
                name=text.name,
                due=told.due,
                since=told.since,
                again=told.again,
            )
            reasons = found.setdefault(who, {})
            if rule.id in reasons:
                new = min(reasons[rule.id], new, key=_urgency)
            reasons[rule.id] = new


def _urgency(reason: Reason) -> tuple[date, str, int]:
    return reason.due or date.max, reason.name, reason.rule


def _order(each: Assigned) -> tuple[int, date, str]:
    return each.person, each.due or date.max, each.course


def _how_long(waiver: Waiver) -> tuple[date, datetime, int]:
    return waiver.until or date.max, waiver.at, waiver.id
