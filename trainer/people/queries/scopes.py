"""Whose records somebody sees: the one place where that is said.

Every question about people begins with one of these conditions, so what is not for
a reader does not exist for him: no list, no page, no export and no key finds it.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy import false
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy import true

from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.people.domain.secondments import SEEN_AFTER
from trainer.people.models import PersonRow
from trainer.people.models import SecondmentRow


def people_seen_by(reader: Actor, on: date) -> ColumnElement[bool]:
    """Say which persons exist for a reader on a day.

    An administrator and a manager see everybody. A supervisor sees who works, will
    work or has lately worked at his sites or was sent by his banks; a mentor whom he
    trains; everybody sees himself.
    """
    if reader.may(Permission.ADMINISTER) or reader.scope.everybody:
        return true()
    return _others(reader, on) | (PersonRow.id == reader.person)


def people_supervised_by(reader: Actor, on: date) -> ColumnElement[bool]:
    """Say whose work and competence a reader may look at on a day.

    As :func:`people_seen_by`, but running the system gives no right to it.
    """
    if reader.scope.everybody:
        return true()
    return _others(reader, on) | (PersonRow.id == reader.person)


def secondments_seen_by(reader: Actor, on: date) -> ColumnElement[bool]:
    """Say which secondments exist for a reader on a day: a bank sees its own only."""
    if reader.may(Permission.ADMINISTER) or reader.scope.everybody:
        return true()
    return _in_scope(reader, on) | (SecondmentRow.person_id == reader.person)


def secondments_supervised_by(reader: Actor, on: date) -> ColumnElement[bool]:
    """Say during which secondments a reader may look at the work on a day.

    As :func:`secondments_seen_by`, but running the system gives no right to it.
    """
    if reader.scope.everybody:
        return true()
    return _in_scope(reader, on) | (SecondmentRow.person_id == reader.person)


def _others(reader: Actor, on: date) -> ColumnElement[bool]:
    held = select(SecondmentRow.person_id).where(_in_scope(reader, on))
    held = held.correlate(None)  # by itself, also where secondments are joined
    return PersonRow.id.in_(held)


def _in_scope(reader: Actor, on: date) -> ColumnElement[bool]:
    """Tell of a secondment whether it puts its person into the reader's scope."""
    if not reader.person:
        return false()
    row, wide = SecondmentRow, reader.scope
    scopes: list[ColumnElement[bool]] = [
        row.site_id.in_(wide.sites),
        row.organisation_id.in_(wide.organisations),
    ]
    if reader.may(Permission.MENTOR):
        scopes.append(row.mentor_id == reader.person)
    lately = or_(row.ends_on.is_(None), row.ends_on > on - SEEN_AFTER)
    return or_(*scopes) & lately
