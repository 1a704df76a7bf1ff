"""Reads for the auditor: who a key stands for, and whom some words may mean."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit.domain.listing import MOST_PEOPLE
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.people.models import PersonRow


def full_names(
    session: Session, people: Collection[int], reader: Actor
) -> dict[int, str]:
    """Give name and login of some people by key, ``张三（1001）``, to an auditor."""
    reader.must(Permission.AUDIT)
    rows = session.execute(
        select(PersonRow.id, PersonRow.name, PersonRow.login).where(
            PersonRow.id.in_(people)
        )
    )
    return {key: f"{name}（{login}）" for key, name, login in rows}


def people_called(session: Session, words: str, reader: Actor) -> frozenset[int]:
    """Give the keys of those whose login or name holds some words, to an auditor.

    A login that is exactly these words means its owner alone. One more than
    ``MOST_PEOPLE`` says that there are too many.
    """
    reader.must(Permission.AUDIT)
    rows = session.execute(
        select(PersonRow.id, PersonRow.login)
        .where(
            or_(
                PersonRow.login.icontains(words, autoescape=True),
                PersonRow.name.icontains(words, autoescape=True),
            )
        )
        .order_by(PersonRow.login != words, PersonRow.id)
        .limit(MOST_PEOPLE + 1)
    ).all()
    exact = frozenset(key for key, login in rows if login == words)
    return exact or frozenset(key for key, _ in rows)
