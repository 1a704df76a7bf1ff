"""Whose attempts somebody may look at: the one place where quizzes say that."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.wording import N_
from trainer.people.models import PersonRow
from trainer.people.queries import people_supervised_by
from trainer.quizzes.domain.attempts import State
from trainer.quizzes.domain.grading import NotGradersError
from trainer.quizzes.models import AttemptRow

LOOK_AFTER = frozenset({Permission.MENTOR, Permission.SUPERVISE})
"""Who has people at all; whom, is decided by their scope."""

OVER = (State.SUBMITTED, State.GRADED)
"""States of an attempt that was handed in."""

Named = tuple[AttemptRow, str]
"""An attempt, and the name of who took it."""


def must_look_after(reader: Actor) -> None:
    """Stop here unless the reader has people.

    Raises:
        NotGradersError: he has not.
    """
    if not LOOK_AFTER & reader.permissions:
        raise NotGradersError


def overseen(reader: Actor, on: date) -> ColumnElement[bool]:
    """Say which persons' attempts exist for a reader: never his own.

    Own results are on own pages, which hide what is right until it may be seen; and
    nobody grades himself.
    """
    return people_supervised_by(reader, on) & (PersonRow.id != reader.person)


def names_overseen(
    session: Session, people: Collection[int], on: date, *, reader: Actor
) -> dict[int, str]:
    """Give the names of those among some people whom a reader looks after, by key."""
    if not LOOK_AFTER & reader.permissions:
        return {}
    rows = session.execute(
        select(PersonRow.id, PersonRow.name).where(
            PersonRow.id.in_(people), overseen(reader, on)
        )
    )
    return {key: name for key, name in rows}  # noqa: C416  (a row is no pair)


def overseen_attempt(session: Session, key: int, on: date, *, reader: Actor) -> Named:
    """Give an attempt that was handed in, with the name of who took it.

    Raises:
        NotGradersError: the reader looks after nobody.
        NotFoundError: there is none, or not for this reader.
    """
    must_look_after(reader)
    found = session.execute(
        select(AttemptRow, PersonRow.name)
        .join(PersonRow, PersonRow.id == AttemptRow.person_id)
        .where(AttemptRow.id == key, AttemptRow.state.in_(OVER), overseen(reader, on))
    ).first()
    if found is None:
        raise NotFoundError(N_("没有这份答卷，或者不归您看"))
    return found[0], found[1]
