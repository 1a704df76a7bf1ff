"""Tickets: what was chosen for whom, signed, so that a GET need write nothing; pure.

Whoever got the tips shows the ticket when he tells what became of them. It is signed
and not secret: it holds codes and keys, and nobody's name.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from datetime import date
from datetime import datetime

from trainer.checklists.domain.asking import Asked
from trainer.checklists.domain.showing import Source
from trainer.checklists.domain.tips import Tip
from trainer.core.errors import DeniedError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_

PURPOSE = "tickets of risk tips"
"""What the key is derived for, see :func:`trainer.kit.db.key_for`."""

LONGEST = 4096
"""Characters of a ticket; five items of the longest names take a quarter of it."""


class ForgedTicketError(TrainerError):
    """Nobody here has signed it as it is."""

    code = "ticket_forged"

    def __init__(self) -> None:
        super().__init__(N_("凭证不对；请原样带回取提示时得到的 ticket"))


class ForeignTicketError(DeniedError):
    """It was given to somebody else."""

    code = "ticket_foreign"

    def __init__(self) -> None:
        super().__init__(N_("这个凭证是给别的系统或别人的；请用自己取到的 ticket"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """An item that was chosen, in the revision of its list."""

    slug: str
    item: str
    revision: int

    @property
    def address(self) -> str:
        """List and item."""
        return f"{self.slug}#{self.item}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What was chosen.

    Attributes:
        source: Where it is shown.
        token: Key of the API token that asked, 0 at the counter.
        person: Key of the clerk, 0 when nobody said who.
        business: Code of the business.
        step: Code of the step.
        on: The business day.
        at: When.
        nonce: Tells two that are equal else.
        chosen: The items, in the order shown.
    """

    source: Source
    token: int
    person: int
    business: str
    step: str
    on: date
    at: datetime
    nonce: str
    chosen: tuple[Chosen, ...]


def made_out(
    asked: Asked,
    tips: Iterable[Tip],
    *,
    token: int,
    person: int,
    at: datetime,
    nonce: str,
) -> Ticket:
    """Make out the ticket for what was chosen; see :class:`Ticket`."""
    return Ticket(
        source=Source.API if token else Source.COUNTER,
        token=token,
        person=person,
        business=asked.business,
        step=asked.step,
        on=asked.on,
        at=at,
        nonce=nonce,
        chosen=tuple(Chosen(tip.slug, tip.item.id, tip.revision) for tip in tips),
    )


def signed(ticket: Ticket, key: bytes) -> str:
    """Write a ticket and sign it."""
    told = [
        *(ticket.source, ticket.token, ticket.person, ticket.business, ticket.step),
        *(ticket.on.isoformat(), ticket.at.astimezone(UTC).isoformat(), ticket.nonce),
        [[each.slug, each.item, each.revision] for each in ticket.chosen],
    ]
    written = json.dumps(told, separators=(",", ":")).encode()
    return f"{_text(written)}.{_text(_seal(written, key))}"


def opened(words: str, key: bytes) -> Ticket:
    """Read a ticket back.

    Raises:
        ForgedTicketError: it is not one that :func:`signed` has given.
    """
    body, _, seal = words.partition(".")
    try:
        written, sealed = _bytes(body), _bytes(seal)
    except (binascii.Error, ValueError) as error:
        raise ForgedTicketError from error
    # The text decides too: base 64 has several ways to write the same bytes.
    is_whole = words == f"{_text(written)}.{_text(sealed)}"
    if not is_whole or not hmac.compare_digest(sealed, _seal(written, key)):
        raise ForgedTicketError
    source, token, person, business, step, on, at, nonce, chosen = json.loads(written)
    return Ticket(
        source=Source(source),
        token=token,
        person=person,
        business=business,
        step=step,
        on=date.fromisoformat(on),
        at=datetime.fromisoformat(at),
        nonce=nonce,
        chosen=tuple(Chosen(*each) for each in chosen),
    )


def must_be_own(ticket: Ticket, source: Source, token: int, person: int) -> None:
    """Check who shows a ticket: the token that got it, or the clerk at the counter.

    Raises:
        ForeignTicketError: somebody else does.
    """
    given = (ticket.source, ticket.token)
    is_clerks = source is Source.API or ticket.person == person
    if given != (source, token) or not is_clerks:
        raise ForeignTicketError


def digest_of(words: str) -> str:
    """Give what a showing is known by: SHA-256 of the ticket, hex."""
    return hashlib.sha256(words.encode()).hexdigest()


def _seal(written: bytes, key: bytes) -> bytes:
    return hmac.digest(key, written, "sha256")


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    if len(text) > LONGEST:
        raise ValueError("too long")
    return base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
