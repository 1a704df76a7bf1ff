"""Confirming honours, taking one back, and setting what they ask for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.certificates import queries
from trainer.certificates.domain.certificates import OwnDecisionError
from trainer.certificates.domain.certificates import RevokedError
from trainer.certificates.domain.certificates import must_give_reason
from trainer.certificates.domain.honours import LONGEST_WORDS
from trainer.certificates.domain.honours import Confirm
from trainer.certificates.domain.honours import NotReachedError
from trainer.certificates.domain.honours import Reached
from trainer.certificates.domain.honours import Rule
from trainer.certificates.domain.honours import must_be_possible
from trainer.certificates.models import HonourBoundRow
from trainer.certificates.models import HonourRow
from trainer.certificates.queries import DeedSource
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.clock import day_of
from trainer.core.masking import masked
from trainer.people import service as people


def confirm(
    session: Session,
    told: Confirm,
    sources: Collection[DeedSource],
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Confirm an honour of the quarter that is over; everybody sees it from now on.

    Returns:
        Its key.

    Raises:
        DeniedError: the caller supervises nobody.
        OwnDecisionError: it would be the caller's own.
        NotReachedError: the rule does not propose it to the caller, or not any more.
        NoReasonError: the words say nothing.
    """
    by.must(Permission.SUPERVISE)
    if told.person == by.person:
        raise OwnDecisionError
    words = must_give_reason(masked(told.words))[:LONGEST_WORDS]
    people.hold_person(session, told.person)
    reached = _proposed(session, told, sources, by=by, at=at)
    row = HonourRow(
        person_id=told.person,
        rule=told.rule,
        quarter=reached.quarter.code,
        counted=reached.counted,
        words=words,
        given_by=by.person,
        given_at=at,
        revoked_why="",
    )
    session.add(row)
    session.flush()
    _note(session, "honour.given", f"honour/{row.id}", "", by=by, at=at)
    return row.id


def _proposed(
    session: Session,
    told: Confirm,
    sources: Collection[DeedSource],
    *,
    by: Actor,
    at: datetime,
) -> Reached:
    found, _names = queries.proposals(session, day_of(at), sources, reader=by)
    wanted = (told.person, told.rule)
    for each in found:
        if (each.person, each.rule) == wanted:
            return each
    raise NotReachedError


def take_back(
    session: Session, key: int, reason: str, *, by: Actor, at: datetime
) -> None:
    """Take an honour back; nobody sees it any more but in the data of its person.

    Raises:
        DeniedError: the caller supervises nobody.
        NotFoundError: there is none, or not for the caller.
        OwnDecisionError: it is the caller's own.
        RevokedError: it was taken back before.
        NoReasonError: the reason says nothing.
    """
    by.must(Permission.SUPERVISE)
    found = queries.given(session, key, day_of(at), reader=by)
    if found.person == by.person:
        raise OwnDecisionError
    told = must_give_reason(masked(reason))
    query = select(HonourRow).where(HonourRow.id == key).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one()
    if row.revoked_at is not None:
        raise RevokedError
    row.revoked_by, row.revoked_at, row.revoked_why = by.person, at, told
    session.flush()
    _note(session, "honour.revoked", f"honour/{key}", "", by=by, at=at)


def set_bound(
    session: Session, rule: Rule, least: int, *, by: Actor, at: datetime
) -> None:
    """Set how much an honour asks for, from now on; what was confirmed stays.

    Raises:
        DeniedError: the caller does not run the centre.
        BoundMistakeError: it cannot be so much or so little.
    """
    by.must(Permission.MANAGE)
    must_be_possible(least)
    row = session.get(HonourBoundRow, rule.value, with_for_update=True)
    if row is None:
        row = HonourBoundRow(rule=rule)
        session.add(row)
    row.least, row.set_by, row.set_at = least, by.person, at
    session.flush()
    detail = f"{rule}={least}"
    _note(session, "honour.bound_set", "", detail, by=by, at=at)


def _note(
    session: Session, verb: str, thing: str, detail: str, *, by: Actor, at: datetime
) -> None:
    entry = Entry(person=by.person, verb=verb, object=thing, detail=detail)
    audit.record(session, entry, at=at)
