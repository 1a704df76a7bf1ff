"""Who is asked to learn what: the rules, where people work, the days they count from.

Everything is read for all people at once in a fixed number of questions, however many
people, rules and courses there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.competence.domain.authorising import Act
from trainer.competence.models import AuthorisationEventRow
from trainer.competence.queries.authorisations import last_days
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.clock import start_of
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.courses.domain.assigning import Assigned
from trainer.courses.domain.assigning import AssignRule
from trainer.courses.domain.assigning import AssignText
from trainer.courses.domain.assigning import Waiver
from trainer.courses.domain.assigning import Waivers
from trainer.courses.domain.assigning import assigned
from trainer.courses.domain.audience import Audience
from trainer.courses.domain.audience import Ranks
from trainer.courses.domain.audience import Tier
from trainer.courses.domain.audience import works_on
from trainer.courses.domain.planning import Learned
from trainer.courses.domain.terms import Anchor
from trainer.courses.domain.terms import Dates
from trainer.courses.domain.terms import Effective
from trainer.courses.domain.terms import Term
from trainer.courses.models import AssignRulePartRow
from trainer.courses.models import AssignRulePersonRow
from trainer.courses.models import AssignRuleRow
from trainer.courses.models import CourseWaiverRow
from trainer.courses.queries.learned import learned
from trainer.courses.queries.offer import Offered
from trainer.courses.queries.offer import offered
from trainer.courses.queries.works import Works
from trainer.courses.queries.works import stays_of
from trainer.people.domain.roles import Role
from trainer.people.models import PersonRoleRow
from trainer.people.models import PersonRow
from trainer.people.queries import people_supervised_by
from trainer.publishing import queries as publishing

ANYBODY = Actor(0, "", frozenset({Permission.READ}))
"""Reads what everybody reads: nobody is asked to learn what he may not see."""

LEADERS = (Role.SUPERVISOR.value, Role.MANAGER.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything that tells what some people are asked to learn on a day.

    Attributes:
        on: The day.
        works: Where they work.
        rules: All rules.
        courses: The courses in force, by slug; what is in force no more is not asked.
        learned: How far each person is with each course.
        dates: The days that terms are counted from.
        waivers: What frees whom.
    """

    on: date
    works: Works
    rules: Sequence[AssignRule]
    courses: Mapping[str, Offered]
    learned: Mapping[tuple[int, str], Learned]
    dates: Dates
    waivers: Waivers

    def assigned(self, rules: Iterable[AssignRule] | None = None) -> list[Assigned]:
        """Give what they are asked to learn, by these rules or by all."""
        works = (work for places in self.works.values() for work in places)
        found = assigned(
            works,
            self.rules if rules is None else rules,
            self.on,
            dates=self.dates,
            waivers=self.waivers,
        )
        return [each for each in found if each.course in self.courses]


def known(
    session: Session,
    at: datetime,
    whose: ColumnElement[bool],
    *,
    on: date | None = None,
    rules: Sequence[AssignRule] | None = None,
) -> Known:
    """Read everything about some people.

    Args:
        session: A session.
        at: Now.
        whose: Condition on the person.
        on: The day; None is today.
        rules: These rules instead of those that are kept.
    """
    today = day_of(at)
    on = on or today
    rules = assign_rules(session) if rules is None else rules
    works = works_on(stays_of(session, on, whose), on, ranks(session, on))
    slugs = {slug for rule in rules for slug in rule.text.courses}
    courses = offered(session, on, reader=ANYBODY, slugs=slugs)
    progress = learned(session, works.keys(), slugs, start_of(on) if on > today else at)
    ends = {key: each.ends_on for key, each in progress.items() if each.ends_on}
    return Known(
        on=on,
        works=works,
        rules=rules,
        courses={each.slug: each for each in courses},
        learned=progress,
        dates=Dates(
            effective=_effective(session, rules, on),
            ends=ends,
            authorised=_authorised(session, rules, works, courses, on),
        ),
        waivers=waivers(session, works.keys()),
    )


def assign_rules(session: Session) -> list[AssignRule]:
    """Give all rules, by name."""
    parts: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for part in session.scalars(select(AssignRulePartRow)):
        parts[part.rule_id][part.part].add(part.value)
    people: dict[int, set[int]] = defaultdict(set)
    for named in session.scalars(select(AssignRulePersonRow)):
        people[named.rule_id].add(named.person_id)
    query = select(AssignRuleRow).order_by(AssignRuleRow.name, AssignRuleRow.id)
    return [_rule(row, parts[row.id], people[row.id]) for row in session.scalars(query)]


def assign_rule(session: Session, key: int) -> AssignRule:
    """Give a rule.

    Raises:
        NotFoundError: there is none.
    """
    found = next((each for each in assign_rules(session) if each.id == key), None)
    if found is None:
        raise NotFoundError(N_("没有这条派课规则"))
    return found


