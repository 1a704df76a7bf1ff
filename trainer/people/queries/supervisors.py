"""Who is told when somebody is late: the supervisors of his site and of his bank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Select
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.people.domain.roles import Role
from trainer.people.models import PersonRoleRow
from trainer.people.models import PersonRow
from trainer.people.models import SecondmentRow
from trainer.people.models import SupervisedOrganisationRow
from trainer.people.models import SupervisedSiteRow
from trainer.people.queries.secondments import not_over
from trainer.people.queries.secondments import was_ever


def supervisors_of(
    session: Session, people: Collection[int], on: date
) -> dict[int, frozenset[int]]:
    """Give by person whoever supervises him by site or bank on a day.

    Whom nobody else supervises, the managers of the centre do. Closed accounts
    supervise nobody.
    """
    supervisors = _holders(session, Role.SUPERVISOR)
    site, bank = SupervisedSiteRow, SupervisedOrganisationRow
    of_sites = _by_place(session, select(site.site_id, site.person_id), supervisors)
    of_banks = _by_place(
        session, select(bank.organisation_id, bank.person_id), supervisors
    )
    row = SecondmentRow
    found: dict[int, set[int]] = {person: set() for person in people}
    works = session.execute(
        select(row.person_id, row.site_id, row.organisation_id).where(
            row.begins_on <= on, not_over(on), was_ever()
        )
    )
    for person, place, sender in works:
        if person in found:
            found[person] |= of_sites[place] | of_banks[sender]
    managers = _holders(session, Role.MANAGER)
    return {
        person: frozenset(known - {person} or managers - {person})
        for person, known in found.items()
    }


def _holders(session: Session, role: Role) -> frozenset[int]:
    rows = session.scalars(
        select(PersonRoleRow.person_id)
        .join(PersonRow, PersonRow.id == PersonRoleRow.person_id)
        .where(PersonRoleRow.role == role, PersonRow.active)
    )
    return frozenset(rows)


def _by_place(
    session: Session, scopes: Select[int, int], supervisors: Collection[int]
) -> Mapping[int, set[int]]:
    """Give who supervises each place, of those who supervise at all."""
    found: dict[int, set[int]] = defaultdict(set)
    for place, person in session.execute(scopes):
        if person in supervisors:
            found[place].add(person)
    return found
