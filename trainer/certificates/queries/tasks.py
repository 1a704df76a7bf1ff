"""What certificates and honours ask of people now."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.certificates.domain.certificates import ENDING_SOON
from trainer.certificates.domain.certificates import KIND_NAMES
from trainer.certificates.domain.honours import quarter_before
from trainer.certificates.queries.honours import DeedSource
from trainer.certificates.queries.honours import waiting
from trainer.certificates.queries.standings import ending
from trainer.certificates.queries.standings import subject_names
from trainer.core.clock import day_of
from trainer.core.wording import N_
from trainer.core.wording import Nn_
from trainer.notices.domain.tasks import Task
from trainer.people.domain.roles import Role
from trainer.people.models import PersonRoleRow
from trainer.people.models import SecondmentRow
from trainer.people.models import SupervisedOrganisationRow
from trainer.people.models import SupervisedSiteRow
from trainer.people.queries.secondments import not_over
from trainer.people.queries.secondments import was_ever


def tasks(
    session: Session,
    people: Collection[int],
    at: datetime,
    sources: Collection[DeedSource] = (),
) -> list[Task]:
    """Give the certificates of some people that end soon, and honours to confirm.

    Args:
        session: A session.
        people: Keys of the people.
        at: Now.
        sources: Where deeds come from.
    """
    on = day_of(at)
    return [
        *_ending(session, people, on),
        *_to_confirm(session, people, on, sources),
    ]


def _ending(session: Session, people: Collection[int], on: date) -> Iterator[Task]:
    soon = timedelta(days=ENDING_SOON)
    found = ending(session, people, on, on + soon)
    names = subject_names(session) if found else {}
    for each in found:
        certificate, ground = each.certificate, each.certificate.ground
        if ground.until is None:
            continue
        yield Task(
            person=ground.person,
            key=f"certificate/{certificate.id}",
            what=N_(
                "请带教老师或主管续批“{subject}”",
                subject=names[ground.kind, ground.subject],
            ),
            why=N_(
                "{kind} {number} 快到期了",
                kind=KIND_NAMES[ground.kind],
                number=certificate.number,
            ),
            endpoint="certificates.certificate",
            values=(("key", certificate.id),),
            due=ground.until - timedelta(days=1),
            told_on=ground.until - soon,
        )


def _to_confirm(
    session: Session, people: Collection[int], on: date, sources: Collection[DeedSource]
) -> Iterator[Task]:
    found = waiting(session, on, sources)
    quarter = quarter_before(on)
    whose = [each.person for each in found]
    places = _supervisors(session, people, set(whose), on) if found else {}
    for supervisor, theirs in sorted(places.items()):
        count = sum(person in theirs for person in whose)
        yield Task(
            person=supervisor,
            key=f"honours/{quarter.code}",
            what=Nn_("确认荣誉：{n} 项", n=count),
            why=N_("{quarter}有同事达到了荣誉的条件，等您确认", quarter=quarter.name),
            endpoint="honours.proposals",
            due=quarter.last_day_to_confirm,
            told_on=quarter.end,
        )


def _supervisors(
    session: Session, people: Collection[int], whose: Collection[int], on: date
) -> dict[int, set[int]]:
    """Say which of some people supervise which of others, whose work runs on a day."""
    row, site, bank = SecondmentRow, SupervisedSiteRow, SupervisedOrganisationRow
    role = PersonRoleRow
    supervisors = select(role.person_id).where(
        role.person_id.in_(people), role.role == Role.SUPERVISOR
    )
    runs = (row.person_id.in_(whose), row.begins_on <= on, not_over(on), was_ever())
    by_site = select(site.person_id, row.person_id).join(
        row, row.site_id == site.site_id
    )
    by_bank = select(bank.person_id, row.person_id).join(
        row, row.organisation_id == bank.organisation_id
    )
    found: dict[int, set[int]] = {}
    for query, owner in ((by_site, site.person_id), (by_bank, bank.person_id)):
        rows = session.execute(query.where(owner.in_(supervisors), *runs))
        for supervisor, person in rows:
            if supervisor != person:
                found.setdefault(supervisor, set()).add(person)
    return found
