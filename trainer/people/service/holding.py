"""Letting one thing at a time be done for a person, in however many windows."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.people.models import PersonRow


def hold_person(session: Session, key: int) -> None:
    """Make whoever else would hold this person wait until the commit."""
    query = select(PersonRow.id).where(PersonRow.id == key)
    session.scalars(query.with_for_update()).one()


def hold_people(session: Session, keys: Collection[int]) -> None:
    """Make whoever else would hold one of these people wait until the commit."""
    query = select(PersonRow.id).where(PersonRow.id.in_(keys)).order_by(PersonRow.id)
    session.scalars(query.with_for_update()).all()
