"""Looks at other people's pages, noted in the audit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.core.actor import Actor
from trainer.core.clock import day_of
from trainer.core.errors import DeniedError
from trainer.core.wording import N_
from trainer.kit.db import queue_up
from trainer.people import queries
from trainer.people.domain.colleagues import gets_agreed_fields
from trainer.people.domain.looks import PHONE
from trainer.people.domain.looks import look

PLACE = 4706
"""Number of the advisory lock that lets looks be noted one after another."""


def note_look(session: Session, person: int, *, by: Actor, at: datetime) -> None:
    """Note that somebody looked at a person's page, at most once an hour."""
    queue_up(session, PLACE)
    if queries.needs_note(session, person, at, reader=by):
        audit.record(session, look(person, by.person), at=at)


def show_phone(session: Session, person: int, *, by: Actor, at: datetime) -> str:
    """Give a person's telephone number, and note each time that it was shown.

    Raises:
        NotFoundError: there is no such person, or not for this reader.
        DeniedError: the reader gets the agreed fields only.
    """
    found = queries.colleague(session, person, day_of(at), reader=by)
    if by.person != person:
        if gets_agreed_fields(by):
            raise DeniedError(N_("电话由网点和中心保管；要联系本人，请找网点主管"))
        audit.record(session, look(person, by.person, PHONE), at=at)
    return found.phone
