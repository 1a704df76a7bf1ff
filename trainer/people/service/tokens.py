"""API tokens: made, shown once, revoked; used and refused."""

from __future__ import annotations

import secrets
from datetime import datetime
from datetime import timedelta

from sqlalchemy import or_
from sqlalchemy import update
from sqlalchemy.orm import Session

from trainer.audit import service as audit
from trainer.audit.domain import Entry
from trainer.core.actor import Actor
from trainer.core.actor import Permission
from trainer.core.errors import NotFoundError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.people.domain.tokens import PREFIX
from trainer.people.domain.tokens import USED_EVERY
from trainer.people.domain.tokens import Caller
from trainer.people.domain.tokens import NewToken
from trainer.people.domain.tokens import must_be_possible
from trainer.people.models import TokenRow
from trainer.people.models import TokenScopeRow
from trainer.people.queries import digest


def make_token(session: Session, command: NewToken, *, by: Actor, at: datetime) -> str:
    """Make a token and give it, this once: only its digest is kept.

    Raises:
        TokenCannotBeError: it would be for nobody, for nothing, or for too long.
    """
    by.must(Permission.ADMINISTER)
    must_be_possible(command)
    raw = PREFIX + secrets.token_urlsafe(32)
    row = TokenRow(
        system=command.system.strip(),
        token_hash=digest(raw),
        made_by=by.person,
        made_at=at,
        expires_at=at + timedelta(days=command.days),
    )
    session.add(row)
    session.flush()
    scopes = sorted(command.scopes)
    session.add_all(TokenScopeRow(token_id=row.id, scope=scope) for scope in scopes)
    entry = Entry(
        person=by.person,
        verb="token.made",
        object=f"token/{row.id}",
        detail=f"{' '.join(scopes)} {command.days}",
    )
    audit.record(session, entry, at=at)
    return raw


def revoke_token(session: Session, key: int, *, by: Actor, at: datetime) -> None:
    """Revoke a token; the next request with it is refused.

    Raises:
        NotFoundError: there is no such token, or it was revoked before.
    """
    by.must(Permission.ADMINISTER)
    revoked = session.scalar(
        update(TokenRow)
        .where(TokenRow.id == key, TokenRow.revoked_at.is_(None))
        .values(revoked_at=at)
        .returning(TokenRow.id)
    )
    if revoked is None:
        raise NotFoundError(N_("没有这个令牌，或已经吊销"))
    entry = Entry(person=by.person, verb="token.revoked", object=f"token/{key}")
    audit.record(session, entry, at=at)


def note_token_use(session: Session, caller: Caller, *, at: datetime) -> None:
    """Keep when a token was last used, at most once a minute."""
    row = TokenRow
    stale = or_(row.used_at.is_(None), row.used_at < at - USED_EVERY)
    session.execute(update(row).where(row.id == caller.token, stale).values(used_at=at))


def note_refused_token(
    session: Session,
    caller: Caller,
    refusal: TrainerError,
    *,
    at: datetime,
) -> None:
    """Audit a request that was not let in."""
    entry = Entry(
        person=0,
        verb="token.refused",
        object=f"token/{caller.token}" if caller.token else "",
        detail=type(refusal).__name__,
    )
    audit.record(session, entry, at=at)
