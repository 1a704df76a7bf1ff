"""Those who may train others: whether current, how many they train, what became."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm import aliased

from trainer.competence.domain.authorising import Act
from trainer.competence.models import AuthorisationEventRow
from trainer.core.actor import Actor
from trainer.mentoring.domain.proposing import Mentor
from trainer.mentoring.queries.standing import Currents
from trainer.mentoring.queries.standing import current
from trainer.people.domain.colleagues import gets_agreed_fields
from trainer.people.domain.roles import Role
from trainer.people.models import PersonRoleRow
from trainer.people.models import PersonRow
from trainer.people.models import SecondmentLineRow
from trainer.people.models import SecondmentRow
from trainer.people.models import SiteRow
from trainer.people.queries import people_supervised_by
from trainer.people.queries.secondments import not_over
from trainer.people.queries.secondments import was_ever


@dataclass(frozen=True, slots=True)
class _Trained:
    """Somebody with a mentor; ``got_alone`` whether he ever was let work alone."""

    person: int
    name: str
    ends_on: date | None
    lines: frozenset[str]
    got_alone: bool

    def is_over(self, on: date, alone: Currents) -> bool:
        """Tell whether he needs the mentor no more: gone, or alone at all lines."""
        if self.ends_on is not None and self.ends_on <= on:
            return True
        return bool(self.lines) and self.lines <= alone.get(self.person, frozenset())


def mentors(session: Session, on: date, *, reader: Actor) -> Sequence[Mentor]:
    """Give the mentors at work today whom a reader looks after, by login.

    A bank gets nobody else's name, so none.
    """
    if gets_agreed_fields(reader):
        return []
    row = SecondmentRow
    holders = select(PersonRoleRow.person_id).where(PersonRoleRow.role == Role.MENTOR)
    rows = session.execute(
        select(PersonRow.id, PersonRow.login, PersonRow.name, SiteRow.id, SiteRow.name)
        .join(row, row.person_id == PersonRow.id)
        .join(SiteRow, SiteRow.id == row.site_id)
        .where(PersonRow.active, PersonRow.id.in_(holders))
        .where(row.begins_on <= on, not_over(on), was_ever())
        .where(people_supervised_by(reader, on))
        .order_by(PersonRow.login)
    ).all()
    trained = _trained(session, [key for key, *_ in rows])
    learners = {each.person for known in trained.values() for each in known}
    alone = current(session, {key for key, *_ in rows} | learners, on)
    found = []
    for key, login, name, site, site_name in rows:
        now = [t for t in trained[key] if not t.is_over(on, alone)]
        before = {t.person: t.got_alone for t in trained[key] if t.is_over(on, alone)}
        found.append(
            Mentor(
                person=key,
                login=login,
                name=name,
                site=site,
                site_name=site_name,
                current=alone.get(key, frozenset()),
                newcomers=tuple(each.name for each in now),
                trained=len(before),
                alone=sum(before.values()),
            )
        )
    return found


def _trained(
    session: Session, mentors: Collection[int]
) -> Mapping[int, Sequence[_Trained]]:
    """Give by mentor whom he trains and has trained."""
    row, step = SecondmentRow, aliased(AuthorisationEventRow)
    got = select(step.id).where(
        step.person_id == row.person_id, step.act == Act.GRANTED
    )
    rows = session.execute(
        select(row.id, row.mentor_id, row.person_id, row.ends_on, PersonRow.name)
        .add_columns(got.exists())
        .join(PersonRow, PersonRow.id == row.person_id)
        .where(row.mentor_id.in_(mentors), was_ever())
        .order_by(row.begins_on, PersonRow.login)
    ).all()
    lines: dict[int, set[str]] = defaultdict(set)
    part = SecondmentLineRow
    for key, line in session.execute(
        select(part.secondment_id, part.line).where(
            part.secondment_id.in_(key for key, *_ in rows)
        )
    ):
        lines[key].add(line)
    found: dict[int, list[_Trained]] = defaultdict(list)
    for key, mentor, person, ends_on, name, got_alone in rows:
        told = _Trained(person, name, ends_on, frozenset(lines[key]), got_alone)
        found[mentor].append(told)
    return found
