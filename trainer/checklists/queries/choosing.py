"""Which items matter now: :mod:`trainer.checklists.domain.tips`, applied."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from datetime import timedelta

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.checklists.domain.asking import Asked
from trainer.checklists.domain.asking import UnknownClerkError
from trainer.checklists.domain.tips import Standing
from trainer.checklists.domain.tips import Tip
from trainer.checklists.domain.tips import at_step
from trainer.checklists.domain.tips import chosen
from trainer.checklists.queries.holding import items_in_force
from trainer.competence import queries as competence
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.evidence import queries as evidence
from trainer.evidence.domain import Fact
from trainer.evidence.domain import standing as standing_facts
from trainer.people.models import PersonRow
from trainer.publishing.models import ReferenceRow

LATELY = timedelta(days=30)
"""How long a wrong answer counts."""

RIGHT = 0.5
"""Share of the full mark below which an answer was wrong."""


def tips(
    session: Session,
    asked: Asked,
    *,
    person: int,
    reader: Actor,
    at: datetime,
) -> list[Tip]:
    """Give the few items that matter now, the weightiest first.

    Args:
        session: A session.
        asked: The step and what is known of the case.
        person: Key of the clerk, 0 for nobody in particular.
        reader: Who asks; decides which lists there are.
        at: Now.
    """
    found = items_in_force(session, asked.on, reader=reader)
    here = at_step(found, asked.business, asked.step)
    known = _standing(session, person, at) if person and here else Standing()
    return chosen(here, asked.situation, known)


def clerk_called(session: Session, login: str) -> int:
    """Give the key of the clerk with a login, whose account is open.

    Raises:
        UnknownClerkError: there is none.
    """
    row = PersonRow
    exact = row.login == login
    # As it is kept first: that way there is an index.
    for is_called in (exact, func.lower(row.login) == login.lower()):
        found = session.scalar(select(row.id).where(is_called, row.active))
        if found is not None:
            return found
    raise UnknownClerkError


def _standing(session: Session, person: int, at: datetime) -> Standing:
    """Give what is known of a clerk, as he may know it himself."""
    on, since = day_of(at), at - LATELY
    himself = Actor(person, "", frozenset({Permission.READ}))
    found = evidence.facts(session, [person], on, reader=himself, since=since)
    wrong = [
        fact
        for fact in standing_facts(found)
        if fact.outcome < RIGHT and fact.happened_at >= since
    ]
    return Standing(
        clauses=_clauses(session, wrong),
        competencies=frozenset(fact.competency for fact in wrong),
        weakness=competence.weakness(session, person, on, reader=himself),
    )


def _clauses(session: Session, facts: Iterable[Fact]) -> frozenset[tuple[str, str]]:
    """Give slug and section of what some facts rest on."""
    places = {(f.revision, f.item.partition("#")[2]) for f in facts if f.revision}
    if not places:
        return frozenset()
    row = ReferenceRow
    rows = session.execute(
        select(row.revision_id, row.item, row.target, row.section).where(
            row.revision_id.in_({revision for revision, _ in places}),
            row.item.in_({item for _, item in places}),
        )
    )
    return frozenset(
        (target, section)
        for revision, item, target, section in rows
        if (revision, item) in places
    )