def sees_waiver(session: Session, key: int, on: date, *, reader: Actor) -> bool:
    """Tell whether there is a waiver of a person whose work a reader looks at."""
    found = (
        select(CourseWaiverRow.id)
        .join(PersonRow, PersonRow.id == CourseWaiverRow.person_id)
        .where(CourseWaiverRow.id == key, people_supervised_by(reader, on))
    )
    return session.scalar(found) is not None


def waivers(session: Session, people: Collection[int]) -> Waivers:
    """Give the waivers of some people that were not taken back."""
    found: dict[tuple[int, str], list[Waiver]] = defaultdict(list)
    row = CourseWaiverRow
    query = select(row).where(row.ended_by.is_(None)).order_by(row.id)
    if len(people) == 1:  # the plan of one person asks for his only
        query = query.where(row.person_id.in_(people))
    for each in session.scalars(query):
        if each.person_id in people:
            found[each.person_id, each.course].append(_waiver(each))
    return Waivers(of=found)


def ranks(session: Session, on: date) -> Ranks:
    """Give what tells the tiers of everybody on a day."""
    event = AuthorisationEventRow
    alone: dict[int, set[str]] = defaultdict(set)
    granted = select(event.person_id, event.line).where(
        event.act == Act.GRANTED, event.at < start_of(on + timedelta(1))
    )
    for person, line in session.execute(granted.distinct()):
        alone[person].add(line)
    leaders = select(PersonRoleRow.person_id).where(PersonRoleRow.role.in_(LEADERS))
    return Ranks(
        leaders=frozenset(session.scalars(leaders)),
        alone={person: frozenset(lines) for person, lines in alone.items()},
    )


def _effective(
    session: Session, rules: Iterable[AssignRule], on: date
) -> dict[str, Effective]:
    """Give since when policies hold, as what was approved by a day has it."""
    slugs = {rule.text.term.policy for rule in rules} - {""}
    if not slugs:
        return {}
    found: dict[str, Effective] = {}
    for text in publishing.all_approved(session, reader=ANYBODY, slugs=slugs):
        if text.approved_at is not None and day_of(text.approved_at) <= on:
            held = Effective(text.effective_from, day_of(text.approved_at))
            last = found.get(text.slug, held)
            found[text.slug] = held if held.on >= last.on else last
    return found


def _authorised(
    session: Session,
    rules: Iterable[AssignRule],
    works: Works,
    courses: Iterable[Offered],
    on: date,
) -> dict[tuple[int, str], date]:
    """Give until when people are authorised for lines of courses that they serve."""
    counted = (r.text for r in rules if r.text.term.anchor is Anchor.AUTHORISATION)
    slugs = {slug for text in counted for slug in text.courses}
    if not slugs:
        return {}
    found: dict[tuple[int, str], date] = {}
    lines = {each.slug: each.course.lines for each in courses if each.slug in slugs}
    for (person, line), end in last_days(session, works, on).items():
        if any(line in work.lines for work in works[person]):
            for slug in (slug for slug, held in lines.items() if line in held):
                found[person, slug] = min(end, found.get((person, slug), end))
    return found


def _rule(
    row: AssignRuleRow, parts: Mapping[str, Collection[str]], people: Collection[int]
) -> AssignRule:
    text = AssignText(
        name=row.name,
        courses=frozenset(parts.get("course", ())),
        audience=_audience(parts, people),
        term=Term(
            anchor=Anchor(row.anchor), days=row.days, day=row.day, policy=row.policy
        ),
        since=row.since,
        until=row.until,
    )
    return AssignRule(id=row.id, text=text, edit=row.edit, made_by=row.made_by)


def _audience(
    parts: Mapping[str, Collection[str]], people: Collection[int]
) -> Audience:
    def keys(part: str) -> frozenset[int]:
        return frozenset(map(int, parts.get(part, ())))

    def day(part: str) -> date | None:
        return next(map(date.fromisoformat, parts.get(part, ())), None)

    def days(part: str) -> int | None:
        return next(map(int, parts.get(part, ())), None)

    return Audience(
        sites=keys("site"),
        organisations=keys("organisation"),
        posts=frozenset(parts.get("post", ())),
        lines=frozenset(parts.get("line", ())),
        tiers=frozenset(map(Tier, parts.get("tier", ()))),
        people=frozenset(people),
        arrived_from=day("arrived_from"),
        arrived_to=day("arrived_to"),
        tenure_least=days("tenure_least"),
        tenure_most=days("tenure_most"),
    )


def _waiver(row: CourseWaiverRow) -> Waiver:
    return Waiver(
        id=row.id,
        person=row.person_id,
        course=row.course,
        why=row.why,
        by=row.made_by,
        at=row.made_at,
        until=row.until,
    )
