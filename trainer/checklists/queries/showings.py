"""Reads of what was shown: tickets, and what is known of them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from trainer.checklists.domain.showing import Known
from trainer.checklists.domain.showing import Outcome
from trainer.checklists.domain.tickets import PURPOSE
from trainer.checklists.domain.tickets import Ticket
from trainer.checklists.domain.tickets import opened
from trainer.checklists.domain.tickets import signed
from trainer.checklists.models import ShowingItemRow
from trainer.checklists.models import ShowingRow
from trainer.kit import db

MOMENTS = {outcome: f"{outcome}_at" for outcome in Outcome}
"""Where the moment of each outcome stands."""


def signed_ticket(session: Session, ticket: Ticket) -> str:
    """Sign a ticket; empty when nothing was chosen."""
    if not ticket.chosen:
        return ""
    return signed(ticket, db.key_for(PURPOSE, session.get_bind()))


def ticket_of(session: Session, words: str) -> Ticket:
    """Read a ticket back.

    Raises:
        ForgedTicketError: it is none of ours.
    """
    return opened(words, db.key_for(PURPOSE, session.get_bind()))


def showing_known_by(session: Session, digest: str) -> ShowingRow | None:
    """Give a recorded showing by the digest of its ticket, for who writes to it."""
    row = ShowingRow
    query = select(row).where(row.digest == digest).with_for_update()
    return session.scalars(query).first()


def items_of(session: Session, showing: ShowingRow) -> list[ShowingItemRow]:
    """Give the items of a showing, in the order shown."""
    row = ShowingItemRow
    query = select(row).where(row.showing_id == showing.id).order_by(row.position)
    return [*session.scalars(query)]


def outcomes_of(row: ShowingItemRow) -> frozenset[Outcome]:
    """Give what is known of an item."""
    return frozenset(
        outcome for outcome, name in MOMENTS.items() if getattr(row, name) is not None
    )


def known_of(rows: list[ShowingItemRow]) -> Known:
    """Give what is known of items by their address."""
    return {f"{row.slug}#{row.item}": outcomes_of(row) for row in rows}
