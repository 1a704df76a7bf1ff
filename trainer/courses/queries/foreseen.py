"""What a rule would do before it is kept, who may make it, and whom one may pick."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from datetime import datetime

from sqlalchemy import select
from sqlalchemy import true
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.errors import DeniedError
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.courses.domain.assigning import AssignRule
from trainer.courses.domain.audience import Work
from trainer.courses.domain.audience import works_on
from trainer.courses.domain.foreseeing import Effect
from trainer.courses.domain.foreseeing import effect
from trainer.courses.queries.assignments import assign_rules
from trainer.courses.queries.assignments import known
from trainer.courses.queries.works import stays_of
from trainer.people.models import PersonRow
from trainer.people.queries import people_supervised_by

EVERYBODYS = frozenset({Permission.EDIT, Permission.MANAGE})
"""Who makes rules with any audience, and ends those of others."""

ASSIGNERS = EVERYBODYS | {Permission.SUPERVISE}
"""Who assigns at all."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a supervisor may assign to, and where he works."""

    id: int
    login: str
    name: str
    work: Work


def foreseen(
    session: Session, rule: AssignRule, at: datetime, *, reader: Actor
) -> Effect:
    """Say what a rule would change today, or on its first day if that is to come.

    Args:
        session: A session.
        rule: As it would be; its key is that of the rule it takes the place of.
        at: Now.
        reader: Who would make it.

    Raises:
        DeniedError: he may not make it.
    """
    kept = assign_rules(session)
    others = [each for each in kept if each.id != rule.id]
    old = [each for each in kept if each.id == rule.id]
    before = {person for each in old for person in each.text.audience.people}
    must_assign(session, rule, before, at, reader=reader)
    on = max(day_of(at), rule.text.since)
    named = [each.text.audience.people for each in (rule, *old)]
    whose = PersonRow.id.in_(frozenset().union(*named)) if all(named) else true()
    found = known(session, at, whose, on=on, rules=[*others, *old, rule])
    return effect(
        rule.text,
        rule.id,
        found.works,
        found.assigned([*others, *old]),
        found.assigned([*others, rule]),
        on,
    )


def must_assign(
    session: Session,
    rule: AssignRule,
    before: Collection[int],
    at: datetime,
    *,
    reader: Actor,
) -> None:
    """Stop here unless somebody may make a rule.

    Args:
        session: A session.
        rule: As it would be.
        before: Keys of the people it has named until now: they may stay.
        at: Now.
        reader: Who would make it.

    Raises:
        DeniedError: it is a rule for everybody, or names people of others.
    """
    must_be_assigner(reader)
    if EVERYBODYS & reader.permissions:
        return
    wanted = rule.text.audience.people
    if not wanted:
        raise DeniedError(N_("按条件派课由政策编辑和中心管理者来定；您可以勾选人来派"))
    new = wanted - {*before}
    seen = select(PersonRow.id).where(
        PersonRow.id.in_(new), people_supervised_by(reader, day_of(at))
    )
    if new - {*session.scalars(seen)}:
        raise DeniedError(N_("勾选的人里有人不归您督导；请按页面上的名单重新勾选"))


def must_be_assigner(reader: Actor) -> None:
    """Stop here unless somebody assigns at all.

    Raises:
        DeniedError: he does not.
    """
    if not ASSIGNERS & reader.permissions:
        raise DeniedError(N_("派课由主管、政策编辑和中心管理者来做"))


def must_be_own(rule: AssignRule, reader: Actor) -> None:
    """Stop here unless somebody may change or end a rule.

    Raises:
        DeniedError: he assigns nothing.
        NotFoundError: another one has made it, and he makes none for everybody.
    """
    must_be_assigner(reader)
    if not EVERYBODYS & reader.permissions and rule.made_by != reader.person:
        raise NotFoundError(N_("没有这条派课规则"))


def rules_seen(session: Session, *, reader: Actor) -> list[AssignRule]:
    """Give the rules somebody may change or end, by name.

    Raises:
        DeniedError: he assigns nothing.
    """
    must_be_assigner(reader)
    everybodys = bool(EVERYBODYS & reader.permissions)
    known_ = assign_rules(session)
    return [each for each in known_ if everybodys or each.made_by == reader.person]


def candidates(session: Session, on: date, *, reader: Actor) -> list[Candidate]:
    """Give who works on a day and is looked after by a supervisor, newest first.

    Raises:
        DeniedError: the reader supervises nobody.
    """
    reader.must(Permission.SUPERVISE)
    seen = people_supervised_by(reader, on) & (PersonRow.id != reader.person)
    works = works_on(stays_of(session, on, seen), on)
    row = PersonRow
    rows = session.execute(select(row.id, row.login, row.name).where(seen))
    found = [Candidate(*who, works[who.id][0]) for who in rows if who.id in works]
    return sorted(found, key=_newest)


def names_seen(
    session: Session, people: Collection[int], on: date, *, reader: Actor
) -> dict[int, str]:
    """Give the names of those of some people whose work a reader may look at."""
    row = PersonRow
    rows = session.execute(
        select(row.id, row.name).where(
            row.id.in_(people), people_supervised_by(reader, on)
        )
    )
    return dict(rows.all())


def _newest(each: Candidate) -> tuple[int, str]:
    return -each.work.arrival.toordinal(), each.login
