"""What became of items: told once or ten times, it is written once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from trainer.checklists.domain.reporting import Report
from trainer.checklists.domain.showing import RETURNS
from trainer.checklists.domain.showing import Noted
from trainer.checklists.domain.showing import Told
from trainer.checklists.domain.showing import merged
from trainer.checklists.domain.showing import must_be_in_time
from trainer.checklists.domain.tickets import Ticket
from trainer.checklists.domain.tickets import digest_of
from trainer.checklists.domain.tickets import must_be_own
from trainer.checklists.models import ShowingItemRow
from trainer.checklists.models import ShowingRow
from trainer.checklists.queries.showings import MOMENTS
from trainer.checklists.queries.showings import items_of
from trainer.checklists.queries.showings import known_of
from trainer.checklists.queries.showings import outcomes_of
from trainer.checklists.queries.showings import showing_known_by
from trainer.checklists.queries.showings import ticket_of
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.kit import db


def note_outcomes(
    session: Session, report: Report, *, by: Actor, at: datetime
) -> Noted:
    """Write down what became of the items of a ticket; all that is told, or nothing.

    Raises:
        ForgedTicketError: the ticket is none of ours.
        ForeignTicketError: it was given to another system, or another clerk.
        TicketTooOldError: it is too late to tell that.
        ShowingUnknownError: a file came back, and nobody had told of the showing.
        NotOfTicketError: an item is none of the ticket.
        ContradictionError: the opposite is known.
    """
    by.must(Permission.READ)
    ticket = ticket_of(session, report.ticket)
    must_be_own(ticket, report.source, report.token, by.person)
    digest = digest_of(report.ticket)
    showing = showing_known_by(session, digest)
    must_be_in_time(at - ticket.at, report.told, is_known=showing is not None)
    if showing is None:
        merged({chosen.address: frozenset() for chosen in ticket.chosen}, report.told)
        _begin(session, ticket, digest)
        showing = showing_known_by(session, digest)
    if showing is None:
        raise RuntimeError("the showing was written and is not there")
    rows = items_of(session, showing)
    return _noted(rows, report.told, at)


def forget_clerks(session: Session, *, at: datetime) -> None:
    """Let nobody be found by what was shown to him longer than a year ago."""
    row = ShowingRow
    old = row.person_id.is_not(None) & (row.given_at < at - RETURNS)
    session.execute(update(row).where(old).values(person_id=None))


def _begin(session: Session, ticket: Ticket, digest: str) -> None:
    """Write the showing, unless another request has just done so."""
    insert = sqlite.insert if db.is_sqlite(session) else postgresql.insert
    values = {
        "digest": digest,
        "source": ticket.source,
        "token_id": ticket.token or None,
        "person_id": ticket.person or None,
        "business": ticket.business,
        "step": ticket.step,
        "on": ticket.on,
        "given_at": ticket.at,
    }
    row = ShowingRow
    written = (
        insert(row).values(values).on_conflict_do_nothing(index_elements=["digest"])
    )
    key = session.scalars(written.returning(row.id)).first()
    if key is not None:
        session.add_all(
            ShowingItemRow(
                showing_id=key,
                position=position,
                slug=chosen.slug,
                item=chosen.item,
                revision_id=chosen.revision,
            )
            for position, chosen in enumerate(ticket.chosen, start=1)
        )
        session.flush()


def _noted(rows: list[ShowingItemRow], told: Iterable[Told], at: datetime) -> Noted:
    """Write the moment of what is new."""
    told = [*told]
    found = merged(known_of(rows), told)
    new = 0
    for row in rows:
        address = f"{row.slug}#{row.item}"
        before = outcomes_of(row)
        new += len({t.outcome for t in told if t.item == address} - before)
        for outcome in found[address] - before:
            setattr(row, MOMENTS[outcome], at)
    return Noted(new=new, known=len({*told}) - new)
