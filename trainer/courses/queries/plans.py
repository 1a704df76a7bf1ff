"""Plans of people, and the tasks that come from them."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.core.wording import one_list
from trainer.courses.domain.assigning import Assigned
from trainer.courses.domain.planning import Item
from trainer.courses.domain.planning import Plan
from trainer.courses.domain.planning import in_order
from trainer.courses.queries.assignments import Known
from trainer.courses.queries.assignments import known
from trainer.notices.domain.tasks import Task
from trainer.people.models import PersonRow
from trainer.people.queries import people_supervised_by


@dataclass(frozen=True, slots=True)
class Learner:
    """Who a plan is of, for whoever looks after him."""

    id: int
    login: str
    name: str


def own_plan(session: Session, at: datetime, *, reader: Actor) -> Plan:
    """Give the plan of whoever asks."""
    found = known(session, at, PersonRow.id == reader.person)
    return plans_of(found).get(reader.person, Plan(person=reader.person, arrived=None))


def plan_of(
    session: Session, key: int, at: datetime, *, reader: Actor
) -> tuple[Learner, Plan]:
    """Give the plan of a person whose work a reader may look at.

    Raises:
        NotFoundError: there is no such person for him.
    """
    row = PersonRow
    found = session.execute(
        select(row.id, row.login, row.name).where(
            row.id == key, people_supervised_by(reader, day_of(at))
        )
    ).first()
    if found is None:
        raise NotFoundError(N_("没有这个人"))
    plans = plans_of(known(session, at, row.id == key))
    return Learner(*found), plans.get(key, Plan(person=key, arrived=None))


def team_plans(
    session: Session, at: datetime, *, reader: Actor
) -> list[tuple[Learner, Plan]]:
    """Give the plans of the people at work whom a supervisor looks after.

    Who is late with most comes first, then by login.

    Raises:
        DeniedError: the reader supervises nobody.
    """
    reader.must(Permission.SUPERVISE)
    row = PersonRow
    seen = people_supervised_by(reader, day_of(at)) & (row.id != reader.person)
    plans = plans_of(known(session, at, seen))
    rows = session.execute(
        select(row.id, row.login, row.name).where(seen).order_by(row.login)
    )
    found = [(Learner(*who), plans[who.id]) for who in rows if who.id in plans]
    return sorted(found, key=_most_late)


def tasks(session: Session, people: Collection[int], at: datetime) -> list[Task]:
    """Give the next step of each course that people are asked to learn now.

    Args:
        session: A session.
        people: Keys; who is not at work has no task.
        at: Now.
    """
    if not people:
        return []
    found = plans_of(known(session, at, PersonRow.id.in_(people)))
    return [
        _task(each) for plan in found.values() for each in plan.items if each.is_open
    ]


def plans_of(found: Known) -> Mapping[int, Plan]:
    """Put together the plans of everybody of whom everything is known."""
    held: dict[int, list[Assigned]] = {person: [] for person in found.works}
    for each in found.assigned():
        held[each.person].append(each)
    return {
        person: Plan(
            person=person,
            arrived=found.works[person][0].arrival,
            items=tuple(_items(found, own)),
        )
        for person, own in held.items()
    }


def _most_late(each: tuple[Learner, Plan]) -> int:
    return -len(each[1].late)


def _items(found: Known, own: Iterable[Assigned]) -> Sequence[Item]:
    items = {}
    for each in own:
        learned = found.learned[each.person, each.course]
        title = found.courses[each.course].title
        items[each.course] = Item(
            assigned=each,
            title=title,
            learned=learned,
            first=_first(found, each),
            on=found.on,
        )
    return in_order(items.values())


def _first(found: Known, each: Assigned) -> tuple[str, ...]:
    """Give the titles of what is to be completed before, as far as it is known."""
    held = found.courses[each.course].prerequisites
    return tuple(
        found.courses[slug].title
        for slug in held
        if slug in found.courses
        if found.waivers.on((each.person, slug), found.on) is None
        if not found.learned[each.person, slug].is_completed
    )


def _task(each: Item) -> Task:
    reasons, slug = each.assigned.reasons, each.assigned.course
    again = each.learned.completed_on  # what ran out is another task than the first
    course, step = each.title, each.learned.next_step
    what = N_("学习《{course}》：{step}", course=course, step=step)
    return Task(
        person=each.assigned.person,
        key=f"course/{slug}/{again}" if again else f"course/{slug}",
        what=what if step else N_("复习《{course}》", course=course),
        why=N_("因为：{reasons}", reasons=one_list(r.name for r in reasons)),
        endpoint="courses.course",
        values=(("slug", slug),),
        due=each.due,
        minutes=each.learned.next_minutes,
        told_on=min(reason.since for reason in reasons),
    )
