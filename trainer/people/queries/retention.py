"""Whose particulars have been kept long enough."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta

from sqlalchemy import exists
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.people.domain.accounts import Person
from trainer.people.models import LoginRow
from trainer.people.models import PersonRow
from trainer.people.models import SecondmentRow
from trainer.people.queries.accounts import account_rows
from trainer.people.queries.accounts import person_of
from trainer.people.queries.secondments import not_over


def kept_too_long(
    session: Session, at: datetime, *, days: int, reader: Actor
) -> list[Person]:
    """Give the closed accounts whose last work and last login are long past.

    Args:
        session: A session.
        at: Now.
        days: How many days are allowed, counted from the later of the two, or from
            the opening of an account that had neither.
        reader: An administrator.
    """
    reader.must(Permission.ADMINISTER)
    since = at - timedelta(days=days)
    works = exists().where(
        SecondmentRow.person_id == PersonRow.id, not_over(day_of(since))
    )
    used = exists().where(LoginRow.person_id == PersonRow.id, LoginRow.seen_at > since)
    query = account_rows().where(
        ~PersonRow.active,
        PersonRow.erased_at.is_(None),
        PersonRow.created_at <= since,
        ~works,
        ~used,
    )
    rows = session.execute(query.order_by(PersonRow.login))
    return [person_of(row) for row in rows]
